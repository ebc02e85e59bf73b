"""A moment by which something is due, as an entry of somebody's calendar: in mails and in feeds.

An entry keeps its UID for as long as it is about the same thing, so that a program which has it
already moves it instead of writing a second one; the higher SEQUENCE is the later word.
Source: RFC 5545 (3.8.4.7 UID, 3.8.7.4 SEQUENCE), RFC 5546 (3.2.1 PUBLISH).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from icalendar import Alarm, Calendar, Event

LASTS = timedelta(minutes=15)
REMINDS_BEFORE = timedelta(minutes=30)
_OWN_PAGES = (
    (re.compile(r"^/tasks/(\d+)$"), "task-task_id"),
    (re.compile(r"^/approvals/(\d+)$"), "approval-case_id"),
)


@dataclass(frozen=True)
class Entry:
    """One thing that is due. `link` is a whole address; `stamp` is when it was said."""

    uid: str
    title: str
    at: datetime
    link: str
    stamp: datetime
    text: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def uid_of(link: str, clock_id: int | None) -> str:
    """Of a task or an approval by its page, of anything else by its clock: in every calendar."""
    for page, name in _OWN_PAGES:
        found = page.match(link)
        if found:
            return f"{name}-{found[1]}@closeloop"
    place = f"clock-clock_id-{clock_id}" if clock_id else link.strip("/").replace("/", "-")
    return f"{place}@closeloop"


def calendar() -> Calendar:
    """A calendar to be read by others, without entries."""
    made = Calendar()
    made.add("prodid", "-//Closeloop//Due//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    return made


def published(entries: Iterable[Entry], *, zone: tzinfo) -> bytes:
    """Entries as a file, told in the reader's zone, which it describes."""
    made = calendar()
    for each in entries:
        made.add_component(event(each, zone=zone))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def event(entry: Entry, *, zone: tzinfo) -> Event:
    """One entry; what is not past yet rings half an hour before."""
    made, at = Event(), entry.at.replace(microsecond=0).astimezone(zone)
    made.add("uid", entry.uid)
    made.add("dtstamp", entry.stamp)
    made.add("sequence", entry.sequence)
    made.add("dtstart", at)
    made.add("dtend", at + LASTS)
    made.add("summary", entry.title)
    if entry.text:
        made.add("description", entry.text)
    made.add("url", entry.link)
    made.add("transp", "TRANSPARENT")
    if entry.is_cancelled:
        made.add("status", "CANCELLED")
    elif entry.at > entry.stamp:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", -REMINDS_BEFORE)
        made.add_component(alarm)
    return made
