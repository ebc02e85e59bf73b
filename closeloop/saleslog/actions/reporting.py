"""Reporting an event, once per client id; it may ask for help in the same transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.records.models import Record
from closeloop.saleslog import clock, errors, setups
from closeloop.saleslog.models import DayLog, LogEvent
from closeloop.saleslog.setups import EventType
from closeloop.support import actions as support

LONGEST = 120
"""Characters of an event's text, by code points."""


@dataclass(frozen=True)
class NewEvent:
    """An event as somebody reports it, perhaps hours later from a phone without network.

    `at` is when it happened; `asks_support` None leaves it to the type.
    """

    client_id: UUID
    type: str
    text: str = ""
    reason: str = ""
    customer_id: int | None = None
    record_id: int | None = None
    at: datetime | None = None
    asks_support: bool | None = None
    corrects_id: int | None = None


def report_event(new: NewEvent, *, actor: Actor) -> tuple[LogEvent, bool]:
    """Report an event; gives it, and whether it is new. The same client id is the same event.

    After the day's log was sent it is a supplement. Raises EventInvalid, DayOutOfReach.
    """
    author = lock_author(actor)
    same = LogEvent.objects.filter(author=author, client_id=new.client_id).first()
    if same is not None:
        return same, False
    now = timezone.now()
    at = min(new.at or now, now)
    day = require_day(clock.today(at))
    known = _checked(new, author)
    found = Record.objects.defer("grams").in_bulk(
        [each for each in (new.customer_id, new.record_id) if each is not None]
    )
    about = found.get(new.record_id or 0) or found.get(new.customer_id or 0)
    home = org.home_unit_of(author.pk)
    event = LogEvent(
        author=author,
        unit_id=(about.unit_id if about else None) or home,
        day=day,
        at=at,
        type=new.type,
        setup=setups.current().number,
        customer=found.get(new.customer_id or 0),
        record=found.get(new.record_id or 0),
        reason=new.reason,
        text=new.text.strip(),
        client_id=new.client_id,
        is_supplement=DayLog.objects.filter(author=author, day=day).exists(),
        corrects_id=new.corrects_id,
        received_at=now,
    )
    event.save(force_insert=True)
    asks = known.asks_support if new.asks_support is None else new.asks_support
    if asks and known.support is not None:
        _ask_for_help(event, known, actor)
    record("saleslog.event_reported", event, actor=actor)
    return event, True


def take_back(event: LogEvent, *, actor: Actor) -> None:
    """Take an event back before its day's log is sent. Raises DayClosed."""
    lock_author(actor)
    if event.is_supplement or DayLog.objects.filter(author=event.author, day=event.day).exists():
        raise errors.DayClosed({"day": event.day.isoformat()})
    event.removed_at = timezone.now()
    event.save(update_fields=["removed_at"])
    record("saleslog.event_withdrawn", event, actor=actor)


def lock_author(actor: Actor) -> User:
    """The author, held, so that two sendings of one thing come one after the other."""
    return User.objects.select_for_update(no_key=True).get(pk=actor.person_id)


def require_day(day: date) -> date:
    """A day of which something may still be reported. Raises DayOutOfReach."""
    today = clock.today()
    if not today - clock.REACH <= day <= today:
        raise errors.DayOutOfReach({"day": day.isoformat()})
    return day


def record(verb: str, event: LogEvent, *, actor: Actor, **more: Any) -> None:
    """Record what became of an event, about its deal, else its customer."""
    activity.record(happening(verb, event, **more), actor=actor)


def happening(verb: str, event: LogEvent, *, at: datetime | None = None, **more: Any) -> Happening:
    """The entry about an event; `at` is only given for history."""
    about = event.record or event.customer
    reason = setups.name_of_reason(event.type, event.reason) if event.reason else ""
    return Happening(
        verb=verb,
        record_id=about.pk if about else None,
        record_type=about.type if about else "",
        unit_id=event.unit_id,
        data={
            "event_id": event.pk,
            "type": event.type,
            "name": dict(setups.name_of(event.type)),
            "reason": reason,
            "text": event.text,
            "day": event.day.isoformat(),
            "happened_at": event.at.isoformat(),
            "is_supplement": event.is_supplement,
            "support_case_id": event.case_id,
            "customer_id": event.customer_id,
            **more,
        },
        at=at,
    )


def _ask_for_help(event: LogEvent, known: EventType, actor: Actor) -> None:
    reason = next((each.name for each in known.reasons if each.key == event.reason), None)
    said = [known.name["zh-CN"], reason["zh-CN"] if reason else "", event.text]
    event.case = support.open_case(
        kind=known.support or "",
        what="：".join(each for each in said if each),
        customer_id=event.customer_id,
        record_id=event.record_id,
        unit_id=event.unit_id,
        requester_id=event.author_id,
        origin={"via": "saleslog", "event_id": event.pk},
        actor=actor,
    )
    event.save(update_fields=["case"])


def _checked(new: NewEvent, author: User) -> EventType:
    known = setups.current().types.get(new.type)
    wrong = []
    if known is None:
        raise errors.EventInvalid({"errors": [{"field": "type", "code": "unknown_choice"}]})
    if known.needs_reason and not new.reason:
        wrong.append({"field": "reason", "code": "required"})
    if new.reason and new.reason not in known.reason_keys:
        wrong.append({"field": "reason", "code": "unknown_choice"})
    if known.needs_customer and new.customer_id is None and new.record_id is None:
        wrong.append({"field": "customer_id", "code": "required"})
    if len(new.text.strip()) > LONGEST:
        wrong.append({"field": "text", "code": "too_long"})
    if new.asks_support and known.support is None:
        wrong.append({"field": "asks_support", "code": "unknown_choice"})
    if new.corrects_id is not None and not _may_correct(new.corrects_id, author):
        wrong.append({"field": "corrects_id", "code": "unknown_choice"})
    if wrong:
        raise errors.EventInvalid({"errors": wrong})
    return known


def _may_correct(event_id: int, author: User) -> bool:
    """An event of one's own, not corrected yet, whose log was sent."""
    found = LogEvent.objects.filter(
        pk=event_id, author=author, removed_at=None, corrections=None
    ).first()
    return found is not None and DayLog.objects.filter(author=author, day=found.day).exists()
