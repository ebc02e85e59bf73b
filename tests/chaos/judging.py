"""What must hold at the end, as counts; `faults` names what does not."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.notices import actions as notices
from tests.chaos.clients import Answers
from tests.chaos.rounds import CASES, CLOCKS, ENDED_EARLY

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
    "mails_wanted": "SELECT count(*) FROM notices_delivery WHERE channel = 'mail'",
    "mails_sent": "SELECT count(*) FROM notices_delivery WHERE channel = 'mail' AND state = 'sent'",
    "mails_unknown": "SELECT count(*) FROM notices_delivery"
    " WHERE channel = 'mail' AND state = 'unknown'",
    "mails_dead": "SELECT count(*) FROM notices_delivery WHERE channel = 'mail' AND state = 'dead'",
    "mails_open": "SELECT count(*) FROM notices_delivery"
    " WHERE channel = 'mail' AND state IN ('waiting', 'sending', 'failed')",
}


def look_after_the_abandoned() -> None:
    """What a sweeper does later: claims of dead workers, and jobs that went with them."""
    later = timezone.now() + timedelta(minutes=30)
    notices.settle_abandoned(now=later, at_most=100_000)
    notices.queue_due(now=later, at_most=100_000)


def judge(
    rounds: int, answers: Sequence[Answers], received: Sequence[str]
) -> tuple[dict[str, int], list[str]]:
    """Every figure, and the promises that do not hold."""
    found = {name: _count(sql) for name, sql in _FIGURES.items()}
    statuses = Counter(status for each in answers for status in each.given.values())
    found |= {f"answers_{status}": number for status, number in sorted(statuses.items())}
    found["retried"] = sum(each.retried for each in answers)
    copies = Counter(received)
    found["mails_received"] = len(received)
    found["mails_twice"] = sum(number - 1 for number in copies.values())
    expected: dict[str, Any] = {
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
        "answers_0": 0,
        "mails_dead": 0,
        "mails_open": 0,
        "mails_twice": 0,
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
    if not found["mails_sent"] <= len(copies) <= found["mails_sent"] + found["mails_unknown"]:
        faults.append("mails are missing")
    return found, faults


def _count(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        number: int = cursor.fetchone()[0]
    return number
