"""Giving somebody's undecided requests for exceptions to somebody else."""

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor
from closeloop.process.models import ExceptionRequest, ExceptionState


def reassign_exceptions(from_id: int, to_id: int, *, actor: Actor) -> int:
    """Give all open requests that a person is to decide to another; gives how many."""
    held = ExceptionRequest.objects.filter(decider_id=from_id, state=ExceptionState.OPEN)
    requests = list(held.select_for_update(of=("self",)).select_related("record").order_by("pk"))
    held.filter(pk__in=[request.pk for request in requests]).update(decider_id=to_id)
    activity.record_all(
        [
            Happening(
                verb="process.exception_reassigned",
                record_id=request.record_id,
                record_type=request.record.type,
                unit_id=request.record.unit_id,
                data={
                    "exception_id": request.pk,
                    "decider_id": to_id,
                    "from_decider": from_id,
                    "from": request.from_stage,
                    "to": request.to_stage,
                },
            )
            for request in requests
        ],
        actor=actor,
    )
    return len(requests)
