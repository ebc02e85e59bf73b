"""Moments relative to the database's own clock, where a test's day does not matter."""

from datetime import datetime, timedelta

from django.db import connection


def from_now(**lapse: float) -> datetime:
    """The database's now, and so much later: `from_now(days=-1)` is yesterday at this hour."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        moment: datetime = cursor.fetchone()[0]
    return moment + timedelta(**lapse)
