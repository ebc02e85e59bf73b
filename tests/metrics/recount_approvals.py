"""Approvals counted again in plain Python from an export of raw tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from fractions import Fraction

import chinese_calendar

from tests.metrics.recounted import ZONE, Row, Thing, day_of

TABLES = ("approvals_ask", "approvals_visit", "approvals_case", "approvals_flow")
ANSWERED = ("agreed", "refused", "returned", "transferred", "deferred")
OFFICE_HOURS = ((time(9), time(12)), (time(13), time(18)))


def things(raw: Mapping[str, Sequence[Row]], now: datetime) -> Iterable[Thing]:
    """Every ask as it counts: what was answered, how long that took, what fell due, what waits."""
    visits = {each["id"]: each for each in raw["approvals_visit"]}
    cases = {each["id"]: each for each in raw["approvals_case"]}
    flows = {each["id"]: each["key"] for each in raw["approvals_flow"]}
    clocks = {
        each["about_id"]: each["due_at"]
        for each in sorted(raw["sla_clock"], key=lambda each: each["id"])
        if each["about_kind"] == "approval_ask"
    }
    for ask in raw["approvals_ask"]:
        if ask["asked_at"] is None:
            continue
        case, state, ended = cases[ask["case_id"]], ask["state"], ask["ended_at"]
        step = f"{flows[case['flow_id']]}/{visits[ask['visit_id']]['node']}"
        own = (ask["person_id"], case["unit_id"] or 0, step)
        asker = case["requester_id"]
        is_waiting = state == "waiting" and case["state"] == "running"
        if state in ANSWERED:
            day, took = day_of(ended), worked(ask["asked_at"], ended)
            yield Thing("approval_answers", day, *own, None, asker=asker)
            yield Thing("approval_times", day, *own, None, took, asker)
            if state == "refused":
                yield Thing("approvals_refused", day, *own, None, asker=asker)
        if is_waiting:
            yield Thing("approvals_waiting", None, *own, None, asker=asker)
        due = ask["due_at"] or clocks.get(ask["id"])
        if (state in ANSWERED or is_waiting) and due is not None and due < now:
            yield Thing("approvals_due", day_of(due), *own, (ended or now) <= due, asker=asker)


def worked(since: datetime, until: datetime) -> Fraction:
    """Seconds of office hours between two moments."""
    day, whole = day_of(since), timedelta(0)
    while day <= day_of(until):
        for start, end in OFFICE_HOURS if chinese_calendar.is_workday(day) else ():
            begins = max(since, datetime.combine(day, start, ZONE))
            whole += max(min(until, datetime.combine(day, end, ZONE)) - begins, timedelta(0))
        day += timedelta(days=1)
    return Fraction(whole // timedelta(microseconds=1), 1_000_000)
