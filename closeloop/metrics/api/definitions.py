"""What is measured: definitions with their versions; publishing the next."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path

from closeloop.edge.router import SIGNED_IN
from closeloop.identity.queries import actor_of
from closeloop.metrics import actions, definitions, presenting, queries, standing
from closeloop.metrics.api.routes import MANAGE, router
from closeloop.metrics.panels import days
from closeloop.metrics.schemas import BoardList, Key, MetricHistory, MetricIn, MetricList, MetricOut
from closeloop.org import queries as org

MetricKey = Annotated[Key, Path()]


@router.get("/metrics", permission=SIGNED_IN, response=MetricList)
def list_metrics(request: HttpRequest) -> dict[str, Any]:
    """Everything that is measured, with numerator, denominator, source and thresholds."""
    live = standing.live()
    return {
        "items": [presenting.metric(each) for each in definitions.listed()],
        "as_of": None if live is None else live.kept_at,
    }


@router.get("/boards", permission=SIGNED_IN, response=BoardList)
def list_boards(request: HttpRequest) -> dict[str, Any]:
    """Which figures stand together on a screen; their values are read one by one."""
    today = timezone.localdate()
    return {
        "items": [presenting.board(each) for each in definitions.book().boards.values()],
        "today": today,
        "last_workday": days.last_workday(today),
        "programs": org.program_ids(),
    }


@router.get("/metrics/{key}/versions", permission=SIGNED_IN, response=MetricHistory)
def list_metric_versions(request: HttpRequest, key: MetricKey) -> dict[str, Any]:
    """How a metric was defined, the newest first, with who changed it and why."""
    return {"items": queries.versions_of(key)}


@router.post("/metrics", permission=MANAGE, response=MetricOut)
def publish_metric(request: HttpRequest, payload: MetricIn) -> dict[str, Any]:
    """Publish the next version of a metric, or a new one; thresholds hold at once."""
    made = actions.publish_metric(
        payload.document, expected_number=payload.version, note=payload.note,
        actor=actor_of(request),
    )  # fmt: skip
    return presenting.metric(definitions.held(made.key))
