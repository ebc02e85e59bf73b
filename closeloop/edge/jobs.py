"""The nightly clearing of kept answers and of sessions that have ended."""

from datetime import UTC, datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from closeloop.edge import actions

KEPT_DAYS = 3
"""How long a repeated write still gets its first answer."""


@app.periodic(cron="41 3 * * *")
@app.task(name="edge.forget_answers", queueing_lock="edge.forget_answers")
def forget_answers(timestamp: int) -> int:
    """Delete old answers; gives how many."""
    now = datetime.fromtimestamp(timestamp, tz=UTC)
    return actions.forget_answers(before=now - timedelta(days=KEPT_DAYS))


@app.periodic(cron="47 3 * * *")
@app.task(name="edge.clear_sessions", queueing_lock="edge.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Delete sessions that have ended."""
    SessionStore.clear_expired()
