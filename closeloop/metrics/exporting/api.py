"""Figures and boards as files over HTTP."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from ninja import Path, Query, Schema
from pydantic import Field

from closeloop.edge import problems, work
from closeloop.edge.moments import Day
from closeloop.edge.problems import Problem
from closeloop.edge.router import Router
from closeloop.identity.queries import actor_of
from closeloop.metrics.exporting import actions, files, words
from closeloop.metrics.exporting.files import Form, Made
from closeloop.metrics.exporting.reading import Reader
from closeloop.metrics.schemas import LONGEST_KIND, Dimension, Id, Key

router = Router(tags=["figures as files"])
EXPORT = "record:export:customer"
"""Beside it whoever exports needs the same of all else that is counted (`files.require`)."""
MetricKey = Annotated[Key, Path()]
Preset = Literal[
    "yesterday", "week", "last_week", "month", "last_month", "quarter", "year",
    "days14", "days30", "days90",
]  # fmt: skip
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILE: dict[str, Any] = {
    "response": {404: Problem},
    "openapi_extra": {"responses": {200: {"description": "The file", "content": {"*/*": _BINARY}}}},
}


class FigureExportQuery(Schema):
    """A view, and the form of its file; a period is a preset or two days, both in it."""

    format: Form = "xlsx"
    period: Preset | None = None
    since: Day | None = None
    until: Day | None = None
    by: Dimension | None = None
    and_by: Dimension | None = None
    unit: Id | None = None
    person: Id | None = None
    kind: Annotated[str, Field(max_length=LONGEST_KIND)] | None = None
    compare: Literal["previous", "year"] | None = None
    chart: Literal["table", "line", "bars", "funnel", "matrix", "calendar"] = "table"


class BoardExportQuery(Schema):
    """Which of a board's periods, of which unit, in which form."""

    format: Form = "pdf"
    period: Preset | None = None
    unit: Id | None = None


@router.get("/metrics/{key}/export", permission=EXPORT, **_FILE)
def export_figures(
    request: HttpRequest, key: MetricKey, asked: Query[FigureExportQuery]
) -> HttpResponse:
    """A figure with its rows, its definition and what is behind it, of what one may see."""
    view = files.read(
        {
            **asked.dict(include={"by", "and_by", "unit", "person", "kind", "compare", "chart"}),
            "metric": key,
            "period": _period(asked),
        }
    )
    return _download(request, files.of_view(view, asked.format, reader=_reader(request)))


@router.get("/boards/{key}/export", permission=EXPORT, **_FILE)
def export_board(
    request: HttpRequest, key: MetricKey, asked: Query[BoardExportQuery]
) -> HttpResponse:
    """A board with all its panels, of what one may see."""
    made = files.of_board(
        files.held_board(key), asked.format, preset=asked.period, unit=asked.unit,
        reader=_reader(request),
    )  # fmt: skip
    return _download(request, made)


def _period(asked: FigureExportQuery) -> Any:
    if asked.period is not None:
        return asked.period
    return {"since": str(asked.since or ""), "until": str(asked.until or "")}


def _reader(request: HttpRequest) -> Reader:
    actor = actor_of(request)
    language = words.language_of(problems.language_of(request))
    return Reader(actor=actor, language=language, at=timezone.now())


def _download(request: HttpRequest, made: Made) -> HttpResponse:
    """The file, once it is recorded that it was taken; drawing it keeps no transaction open."""
    work.perform(lambda: actions.note_export(made.noted, actor=actor_of(request)))
    response = HttpResponse(made.content, content_type=made.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    return response
