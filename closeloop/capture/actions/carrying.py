"""What merged leads had sent goes over to the lead that stays, and back."""

from collections.abc import Collection, Sequence

from closeloop.capture.models import Submission


def move_submissions(from_ids: Collection[int], to_id: int) -> list[tuple[int, int]]:
    """Let what some leads' people sent belong to another; gives each with its lead of before."""
    rows = Submission.objects.filter(lead_id__in=from_ids)
    moved = [(number, lead_id) for number, lead_id in rows.values_list("pk", "lead_id") if lead_id]
    rows.update(lead_id=to_id)
    return moved


def move_submissions_back(moved: Collection[Sequence[int]]) -> None:
    """Undo it: each belongs to its lead of before again."""
    for number, lead_id in moved:
        Submission.objects.filter(pk=number).update(lead_id=lead_id)
