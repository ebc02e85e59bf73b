"""What becomes of enrolments and points when leads are merged, and when that is undone."""

from collections.abc import Collection, Sequence

from closeloop.engine.nurture import Always
from closeloop.identity.actor import SYSTEM
from closeloop.nurture.actions.leaving import leave_all
from closeloop.nurture.models import Enrolment, Message, Points, State

_WAITING = (Message.State.WAITING, Message.State.FAILED)


def move_enrolments(from_ids: Collection[int], to_id: int) -> list[tuple[int, int]]:
    """The lead that stays goes on with the paths on which it is not itself; the others end.

    Gives each enrolment that went over or ended with the lead that it came from.
    """
    held = set(
        Enrolment.objects.filter(record_id=to_id, state=State.RUNNING).values_list(
            "path_id", flat=True
        )
    )
    found = Enrolment.objects.select_for_update().filter(
        record_id__in=from_ids, state=State.RUNNING
    )
    moved: list[tuple[int, int]] = []
    ending: list[int] = []
    for each in found.order_by("pk"):
        moved.append((each.pk, each.record_id))
        if each.path_id in held:
            ending.append(each.pk)
        else:
            held.add(each.path_id)
            _give(each.pk, to_id)
    leave_all(ending, Always.MERGED, actor=SYSTEM)
    return moved


def move_enrolments_back(moved: Sequence[Sequence[int]]) -> None:
    """Undo it: what went over goes back; what ended because of the merge stays ended."""
    for enrolment_id, record_id in moved:
        found = Enrolment.objects.filter(pk=enrolment_id).first()
        if found is not None and found.record_id != record_id:
            _give(enrolment_id, record_id)


def move_points(from_ids: Collection[int], to_id: int) -> list[tuple[int, int]]:
    """Points go over with the lead."""
    found = Points.objects.filter(record_id__in=from_ids)
    moved = list(found.values_list("pk", "record_id"))
    found.update(record_id=to_id)
    return moved


def move_points_back(moved: Sequence[Sequence[int]]) -> None:
    """Undo it."""
    for number, record_id in moved:
        Points.objects.filter(pk=number).update(record_id=record_id)


def _give(enrolment_id: int, record_id: int) -> None:
    Enrolment.objects.filter(pk=enrolment_id).update(record_id=record_id)
    Message.objects.filter(enrolment_id=enrolment_id, state__in=_WAITING).update(
        record_id=record_id
    )
