"""What becomes of conversations when their lead is merged or becomes a customer."""

from collections.abc import Collection, Sequence

from closeloop.conversations.models import Conversation


def move(from_ids: Collection[int], to_id: int) -> list[tuple[int, int]]:
    """The conversations of some leads go to another; gives each with its lead of before."""
    found = Conversation.objects.filter(record_id__in=from_ids)
    moved = [(pk, record_id) for pk, record_id in found.values_list("pk", "record_id") if record_id]
    found.update(record_id=to_id)
    return moved


def move_back(moved: Sequence[Sequence[int]]) -> None:
    """Undo it."""
    for number, lead_id in moved:
        Conversation.objects.filter(pk=number).update(record_id=lead_id)


def follow_conversion(lead_id: int, *, customer_id: int | None, deal_id: int | None) -> None:
    """What was said with a lead is found at its customer and deal too."""
    Conversation.objects.filter(record_id=lead_id).update(customer_id=customer_id, deal_id=deal_id)
