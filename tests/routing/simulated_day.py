"""A day of a sales floor, in told time, through the product: leads come, people touch them or not.

Who comes when and how long whom takes is drawn once from a seed, so that the day with rules and the
day with grabbing begin from the same leads and the same people. In both, nobody gives out, grabs or
touches anything during lunch: what somebody has begun goes on after it.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.edge import revisions
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from closeloop.routing import jobs
from closeloop.sla import actions as sla
from tests.routing.given import new_lead

ZONE = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = (datetime(2026, 9, 16, hour, tzinfo=ZONE) for hour in (9, 18))
"""A Wednesday without a holiday near it."""
LUNCH = (OPENS.replace(hour=12), OPENS.replace(hour=13))
LOOKS = timedelta(minutes=5)
"""How often the product looks for what waits until somebody is there (routing.look_again)."""
GOLDEN = timedelta(hours=2)
ENDED = 0.8
"""The share of leads that end with the first touch, so that they are no load any more."""
QUICK, SLOW = 9.0, 120.0
"""Minutes that a touch takes somebody at work, and somebody who is held up in meetings."""


@dataclass
class Person:
    """Somebody who sells: how long a touch takes them, what waits for them."""

    id: int
    minutes: float
    queue: list[int] = field(default_factory=list)
    is_busy: bool = False


@dataclass(frozen=True)
class Day:
    """When leads arrive, which of them look good, and who is there."""

    arrivals: list[datetime]
    looks_good: list[bool]
    minutes: dict[int, float]
    away: frozenset[int]


@dataclass
class Outcome:
    """What became of the leads of a day."""

    arrived: dict[int, datetime] = field(default_factory=dict)
    touched: dict[int, datetime] = field(default_factory=dict)

    @property
    def median_minutes(self) -> float:
        """Until the first touch, of those that were touched that day."""
        waits = [at - self.arrived[lead] for lead, at in self.touched.items()]
        return round(median(wait.total_seconds() for wait in waits) / 60, 1)

    @property
    def wasted(self) -> float:
        """The share not touched within two hours, of those that came two hours before closing."""
        counted = [lead for lead, at in self.arrived.items() if at + GOLDEN <= CLOSES]
        late = [
            lead
            for lead in counted
            if worked(self.arrived[lead], self.touched.get(lead, CLOSES + GOLDEN)) > GOLDEN
        ]
        return round(len(late) / len(counted), 3)


def draw(leads: int, people: list[int], *, seed: int = 4) -> Day:
    """A seventh of the people is away, another seventh is there but held up."""
    chance = Random(seed)
    apart = max(1, len(people) // 7)
    shuffled = chance.sample(people, len(people))
    held_up = set(shuffled[apart : 2 * apart])
    span = (CLOSES - OPENS - timedelta(hours=1)).total_seconds()
    moments = sorted(chance.uniform(0, span) for _ in range(leads))
    return Day(
        arrivals=[OPENS + timedelta(seconds=round(each)) for each in moments],
        looks_good=[chance.random() < 0.5 for _ in range(leads)],
        minutes={each: SLOW if each in held_up else QUICK for each in people},
        away=frozenset(shuffled[:apart]),
    )


def worked(start: datetime, end: datetime) -> timedelta:
    """The time between two moments of the day, without lunch from twelve to one."""
    rest = min(end, LUNCH[1]) - max(start, LUNCH[0])
    return end - start - max(rest, timedelta())


def at_work(at: datetime) -> datetime:
    """The moment, or the end of lunch where it lies within."""
    return LUNCH[1] if LUNCH[0] <= at < LUNCH[1] else at


def after_work(at: datetime, wait: timedelta) -> datetime:
    """When so much time at work is over, begun at a moment at work."""
    end = at + wait
    return end + (LUNCH[1] - LUNCH[0]) if at < LUNCH[0] <= end else end


class _Floor:
    """Events in their order; each subclass says what an arrival and a free person do."""

    def __init__(self, day: Day, *, seed: int = 7) -> None:
        self.day, self.chance = day, Random(seed)
        self.people = {
            key: Person(key, minutes) for key, minutes in day.minutes.items() if key not in day.away
        }
        self.outcome = Outcome()
        self._numbers = count()
        self._events: list[tuple[datetime, int, str, tuple[int, ...]]] = []
        for number, at in enumerate(day.arrivals):
            self._later(at, "arrives", number)

    def run(self) -> Outcome:
        """Live through the day."""
        while self._events:
            at, _, what, given = heapq.heappop(self._events)
            if at > CLOSES:
                break
            getattr(self, f"_{what}")(at, *given)
        return self.outcome

    def _later(self, at: datetime, what: str, *given: int) -> None:
        heapq.heappush(self._events, (at, next(self._numbers), what, given))

    def _begin(self, person: Person, at: datetime) -> None:
        if not person.is_busy and person.queue:
            person.is_busy = True
            lead = person.queue.pop(0)
            wait = timedelta(minutes=self.chance.expovariate(1 / person.minutes))
            self._later(after_work(at_work(at), wait), "touches", person.id, lead)

    def _arrives(self, at: datetime, number: int) -> None:
        raise NotImplementedError

    def _touches(self, at: datetime, person_id: int, lead: int) -> None:
        raise NotImplementedError


class Routed(_Floor):
    """The product gives leads out, and again when nobody touched them in time."""

    def __init__(self, day: Day, time) -> None:
        super().__init__(day)
        self.time = time
        self.swept = 0
        self._later(OPENS, "looks_again")

    def run(self) -> Outcome:
        """Live through the day; clocks fire at the moment at which they are due."""
        while True:
            due = _next_due()
            coming = self._events[0][0] if self._events else CLOSES
            if due is not None and due <= min(coming, CLOSES):
                self._at(due)
                sla.sweep()
                self.swept += 1
                self._look(due)
            elif self._events and coming <= CLOSES:
                at, _, what, given = heapq.heappop(self._events)
                self._at(at)
                getattr(self, f"_{what}")(at, *given)
            else:
                return self.outcome

    def _at(self, moment: datetime) -> None:
        self.time.tell(moment)
        revisions.remember(None)

    def _arrives(self, at: datetime, number: int) -> None:
        lead = new_lead(name=f"线索{number}")
        self.outcome.arrived[lead] = at
        self._look(at)

    def _looks_again(self, at: datetime) -> None:
        if jobs.look_again(int(at.timestamp())):
            self._look(at)
        self._later(at + LOOKS, "looks_again")

    def _touches(self, at: datetime, person_id: int, lead: int) -> None:
        person = self.people[person_id]
        person.is_busy = False
        is_theirs = Lead.objects.filter(pk=lead, owner_id=person_id).exists()
        if is_theirs and lead not in self.outcome.touched:
            self.outcome.touched[lead] = at
            _note_touch(lead, person_id, is_over=self.chance.random() < ENDED)
        self._begin(person, at)

    def _look(self, at: datetime) -> None:
        """Everybody sees what is theirs now, the oldest first, and goes on with it."""
        owned: dict[int, list[int]] = {}
        rows = Lead.objects.filter(owner__isnull=False).order_by("pk")
        for lead, owner in rows.values_list("pk", "owner_id"):
            if lead not in self.outcome.touched:
                owned.setdefault(owner, []).append(lead)
        for person in self.people.values():
            under_way = {given[1] for _, _, what, given in self._events if what == "touches"}
            person.queue = [each for each in owned.get(person.id, []) if each not in under_way]
            self._begin(person, at)


class Grabbed(_Floor):
    """Leads are posted to everybody: who has a hand free takes a good one at once.

    Whoever is held up grabs as the others do; a lead that does not look good is taken only by
    somebody with nothing else to do, one time in four when they look.
    """

    def _arrives(self, at: datetime, number: int) -> None:
        self.outcome.arrived[number] = at
        self._later(at_work(at), "is_seen", number)

    def _is_seen(self, at: datetime, number: int) -> None:
        if self.day.looks_good[number]:
            person = self.chance.choice(list(self.people.values()))
            person.queue.append(number)
            self._begin(person, at)
        else:
            self._later(at_work(at + timedelta(minutes=10)), "lies", number)

    def _lies(self, at: datetime, number: int) -> None:
        idle = [each for each in self.people.values() if not each.is_busy and not each.queue]
        if idle and self.chance.random() < 0.25:
            person = self.chance.choice(idle)
            person.queue.append(number)
            self._begin(person, at)
        else:
            self._later(at_work(at + timedelta(minutes=10)), "lies", number)

    def _touches(self, at: datetime, person_id: int, lead: int) -> None:
        person = self.people[person_id]
        person.is_busy = False
        self.outcome.touched[lead] = at
        self._begin(person, at)


def _next_due() -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(next_at) FROM sla_clock WHERE closed_at IS NULL")
        found: datetime | None = cursor.fetchone()[0]
    return found


@transaction.atomic
def _note_touch(lead: int, person_id: int, *, is_over: bool) -> None:
    data = {"effective": True, "person_id": person_id}
    happening = Happening("followup.recorded", record_id=lead, record_type="lead", data=data)
    activity.record(happening, actor=SYSTEM)
    if is_over:
        ask = MoveAsk(to_stage="disqualified", outcome_reason="no_need")
        desk.move_record("lead", lead, ask, actor=SYSTEM)
