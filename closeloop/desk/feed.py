"""What is due for a person as a calendar that their phone or mail program subscribes to (M04, P19).

An entry names what is to be done and the record's title, which for a contact is their name, and
nothing else about anybody: no numbers, no addresses, no notes. What was called off within the last
days stays as a cancelled entry, so that a program which has it takes it away.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from closeloop.desk import due
from closeloop.desk.errors import FeedAskedTooOften, FeedNotFound
from closeloop.desk.models import CalendarFeed
from closeloop.desk.reader import reader_for
from closeloop.edge import messages
from closeloop.identity.models import User
from closeloop.identity.queries import actor_of_user
from closeloop.notices import entries, readers
from closeloop.notices.entries import Entry
from closeloop.tasks.models import Task, TaskState

READ_AGAIN = timedelta(hours=1)
CANCELLED_DAYS = 14
"""For so long an entry that was called off is told as such."""
MOST_CANCELLED = 50
MOST_READS, WINDOW_S = 60, 600
"""More often than every ten seconds no program reads by itself."""


@dataclass(frozen=True)
class Written:
    """A calendar, and what tells this state of it from any other."""

    content: bytes
    tag: str


def digest(secret: str) -> str:
    """What is kept of a secret; no salt is needed for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def address_of(secret: str) -> str:
    """Where the calendar is read. The secret is a parameter, which the request log leaves out."""
    return f"{settings.PUBLIC_URL}/api/calendar.ics?key={secret}"


def feed_of(person_id: int) -> CalendarFeed | None:
    """A person's feed, if they have one."""
    return CalendarFeed.objects.filter(person_id=person_id).first()


def calendar_for(secret: str) -> Written:
    """The calendar behind a secret address. Raises FeedNotFound and FeedAskedTooOften."""
    feed = CalendarFeed.objects.select_related("person").filter(digest=digest(secret)).first()
    if feed is None or not feed.person.is_active:
        raise FeedNotFound
    _count(feed, timezone.now())
    return _written(feed.person)


def _count(feed: CalendarFeed, now: datetime) -> None:
    name = f"calendar.{feed.pk}.{int(now.timestamp()) // WINDOW_S}"
    if cache.add(name, 1, WINDOW_S):
        return
    if cache.incr(name) > MOST_READS:
        raise FeedAskedTooOften({"retry_after_s": WINDOW_S})


def _written(person: User) -> Written:
    actor, language = actor_of_user(person), person.locale
    now = timezone.now()
    calendar = entries.calendar()
    calendar.add("x-wr-calname", messages.say("calendar.name", language, {"name": person.name}))
    calendar.add("refresh-interval", READ_AGAIN, parameters={"value": "DURATION"})
    rows = [row for row in due.due_now(actor, reader_for(actor, language)) if row["at"]]
    told = [*(_entry(row, now) for row in rows), *_cancelled(person, language, now)]
    zone = readers.company_zone()
    for entry in told:
        calendar.add_component(entries.event(entry, zone=zone))
    calendar.add_missing_timezones()
    said = [(each.uid, each.title, each.at, each.is_cancelled, each.at > now) for each in told]
    tag = digest(repr((person.name, language, said)))
    return Written(bytes(calendar.to_ical()), tag)


def _cancelled(person: User, language: str, now: datetime) -> list[Entry]:
    """Tasks that were called off lately, in the calendar under the same UID."""
    since = now - timedelta(days=CANCELLED_DAYS)
    gone = Task.objects.filter(owner=person, state=TaskState.CANCELLED, closed_at__gte=since)
    rows = gone.exclude(due_at=None).order_by("-closed_at")[:MOST_CANCELLED]
    return [
        Entry(
            uid=entries.uid_of(f"/tasks/{row.pk}", None),
            title=row.title.get(language, ""),
            at=row.due_at,
            link=f"{settings.PUBLIC_URL}/tasks/{row.pk}",
            stamp=now,
            sequence=1,
            is_cancelled=True,
        )
        for row in rows
        if row.due_at is not None
    ]


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
