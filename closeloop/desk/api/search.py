"""The search over all records."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from closeloop.desk.api.routing import router
from closeloop.desk.schemas.records import HitOut
from closeloop.edge.router import SIGNED_IN
from closeloop.identity import queries as identity
from closeloop.records import queries as records
from closeloop.records.types import registry
from closeloop.sla import presenting as badges
from closeloop.sla import queries as sla


@router.get("/search", permission=SIGNED_IN, response=list[HitOut])
def search_records(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=200)],
    type: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
    clocks: bool = False,
) -> Any:
    """Records in reach by name, two characters of it, or its pinyin initials.

    With `clocks` each tells the clock of it that presses most.
    """
    types = [registry.get(type).key] if type else registry.keys()
    actor = identity.actor_of(request)
    hits = records.find(q, actor=actor, types=types, limit=limit)
    owners = identity.names_of({hit.owner_id for hit in hits if hit.owner_id})
    nearest = sla.nearest_of([hit.id for hit in hits], record_type=type) if clocks else {}
    return [
        {
            "id": hit.id,
            "type": hit.type,
            "title": hit.title,
            "subtitle": owners.get(hit.owner_id or 0, ""),
            "clock": badges.brief_row(nearest.get(hit.id)),
        }
        for hit in hits
    ]
