"""Figures over asks and closed cases: times, refusals, returns, lateness (E06, E10, G09).

An ask counts in the period in which it was answered; whoever was asked in vain, because others
decided, is not counted. Lateness has its own denominator: the asks whose due time (that of their
clock, or the one that came with imported history) fell in the period and is past. Late are those
answered after it, and those that still wait; what is not yet due is in neither part.
Natural times are whole differences of moments; working time is counted by the unit's calendar.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.engine.approvals import AskState
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.sla import calendars

ANSWERED = (
    AskState.AGREED, AskState.REFUSED, AskState.RETURNED, AskState.TRANSFERRED, AskState.DEFERRED,
)  # fmt: skip
NODE, APPROVER = "node", "approver"


@dataclass(frozen=True)
class Period:
    """From a moment until before another, for one flow or for all."""

    since: datetime
    until: datetime
    flow: str = ""


@dataclass(frozen=True)
class Asked:
    """One ask that was answered, or still waits; then `until` is the moment of reading."""

    case_id: int
    flow: str
    node: str
    person: int
    name: str
    state: str
    asked_at: datetime
    until: datetime
    due_at: datetime | None
    unit_id: int | None

    @property
    def took_s(self) -> float:
        """How long the person took."""
        return (self.until - self.asked_at).total_seconds()

    @property
    def worked_s(self) -> float:
        """How much working time that was, in the case's unit."""
        calendar = calendars.for_unit(self.unit_id).calendar
        return calendar.working_between(self.asked_at, self.until)

    @property
    def is_late(self) -> bool:
        """Whether it was answered after it was due, or is overdue and still waits."""
        return self.due_at is not None and self.until > self.due_at


@dataclass(frozen=True)
class Found:
    """What counts in a period: what was answered in it, and what fell due in it."""

    answered: Sequence[Asked]
    due: Sequence[Asked]


@dataclass(frozen=True)
class Times:
    """Mean, median and ninth decile in seconds; None of nothing."""

    mean_s: float | None
    median_s: float | None
    p90_s: float | None


@dataclass(frozen=True)
class Row:
    """The figures of one node or one approver."""

    key: str
    flow: str
    name: Mapping[str, str] | str
    cases: int
    asks: int
    natural: Times
    working: Times
    refused: int
    returned: int
    timed: int
    late: int


def found_in(period: Period, *, actor: Actor) -> Found:
    """What was answered in the period and what fell due in it, as far as the actor may count."""
    now = timezone.now()
    return Found(_answered_in(period, actor, now), _due_in(period, actor, now))


def rows_by(found: Found, by: str, names: Mapping[str, Any]) -> list[Row]:
    """The figures by node (of a flow) or by approver, the slowest mean first."""
    answered, due = _grouped(found.answered, by), _grouped(found.due, by)
    rows = [
        _row(flow, key, Found(answered.get((flow, key), ()), due.get((flow, key), ())), by, names)
        for flow, key in {**answered, **due}
    ]
    return sorted(rows, key=lambda row: (-(row.natural.mean_s or 0), row.flow, row.key))


def end_to_end(period: Period, *, actor: Actor) -> dict[str, Any]:
    """Cases that ended in the period: how many, how, and how long from opening to end."""
    where, params = _within(period, actor, "c.closed_at")
    with connection.cursor() as cursor:
        cursor.execute(_CLOSED.format(where=where), params)
        found = cursor.fetchall()
    took = [(closed - opened).total_seconds() for opened, closed, _, _ in found]
    worked = [
        calendars.for_unit(unit).calendar.working_between(opened, closed)
        for opened, closed, _, unit in found
    ]
    states = [state for _, _, state, _ in found]
    return {
        "cases": len(found),
        **{state: states.count(state) for state in ("granted", "refused", "withdrawn", "ended")},
        "natural": times_of(took),
        "working": times_of(worked),
    }


def cases_of(
    period: Period, *, node: str, approver: int | None, what: str, actor: Actor
) -> list[int]:
    """The cases behind a figure, newest first: all, refused, returned or late ones."""
    wanted: Mapping[str, Callable[[Asked], bool]] = {
        "all": lambda _: True,
        "refused": lambda each: each.state == AskState.REFUSED,
        "returned": lambda each: each.state == AskState.RETURNED,
        "late": lambda each: each.is_late,
    }
    counted = _due_in if what == "late" else _answered_in
    chosen = {
        each.case_id
        for each in counted(period, actor, timezone.now())
        if wanted[what](each)
        and (not node or each.node == node)
        and (approver is None or each.person == approver)
    }
    return sorted(chosen, reverse=True)


def times_of(seconds: Iterable[float]) -> Times:
    """The three figures of some durations; deciles are interpolated as percentile_cont does."""
    ordered = sorted(seconds)
    if not ordered:
        return Times(None, None, None)
    return Times(sum(ordered) / len(ordered), _percentile(ordered, 0.5), _percentile(ordered, 0.9))


