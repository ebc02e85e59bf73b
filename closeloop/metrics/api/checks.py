"""The monthly self-check over HTTP."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from closeloop.edge.router import SIGNED_IN
from closeloop.identity.queries import actor_of
from closeloop.metrics import queries
from closeloop.metrics.api.routes import router
from closeloop.metrics.periods import first_of
from closeloop.metrics.schemas import SelfCheckOut, SelfCheckQuery


@router.get("/self-check", permission=SIGNED_IN, response=SelfCheckOut)
def read_self_check(request: HttpRequest, asked: Query[SelfCheckQuery]) -> dict[str, Any]:
    """The health of sales in a month, of what the viewer may see: four figures beside norms."""
    month = first_of(asked.month or timezone.localdate(), "month")
    rows = queries.checked(month, actor=actor_of(request))
    return {"month": month, "as_of": timezone.now(), "rows": [asdict(each) for each in rows]}
