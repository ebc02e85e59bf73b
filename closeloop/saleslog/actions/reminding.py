"""Reminding who has not sent the day's log yet."""

from datetime import datetime

from django.utils import timezone

from closeloop.notices import actions as notices
from closeloop.notices.actions import Message
from closeloop.saleslog import clock, queries, setups

DUE = "saleslog.due"


def remind(now: datetime | None = None) -> int:
    """Tell everybody who owes a log of today, once, from the configured time on; how many."""
    moment = now or timezone.now()
    live, day = setups.current(), clock.today(moment)
    if not live.writers or timezone.localtime(moment).time() < live.reminder:
        return 0
    people = queries.writers_due(day)
    if not people:
        return 0
    message = Message(
        event=DUE,
        to=tuple(people),
        link="/saleslog",
        data={"due_at": clock.moment(day, live.due).isoformat()},
        dedupe_key=f"{DUE}:{day.isoformat()}",
    )
    return len(notices.send(message))
