"""What must hold at the end, as counts; `faults` names what does not."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.notices import actions as notices
from tests.chaos.rounds import CASES, CLOCKS, ENDED_EARLY, OUTWARD, Round
from tests.chaos.twins import Twins

_FIGURES = {
    "clocks": "SELECT count(*) FROM sla_clock WHERE about_kind = 'task'",
    "fired": "SELECT count(*) FROM sla_firing",
    "fired_twice": "SELECT count(*) - count(DISTINCT (clock_id, round, step)) FROM sla_firing",
    "carried_out": "SELECT count(*) FROM sla_firing WHERE state = 'done'",
    "skipped": "SELECT count(*) FROM sla_firing WHERE state = 'skipped'",
    "failed": "SELECT count(*) FROM sla_firing WHERE state = 'failed'",
    "never_fired": "SELECT count(*) FROM sla_clock c WHERE closed_at IS NULL"
    " AND NOT EXISTS (SELECT FROM sla_firing f WHERE f.clock_id = c.id)",
    "fired_after_its_end": "SELECT count(*) FROM sla_firing f JOIN sla_clock c ON c.id = f.clock_id"
    " WHERE f.state = 'done' AND f.done_at > c.closed_at",
    "notices_of_clocks": "SELECT count(*) FROM notices_notice WHERE \"group\" = 'clocks'",
    "cases": "SELECT count(*) FROM approvals_case",
    "cases_open": "SELECT count(*) FROM approvals_case WHERE closed_at IS NULL",
    "outcomes": "SELECT count(*) FROM activity_entry"
    " WHERE verb IN ('approval.granted', 'approval.rejected')",
    "cases_agreed_twice": "SELECT count(*) FROM (SELECT case_id FROM approvals_ask"
    " WHERE state = 'agreed' GROUP BY case_id HAVING count(*) > 1) AS two",
    "outcomes_against_the_answers": "SELECT count(*) FROM approvals_case c WHERE"
    " (state = 'granted') <> EXISTS (SELECT FROM approvals_ask a WHERE a.case_id = c.id"
    " AND a.state = 'agreed')",
    "asks": "SELECT count(*) FROM approvals_ask",
    "notices_of_asks": "SELECT count(*) FROM notices_notice WHERE event = 'approval.asked'",
    "notices_of_outcomes": "SELECT count(*) FROM notices_notice WHERE event = 'approval.decided'",
}
_DELIVERIES = """
    SELECT d.channel, d.state, count(*) FROM notices_delivery d JOIN notices_notice n
    ON n.id = d.notice_id WHERE n."group" = 'clocks' AND d.channel <> 'in_app' GROUP BY 1, 2
"""
_MOVING = """
    SELECT count(*) FILTER (WHERE state IN ('waiting', 'failed', 'sending')),
        sum(attempts) FROM notices_delivery
"""
PATIENCE_S = 300
STILL_S = 8.0
"""How long nothing moves until all that is open waits for somebody."""
_HOUR = timedelta(hours=1)


def look_after_the_abandoned() -> None:
    """What sweepers do later: claims of dead workers, jobs that went with them, repetitions."""
    deadline = time.monotonic() + PATIENCE_S
    while _come_to_rest() and time.monotonic() < deadline:
        later = timezone.now() + _HOUR
        notices.settle_abandoned(now=later, at_most=100_000)
        notices.queue_due(now=later + _HOUR, at_most=100_000)


def _come_to_rest() -> int:
    """Wait until no delivery moves any more; gives how many are still open."""
    seen, since = (-1, -1), time.monotonic()
    while seen[0] and time.monotonic() - since < STILL_S:
        time.sleep(0.5)
        found = _row(_MOVING)
        if found != seen:
            seen, since = found, time.monotonic()
    return seen[0]


def judge(played: Sequence[Round], twins: Twins) -> tuple[dict[str, Any], list[str]]:
    """Every figure, and the promises that do not hold."""
    rounds = len(played)
    found: dict[str, Any] = {name: _row(sql)[0] for name, sql in _FIGURES.items()}
    found["rounds"] = rounds
    found |= {f"killed_{name}": n for name, n in Counter(each.victim for each in played).items()}
    found["killed_amid"] = sum(each.unfinished > 0 for each in played)
    statuses = Counter(status for each in played for status in each.answers.given.values())
    found |= {f"answers_{status}": number for status, number in sorted(statuses.items())}
    found["retried"] = sum(each.answers.retried for each in played)
    expected = {
        "clocks": rounds * CLOCKS,
        "fired_twice": 0,
        "failed": 0,
        "never_fired": 0,
        "fired_after_its_end": 0,
        "notices_of_clocks": found["carried_out"],
        "cases": rounds * CASES,
        "cases_open": 0,
        "outcomes": rounds * CASES,
        "cases_agreed_twice": 0,
        "outcomes_against_the_answers": 0,
        "notices_of_asks": found["asks"],
        "notices_of_outcomes": rounds * CASES,
        "answers_0": 0,
    }
    faults = [
        f"{name}: {found.get(name, 0)} where {value} was expected"
        for name, value in expected.items()
        if found.get(name, 0) != value
    ]
    if found.get("answers_200", 0) < rounds * CASES:
        faults.append("answers are missing")
    if found["carried_out"] < rounds * (CLOCKS - ENDED_EARLY):
        faults.append("steps are missing")
    found |= {channel: _channel(channel, arrived) for channel, arrived in twins.arrived().items()}
    found["wecom"]["repetitions_dropped"] = twins.dropped_cards()
    for channel in found.keys() & OUTWARD.keys():
        faults += _broken_promises(channel, found[channel])
    return found, faults


def _channel(channel: str, arrived: Sequence[str]) -> dict[str, int]:
    """The deliveries by state, and what of them arrived, how often."""
    found = {state: number for name, state, number in _rows(_DELIVERIES) if name == channel}
    copies = Counter(arrived)
    found["wanted"] = sum(found.values())
    return {**found, "arrived": len(copies), "twice": len(arrived) - len(copies)}


def _broken_promises(channel: str, found: Mapping[str, int]) -> list[str]:
    """Mail comes at most once and nobody is kept in the dark; texts at least once; cards once."""
    broken = []
    sent, unknown = found.get("sent", 0), found.get("unknown", 0)
    may_be_unknown, may_be_twice = channel == "mail", channel == "sms"
    if sent + unknown != found["wanted"]:
        broken.append(f"{channel}: not all sent: {found}")
    if unknown and not may_be_unknown:
        broken.append(f"{channel}: {unknown} unknown")
    if not sent <= found["arrived"] <= sent + unknown:
        broken.append(f"{channel}: {found['arrived']} arrived of {sent} sent and {unknown} unknown")
    if found["twice"] and not may_be_twice:
        broken.append(f"{channel}: {found['twice']} came twice")
    return broken


def _row(sql: str) -> tuple[int, ...]:
    return _rows(sql)[0]


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
