"""What a person holds, and handing it over."""

from typing import Any

from django.http import HttpRequest

from closeloop.identity.queries import actor_of
from closeloop.org import actions, schemas
from closeloop.org.access import Capability
from closeloop.org.api.routes import router
from closeloop.org.handover import holdings

HAND_OVER = f"admin:{Capability.HAND_OVER}"
MOST_SHOWN = 50


@router.get("/people/{person_id}/holdings", permission=HAND_OVER, response=list[schemas.HoldingOut])
def list_holdings(request: HttpRequest, person_id: schemas.Id) -> list[dict[str, Any]]:
    """What somebody holds by kind, with the first fifty of each."""
    actions.require_may_hand_over(person_id, actor=actor_of(request))
    return [
        {
            "key": holding.key,
            "name": dict(holding.name),
            "count": holding.count(person_id),
            "items": [vars(item) for item in holding.items(person_id, MOST_SHOWN)],
        }
        for holding in holdings.all()
    ]


@router.post("/people/{person_id}/handover", permission=HAND_OVER, response=schemas.HandoverOut)
def hand_over_work(
    request: HttpRequest, person_id: schemas.Id, payload: schemas.HandoverIn
) -> dict[str, Any]:
    """Give what somebody holds to others, all of it or nothing."""
    done = actions.hand_over(
        person_id, to=payload.to, is_deactivated=payload.deactivate, actor=actor_of(request)
    )
    moved = [{"key": key, "count": count} for key, count in done.counts.items()]
    return {"moved": moved, "deactivated": done.is_deactivated}
