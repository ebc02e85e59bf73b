"""What is due for a person as a calendar that their phone or mail program subscribes to (M04)."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from closeloop.desk import due
from closeloop.desk.errors import FeedNotFound
from closeloop.desk.models import CalendarFeed
from closeloop.desk.reader import reader_for
from closeloop.edge import messages
from closeloop.identity.models import User
from closeloop.identity.queries import actor_of_user
from closeloop.notices import entries
from closeloop.notices.entries import Entry

READ_AGAIN = timedelta(hours=1)


def digest(secret: str) -> str:
    """What is kept of a secret; no salt is needed for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def address_of(secret: str) -> str:
    """Where the calendar is read. The secret is a parameter, which the request log leaves out."""
    return f"{settings.PUBLIC_URL}/api/calendar.ics?key={secret}"


def feed_of(person_id: int) -> CalendarFeed | None:
    """A person's feed, if they have one."""
    return CalendarFeed.objects.filter(person_id=person_id).first()


def calendar_for(secret: str) -> bytes:
    """The calendar behind a secret address; raises FeedNotFound."""
    feed = CalendarFeed.objects.select_related("person").filter(digest=digest(secret)).first()
    if feed is None or not feed.person.is_active:
        raise FeedNotFound
    return _written(feed.person)


def _written(person: User) -> bytes:
    actor, language = actor_of_user(person), person.locale
    now = timezone.now()
    calendar = entries.calendar()
    calendar.add("x-wr-calname", messages.say("calendar.name", language, {"name": person.name}))
    calendar.add("refresh-interval", READ_AGAIN, parameters={"value": "DURATION"})
    for row in due.due_now(actor, reader_for(actor, language)):
        if row["at"] is not None:
            calendar.add_component(entries.event(_entry(row, now), zone=UTC))
    return bytes(calendar.to_ical())


def _entry(row: dict[str, Any], now: datetime) -> Entry:
    record, title = row["record"], row["title"]
    if record is not None and record["title"] != title:
        title = f"{title} · {record['title']}"
    return Entry(
        uid=entries.uid_of(row["link"], row["clock_id"]),
        title=title,
        at=row["at"],
        link=f"{settings.PUBLIC_URL}{row['link']}",
        stamp=now,
    )
