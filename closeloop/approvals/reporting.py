"""Figures over answered asks and closed cases: times, refusals, returns, lateness (E06, E10, G09).

An ask counts in the period in which it was answered; whoever was asked in vain, because others
decided, is not counted. It was late where it was answered after its due time: that of its clock,
or the one that came with imported history; rates of lateness are over the asks that had one.
Natural times are whole differences of moments; working time is counted by the unit's calendar.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor
from typing import Any

from django.db import connection

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
class Answered:
    """One ask that was answered."""

    case_id: int
    flow: str
    node: str
    person: int
    name: str
    state: str
    asked_at: datetime
    ended_at: datetime
    due_at: datetime | None
    unit_id: int | None

    @property
    def took_s(self) -> float:
        """How long the person took."""
        return (self.ended_at - self.asked_at).total_seconds()

    @property
    def worked_s(self) -> float:
        """How much working time that was, in the case's unit."""
        calendar = calendars.for_unit(self.unit_id).calendar
        return calendar.working_between(self.asked_at, self.ended_at)

    @property
    def is_late(self) -> bool:
        """Whether it was answered after it was due."""
        return self.due_at is not None and self.ended_at > self.due_at


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


def answered_in(period: Period, *, actor: Actor) -> list[Answered]:
    """Every ask that was answered in the period, as far as the actor may count."""
    where, params = _within(period, actor, "a.ended_at")
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERED.format(where=where), [list(ANSWERED), *params])
        rows = cursor.fetchall()
        # Apart, for only asks without a due time of their own have a clock.
        cursor.execute(_DUE, [[row[0] for row in rows if row[9] is None]])
        clocks = dict(cursor.fetchall())
    return [_answered(row, clocks) for row in rows]


def rows_by(found: Sequence[Answered], by: str, names: Mapping[str, Any]) -> list[Row]:
    """The figures by node (of a flow) or by approver, the slowest mean first."""
    groups: dict[tuple[str, str], list[Answered]] = {}
    for each in found:
        key = ("", str(each.person)) if by == APPROVER else (each.flow, each.node)
        groups.setdefault(key, []).append(each)
    rows = [_row(flow, key, asks, by, names) for (flow, key), asks in groups.items()]
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
    wanted: Mapping[str, Callable[[Answered], bool]] = {
        "all": lambda _: True,
        "refused": lambda each: each.state == AskState.REFUSED,
        "returned": lambda each: each.state == AskState.RETURNED,
        "late": lambda each: each.is_late,
    }
    chosen = {
        each.case_id
        for each in answered_in(period, actor=actor)
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


def _answered(row: Sequence[Any], clocks: Mapping[int, datetime]) -> Answered:
    ask_id, case_id, flow, node, person, name, state, asked_at, ended_at, due_at, unit_id = row
    due_at = due_at or clocks.get(ask_id)
    return Answered(case_id, flow, node, person, name, state, asked_at, ended_at, due_at, unit_id)


def _percentile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low, high = floor(place), ceil(place)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _row(flow: str, key: str, asks: Sequence[Answered], by: str, names: Mapping[str, Any]) -> Row:
    timed = [each for each in asks if each.due_at is not None]
    name = asks[0].name if by == APPROVER else names.get(f"{flow}/{key}", {"zh-CN": key})
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
        timed=len(timed),
        late=sum(1 for each in timed if each.is_late),
    )


def _within(period: Period, actor: Actor, moment: str) -> tuple[str, list[Any]]:
    """Everything for whoever manages approvals; else one's own and one's people's requests."""
    where = f"{moment} >= %s AND {moment} < %s"
    params: list[Any] = [period.since, period.until]
    if period.flow:
        where += " AND f.key = %s"
        params.append(period.flow)
    access = org.access_of(actor)
    if not access.can(Capability.MANAGE_APPROVALS):
        where += " AND c.requester_id = ANY(%s)"
        params.append([actor.person_id, *org.people_below(actor.person_id)])
    return where, params


_ANSWERED = """
    SELECT a.id, a.case_id, f.key, v.node, a.person_id, u.name, a.state, a.asked_at, a.ended_at,
           a.due_at, c.unit_id
    FROM approvals_ask a
    JOIN approvals_visit v ON v.id = a.visit_id
    JOIN approvals_case c ON c.id = a.case_id
    JOIN approvals_flow f ON f.id = c.flow_id
    JOIN identity_user u ON u.id = a.person_id
    WHERE a.state = ANY(%s) AND a.asked_at IS NOT NULL AND {where}
    ORDER BY a.id
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
