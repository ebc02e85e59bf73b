"""Figures over asks and closed cases: times, refusals, returns, lateness (E06, E10, G09).

What counts as answered and as late is said in `asks`, which the metrics of approvals read too.
Natural times are whole differences of moments; working time is that of the unit's calendar, counted
when the answer was given.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.approvals import asks
from closeloop.engine.approvals import AskState
from closeloop.identity.actor import Actor
from closeloop.identity.queries import names_of
from closeloop.sla import calendars

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
    worked_s: float | None

    @property
    def took_s(self) -> float:
        """How long the person took."""
        return (self.until - self.asked_at).total_seconds()

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
    where, values = _of(period, asks.cases_within(asks.reach_of(actor)))
    with connection.cursor() as cursor:
        cursor.execute(
            _CLOSED.format(where=where),
            {**values, "since": period.since, "until": period.until},
        )
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
    within = _of(period, asks.within(asks.reach_of(actor)))
    return _read(asks.answered(period.since, period.until, within), now)


def _due_in(period: Period, actor: Actor, now: datetime) -> list[Asked]:
    within = _of(period, asks.within(asks.reach_of(actor)))
    return _read(asks.fallen_due(period.since, period.until, now, within), now)


def _read(sql: asks.Sql, now: datetime) -> list[Asked]:
    rows, values = sql
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM ({rows}) found ORDER BY id", values)
        found = cursor.fetchall()
    names = names_of({row[3] for row in found})
    return [_asked(row, names, now) for row in found]


def _asked(row: Sequence[Any], names: Mapping[int, str], now: datetime) -> Asked:
    case_id, flow, node, person, state, asked_at, ended_at, due_at, worked_s = row
    return Asked(
        case_id, flow, node, person, names[person], state, asked_at, ended_at or now, due_at,
        worked_s,
    )  # fmt: skip


def _grouped(given: Sequence[Asked], by: str) -> dict[tuple[str, str], list[Asked]]:
    groups: dict[tuple[str, str], list[Asked]] = {}
    for each in given:
        key = ("", str(each.person)) if by == APPROVER else (each.flow, each.node)
        groups.setdefault(key, []).append(each)
    return groups


def _percentile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low, high = floor(place), ceil(place)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _row(flow: str, key: str, found: Found, by: str, names: Mapping[str, Any]) -> Row:
    given = found.answered
    person = (given or found.due)[0].name
    name = person if by == APPROVER else names.get(f"{flow}/{key}", {"zh-CN": key})
    return Row(
        key=key,
        flow=flow,
        name=name,
        cases=len({each.case_id for each in given}),
        asks=len(given),
        natural=times_of(each.took_s for each in given),
        working=times_of(each.worked_s for each in given if each.worked_s is not None),
        refused=sum(1 for each in given if each.state == AskState.REFUSED),
        returned=sum(1 for each in given if each.state == AskState.RETURNED),
        timed=len(found.due),
        late=sum(1 for each in found.due if each.is_late),
    )


def _of(period: Period, within: asks.Sql) -> asks.Sql:
    """The same, of the period's flow."""
    where, values = within
    if not period.flow:
        return where, values
    return f"{where} AND f.key = %(flow)s", {**values, "flow": period.flow}


_COLUMNS = "case_id, flow, node, person_id, state, asked_at, ended_at, due_at, worked_s"
_CLOSED = """
    SELECT c.opened_at, c.closed_at, c.state, c.unit_id
    FROM approvals_case c JOIN approvals_flow f ON f.id = c.flow_id
    WHERE c.closed_at >= %(since)s AND c.closed_at < %(until)s AND {where}
"""
