"""Forgetting kept answers that nobody will ask for again."""

from datetime import datetime

from closeloop.edge.models import KeptAnswer


def forget_answers(*, before: datetime) -> int:
    """Delete answers kept before a time; gives how many."""
    return KeptAnswer.objects.filter(at__lt=before).delete()[0]
