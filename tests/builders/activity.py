"""What was recorded, as tests look at it."""

from typing import Any

from closeloop.activity.models import Entry


def verbs() -> list[str]:
    """Every recorded verb, in order."""
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


def entries(verb: str) -> list[dict[str, Any]]:
    """The data of every entry of a verb, in order."""
    return list(Entry.objects.filter(verb=verb).order_by("id").values_list("data", flat=True))
