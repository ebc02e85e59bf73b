"""What people have to do, day by day: tasks and clocks, read set-based and bounded (D14).

Next follow-up dates and confirmed promises are tasks and clocks already; a clock about a task does
not stand beside it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from closeloop.agenda.errors import PersonNotYours
from closeloop.approvals.models import Ask
from closeloop.identity import queries as identity
from closeloop.identity.actor import Actor
from closeloop.notices.readers import company_zone
from closeloop.org import queries as org
from closeloop.org.models import AbsenceScope
from closeloop.records import queries as records
from closeloop.records.models import Record
from closeloop.sla import queries as sla
from closeloop.sla.models import Clock, ClockState
from closeloop.tasks.models import Task, TaskState

MOST = 400
"""Things of one answer; what is cut is said."""
MOST_DATELESS = 50


@dataclass(frozen=True)
class Thing:
    """One thing to do by a moment, or at no set time."""

    kind: str
    owner_id: int
    title: str
    link: str
    at: datetime | None
    is_red: bool = False
    record_id: int | None = None
    ids: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Span:
    """Days from the first to before the last, on the company's clock."""

    since: date
    until: date
    zone: ZoneInfo

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.since, time(), tzinfo=self.zone)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.until, time(), tzinfo=self.zone)

    def day_of(self, moment: datetime) -> date:
        """The day of a moment."""
        return moment.astimezone(self.zone).date()


@dataclass(frozen=True)
class Agenda:
    """What is there in a span, what is late from before, what has no time; for whom."""

    span: Span
    now: datetime
    people: Sequence[int]
    things: Sequence[Thing]
    late: Sequence[Thing]
    dateless: Sequence[Thing]
    is_cut: bool


def span_of(since: date | None, days: int, now: datetime) -> Span:
    """So many days from a day on, from today where none is named."""
    zone = company_zone()
    first = since or now.astimezone(zone).date()
    return Span(first, first + timedelta(days=days), zone)


def people_of(actor: Actor, *, person: int | None, is_team: bool) -> list[int]:
    """Whose agenda is asked for: one's own, one of one's people's, or all of theirs.

    Raises PersonNotYours.
    """
    below = org.people_below(actor.person_id)
    if is_team:
        return sorted(below)
    if person is None or person == actor.person_id:
        return [actor.person_id]
    if person not in below:
        raise PersonNotYours({"id": person})
    return [person]


def stood_in_for(actor: Actor, now: datetime) -> list[int]:
    """For whom the actor stands in."""
    return org.standing_in_for(actor.person_id, now, scope=AbsenceScope.CLOCKS)


def agenda_of(people: Collection[int], span: Span, *, now: datetime, language: str) -> Agenda:
    """Everything that these people owe in a span; what is late already goes before, once."""
    owners = list(people)
    dated = _things(owners, Q(due_at__lt=span.ends), MOST + 1, language)
    begins = span.begins
    late = [each for each in dated if each.at is not None and each.at < min(now, begins)]
    inside = [each for each in dated if each.at is not None and each.at >= begins]
    dateless = _tasks(owners, Q(due_at=None), MOST_DATELESS, language)
    return Agenda(
        span=span,
        now=now,
        people=owners,
        things=inside[:MOST],
        late=late[:MOST] if begins <= now else [],
        dateless=dateless,
        is_cut=len(dated) > MOST,
    )


def counts_of(people: Collection[int], span: Span, *, now: datetime) -> dict[int, tuple[int, int]]:
    """How many things each person owes until the end of a span, and how many of these are late."""
    counted: dict[int, tuple[int, int]] = {}
    for rows in (_open_tasks(list(people)), _open_clocks(list(people))):
        found = rows.filter(due_at__lt=span.ends).values("owner_id")
        figures = found.annotate(count=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
        for each in figures.order_by():
            count, late = counted.get(each["owner_id"], (0, 0))
            counted[each["owner_id"]] = (count + each["count"], late + each["late"])
    return counted


def readable(agenda: Agenda, *, actor: Actor) -> dict[int, Record]:
    """The records of an agenda that the viewer may read, by id."""
    things = (*agenda.things, *agenda.late, *agenda.dateless)
    return records.visible_among({each.record_id or 0 for each in things}, actor=actor)


def names(people: Collection[int]) -> dict[int, str]:
    """Display names by id."""
    return identity.names_of(set(people))


def _open_tasks(owners: list[int]) -> QuerySet[Task]:
    return Task.objects.filter(owner_id__in=owners, state=TaskState.OPEN)


def _open_clocks(owners: list[int]) -> QuerySet[Clock]:
    running = Clock.objects.filter(owner_id__in=owners, state=ClockState.RUNNING, closed_at=None)
    seen = Q(record=None) | Q(record__deleted_at=None)
    return running.exclude(about_kind="task").filter(seen)


def _things(owners: list[int], when: Q, limit: int, language: str) -> list[Thing]:
    found = [*_tasks(owners, when, limit, language), *_clocks(owners, when, limit, language)]
    found.sort(key=lambda each: (each.at is None, each.at, each.kind, each.link))
    return found[:limit]


def _tasks(owners: list[int], when: Q, limit: int, language: str) -> list[Thing]:
    rows = list(_open_tasks(owners).filter(when).order_by("due_at", "pk")[:limit])
    briefs = sla.clocks_about("task", [row.pk for row in rows])
    return [
        Thing(
            kind="task",
            owner_id=row.owner_id,
            title=row.title.get(language, ""),
            link=f"/tasks/{row.pk}",
            at=row.due_at,
            is_red=row.is_red or (row.pk in briefs and briefs[row.pk].is_red),
            record_id=row.record_id,
            ids={"task_id": row.pk},
        )
        for row in rows
    ]


def _clocks(owners: list[int], when: Q, limit: int, language: str) -> list[Thing]:
    due = _open_clocks(owners).filter(when).select_related("record", "policy")
    rows = list(due.order_by("due_at", "pk")[:limit])
    asked = {row.about_id or 0 for row in rows if row.about_kind == "approval_ask"}
    cases = dict(Ask.objects.filter(pk__in=asked).values_list("pk", "case_id"))
    return [_of_clock(row, cases, language) for row in rows]


def _of_clock(row: Clock, cases: dict[Any, int], language: str) -> Thing:
    kind, link = "clock", ""
    if row.about_kind == "approval_ask":
        kind, link = "approval", f"/approvals/{cases.get(row.about_id, '')}"
    elif row.about_kind == "exception":
        kind, link = "exception", "/exceptions"
    elif row.record is not None:
        link = f"/r/{row.record.type}/{row.record.pk}"
    return Thing(
        kind=kind,
        owner_id=row.owner_id or 0,
        title=row.policy.name.get(language, row.policy.key),
        link=link,
        at=row.due_at,
        is_red=row.red_since is not None,
        record_id=row.record_id,
        ids={"clock_id": row.pk},
    )
