"""Erasing what was read out of documents; that they were read, and how long it took, stays."""

from collections.abc import Sequence

from closeloop.recognition.models import Reading


def erase(attachment_ids: Sequence[int]) -> int:
    """Forget the text of these documents."""
    found = Reading.objects.filter(attachment_id__in=attachment_ids)
    return found.update(text="", lines=[], facts=[], detail="")
