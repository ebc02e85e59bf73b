"""Forgetting kept answers that nobody will ask for again; noting what prepared the database."""

from datetime import datetime

from django.db import connection

from closeloop.edge.models import KeptAnswer


def forget_answers(*, before: datetime) -> int:
    """Delete answers kept before a time; gives how many."""
    return KeptAnswer.objects.filter(at__lt=before).delete()[0]


def note_preparation(digest: str) -> None:
    """Write down that the version of this digest has brought the database up to date."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO edge_preparation (digest) VALUES (%s)"
            " ON CONFLICT (is_only) DO UPDATE SET digest = excluded.digest, at = now()",
            [digest],
        )
