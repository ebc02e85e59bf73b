"""The nightly clearing of sessions that have ended."""

from procrastinate.contrib.django import app

from closeloop.identity.session_store import SessionStore


@app.periodic(cron="47 3 * * *")
@app.task(name="identity.clear_sessions", queueing_lock="identity.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Delete sessions that have ended."""
    SessionStore.clear_expired()
