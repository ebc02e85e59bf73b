"""Approvals in SQL over an export, written from the words of the definitions.

Working time is counted from the office hours of the shipped calendar and the public days of China,
as a library knows them; the product's own calendars are not asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import duckdb

from tests.metrics.audit_said import Said

OFFICE_HOURS = ((time(9), time(12)), (time(13), time(18)))
VIEWS = """
CREATE VIEW asks AS
    SELECT a.id, f.key || '/' || v.node AS step, a.person_id, c.requester_id, c.unit_id, a.state,
        a.asked_at, a.ended_at, a.state = 'waiting' AND c.state = 'running' AS waits,
        a.state IN ('agreed', 'refused', 'returned', 'transferred', 'deferred') AS answered,
        coalesce(a.due_at, k.due_at) AS due_at
    FROM approvals_ask a JOIN approvals_visit v ON v.id = a.visit_id
    JOIN approvals_case c ON c.id = a.case_id JOIN approvals_flow f ON f.id = c.flow_id
    LEFT JOIN (
        SELECT about_id, max_by(due_at, id) AS due_at FROM sla_clock
        WHERE about_kind = 'approval_ask' GROUP BY about_id) k ON k.about_id = a.id
    WHERE a.asked_at IS NOT NULL;

CREATE VIEW taken AS  -- how many microseconds of office hours an answer took
    SELECT a.id, sum(epoch_us(least(h.ends, a.ended_at)) - epoch_us(greatest(h.starts, a.asked_at)))
        AS worked
    FROM asks a JOIN office_hours h ON h.starts < a.ended_at AND h.ends > a.asked_at
    WHERE a.answered GROUP BY a.id;

CREATE VIEW answers AS
    SELECT a.*, coalesce(t.worked, 0) AS worked FROM asks a LEFT JOIN taken t ON t.id = a.id
    WHERE a.answered;
"""
_ANSWERS = "SELECT ended_at, person_id, unit_id, step, {hits}, {whole}, requester_id FROM answers"


def open_offices(warehouse: duckdb.DuckDBPyConnection, *, zone: str, now: datetime) -> None:
    """The table of all office hours of four years, as moments."""
    local = ZoneInfo(zone)
    today: date = now.astimezone(local).date()
    days = [today - timedelta(days=back) for back in range(-7, 1500)]
    rows = [
        (datetime.combine(day, start, local), datetime.combine(day, end, local))
        for day in days
        if chinese_calendar.is_workday(day)
        for start, end in OFFICE_HOURS
    ]
    warehouse.execute("CREATE TABLE office_hours(starts TIMESTAMPTZ, ends TIMESTAMPTZ)")
    warehouse.executemany("INSERT INTO office_hours VALUES (?, ?)", rows)


METRICS: Mapping[str, Said] = {
    "approval_time": Said(
        _ANSWERS.format(hits="worked::DECIMAL(30, 12) / 3600000000", whole="1"),
        "deal", has_asker=True,
    ),
    "approval_refusals": Said(
        _ANSWERS.format(hits="(state = 'refused')::INT", whole="1"), "deal", has_asker=True
    ),
    "approval_timeouts": Said(
        "SELECT a.due_at, person_id, unit_id, step, (coalesce(ended_at, now) > a.due_at)::INT, 1,"
        " requester_id FROM asks a, told WHERE (answered OR waits) AND a.due_at < told.now",
        "deal", has_asker=True,
    ),
    "approvals_answered": Said(_ANSWERS.format(hits="1", whole="NULL"), "deal", has_asker=True),
    "approvals_waiting": Said(
        "SELECT asked_at, person_id, unit_id, step, 1, NULL, requester_id FROM asks WHERE waits",
        "deal", is_now=True, has_asker=True,
    ),
}  # fmt: skip