def _answered_in(period: Period, actor: Actor, now: datetime) -> list[Asked]:
    where, params = _within(period, actor, "a.ended_at")
    return _read(f"a.state = ANY(%s) AND {where}", [list(ANSWERED), *params], now)


def _due_in(period: Period, actor: Actor, now: datetime) -> list[Asked]:
    since, until = period.since, min(period.until, now)
    where, params = _reach(period, actor)
    params = [since, until, since, until, list(ANSWERED), *params]
    rows = _read(f"{_FELL_DUE} AND {where}", params, now)
    return [each for each in rows if each.due_at is not None and since <= each.due_at < until]


def _read(where: str, params: Sequence[Any], now: datetime) -> list[Asked]:
    with connection.cursor() as cursor:
        cursor.execute(_ASKS.format(where=where), params)
        rows = cursor.fetchall()
        # Apart, for only asks without a due time of their own have a clock.
        cursor.execute(_DUE, [[row[0] for row in rows if row[9] is None]])
        clocks = dict(cursor.fetchall())
    return [_asked(row, clocks, now) for row in rows]


def _asked(row: Sequence[Any], clocks: Mapping[int, datetime], now: datetime) -> Asked:
    ask_id, case_id, flow, node, person, name, state, asked_at, ended_at, due_at, unit_id = row
    until, due_at = ended_at or now, due_at or clocks.get(ask_id)
    return Asked(case_id, flow, node, person, name, state, asked_at, until, due_at, unit_id)


def _grouped(asks: Sequence[Asked], by: str) -> dict[tuple[str, str], list[Asked]]:
    groups: dict[tuple[str, str], list[Asked]] = {}
    for each in asks:
        key = ("", str(each.person)) if by == APPROVER else (each.flow, each.node)
        groups.setdefault(key, []).append(each)
    return groups


def _percentile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low, high = floor(place), ceil(place)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _row(flow: str, key: str, found: Found, by: str, names: Mapping[str, Any]) -> Row:
    asks = found.answered
    person = (asks or found.due)[0].name
    name = person if by == APPROVER else names.get(f"{flow}/{key}", {"zh-CN": key})
    return Row(
        key=key,
        flow=flow,
        name=name,
        cases=len({each.case_id for each in asks}),
        asks=len(asks),
        natural=times_of(each.took_s for each in asks),
        working=times_of(each.worked_s for each in asks),
        refused=sum(1 for each in asks if each.state == AskState.REFUSED),
        returned=sum(1 for each in asks if each.state == AskState.RETURNED),
        timed=len(found.due),
        late=sum(1 for each in found.due if each.is_late),
    )


def _within(period: Period, actor: Actor, moment: str) -> tuple[str, list[Any]]:
    where, params = _reach(period, actor)
    return f"{moment} >= %s AND {moment} < %s AND {where}", [period.since, period.until, *params]


def _reach(period: Period, actor: Actor) -> tuple[str, list[Any]]:
    """Everything for whoever manages approvals; else one's own and one's people's requests."""
    where = "TRUE"
    params: list[Any] = []
    if period.flow:
        where += " AND f.key = %s"
        params.append(period.flow)
    access = org.access_of(actor)
    if not access.can(Capability.MANAGE_APPROVALS):
        where += " AND c.requester_id = ANY(%s)"
        params.append([actor.person_id, *org.people_below(actor.person_id)])
    return where, params


_ASKS = """
    SELECT a.id, a.case_id, f.key, v.node, a.person_id, u.name, a.state, a.asked_at, a.ended_at,
           a.due_at, c.unit_id
    FROM approvals_ask a
    JOIN approvals_visit v ON v.id = a.visit_id
    JOIN approvals_case c ON c.id = a.case_id
    JOIN approvals_flow f ON f.id = c.flow_id
    JOIN identity_user u ON u.id = a.person_id
    WHERE a.asked_at IS NOT NULL AND {where}
    ORDER BY a.id
"""
_FELL_DUE = """
    a.id IN (
        SELECT about_id FROM sla_clock WHERE about_kind = 'approval_ask' AND about_id IS NOT NULL
            AND due_at >= %s AND due_at < %s
        UNION ALL SELECT id FROM approvals_ask WHERE due_at >= %s AND due_at < %s
    ) AND (a.state = ANY(%s) OR a.state = 'waiting' AND c.state = 'running')
"""
_DUE = """
    SELECT DISTINCT ON (about_id) about_id, due_at FROM sla_clock
    WHERE about_kind = 'approval_ask' AND about_id = ANY(%s::bigint[]) ORDER BY about_id, id DESC
"""
_CLOSED = """
    SELECT c.opened_at, c.closed_at, c.state, c.unit_id
    FROM approvals_case c JOIN approvals_flow f ON f.id = c.flow_id
    WHERE c.closed_at IS NOT NULL AND {where}
"""
