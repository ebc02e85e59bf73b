"""The team's day: who has sent, who has not, and the events first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.org.models import Absence, Position
from closeloop.saleslog import clock, setups
from closeloop.saleslog.models import DayLog, LogEvent
from closeloop.saleslog.queries.days import shown_events

MOST_PEOPLE = 500


@dataclass(frozen=True)
class Line:
    """One person's day: sent, late (sent after it was due), waiting, missing, or off."""

    person: User
    unit_id: int | None
    state: str
    log: DayLog | None
    events: int


def team_of(
    day: date, *, actor: Actor, unit_id: int | None = None
) -> tuple[list[Line], list[LogEvent]]:
    """Who writes logs and stands below the actor, by state, and all their events of the day."""
    homes = _writers(actor, unit_id)
    people = User.objects.in_bulk(list(homes))
    logs = {log.author_id: log for log in DayLog.objects.filter(day=day, author_id__in=list(homes))}
    events = list(
        shown_events().filter(day=day, author_id__in=list(homes)).order_by("type", "-at", "pk")
    )
    counts: dict[int, int] = {}
    for event in events:
        counts[event.author_id] = counts.get(event.author_id, 0) + 1
    away = _away(day, list(homes))
    lines = [
        Line(
            person=people[person_id],
            unit_id=home,
            state=_state(day, home, logs.get(person_id), is_away=person_id in away),
            log=logs.get(person_id),
            events=counts.get(person_id, 0),
        )
        for person_id, home in homes.items()
    ]
    return sorted(lines, key=lambda line: (_ORDER.index(line.state), line.person.name)), events


def writers_due(day: date) -> list[int]:
    """Everybody who owes a log of a working day and has not sent it; who is away owes none."""
    homes = _everybody_who_writes()
    sent = set(DayLog.objects.filter(day=day).values_list("author_id", flat=True))
    away = _away(day, list(homes))
    return sorted(
        person
        for person, home in homes.items()
        if person not in sent and person not in away and clock.is_workday(day, home)
    )


_ORDER = ("missing", "late", "waiting", "sent", "off")


def _state(day: date, unit_id: int | None, log: DayLog | None, *, is_away: bool) -> str:
    due_at = clock.moment(day, setups.current().due)
    if log is not None:
        return "late" if log.sent_at > due_at else "sent"
    if is_away or not clock.is_workday(day, unit_id):
        return "off"
    return "missing" if timezone.now() >= due_at else "waiting"


def _writers(actor: Actor, unit_id: int | None) -> dict[int, int | None]:
    homes = _everybody_who_writes()
    if actor.user_id is not None and not org.access_of(actor).can(Capability.MANAGE_SALES_LOG):
        below = org.people_below(actor.user_id)
        homes = {person: home for person, home in homes.items() if person in below}
    if unit_id is not None:
        units = org.subtree_ids(unit_id)
        homes = {person: home for person, home in homes.items() if home in units}
    return dict(list(homes.items())[:MOST_PEOPLE])


def _everybody_who_writes() -> dict[int, int | None]:
    """Who holds a role that writes logs, with the unit of their primary position."""
    held = Position.objects.filter(
        role__key__in=list(setups.current().writers), user__is_active=True
    ).order_by("is_primary", "pk")
    return dict(held.values_list("user_id", "unit_id"))


def _away(day: date, people: Sequence[int]) -> frozenset[int]:
    since, until = clock.span(day)
    found = Absence.objects.filter(
        person_id__in=people, from_at__lt=until, to_at__gt=since, cancelled_at=None
    )
    return frozenset(found.values_list("person_id", flat=True))
