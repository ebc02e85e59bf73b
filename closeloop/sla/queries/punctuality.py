"""How often what fell due was done in time, by policy, and the clocks behind it (E07, G03).

What counts is what fell due in the period, up to now: closed in time is met; closed late, or
overdue and still open, is missed; so is what was cancelled only after its time was over. What is
not yet due, stands still or was cancelled before is in neither part (settled question 8). A clock
that began anew counts by its last due time. What is removed afterwards stays counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import connection
from django.utils import timezone

from closeloop.edge import cursors
from closeloop.identity.actor import Actor
from closeloop.sla.models import Clock, Policy
from closeloop.sla.queries import boxes
from closeloop.sla.queries.boxes import Page
from closeloop.sla.queries.nearest import with_names

Outcome = Literal["due", "met", "missed"]


@dataclass(frozen=True)
class Period:
    """From when until when something fell due; the end is not in it."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Row:
    """The figures of one policy."""

    policy_id: int
    key: str
    name: Mapping[str, str]
    due: int
    met: int

    @property
    def missed(self) -> int:
        """What was late, or is overdue and still open."""
        return self.due - self.met

    @property
    def rate(self) -> float:
        """The share that was met."""
        return self.met / self.due


def by_policy(period: Period, *, actor: Actor, under: int | None = None) -> list[Row]:
    """The figures of every policy of which something in reach fell due, the worst first; of a unit
    and all below it where `under` names one."""
    where, params = _fell_due(period, actor, under)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.policy_id, count(*), count(*) FILTER (WHERE {MET}) {_FROM}"
            f" WHERE {where} GROUP BY c.policy_id",
            params,
        )
        found = cursor.fetchall()
    policies = Policy.objects.in_bulk([row[0] for row in found])
    rows = [
        Row(policy_id, policies[policy_id].key, policies[policy_id].name, due, met)
        for policy_id, due, met in found
    ]
    return sorted(rows, key=lambda row: (row.rate, -row.due, row.key))


def behind(
    period: Period, *, policy: str, outcome: Outcome, cursor: str | None, limit: int, actor: Actor,
    under: int | None = None,
) -> Page:  # fmt: skip
    """The clocks behind a figure, the newest first."""
    where, params = _fell_due(period, actor, under)
    where += f" AND p.key = %s AND {_OUTCOMES[outcome]}"
    params.append(policy)
    if cursor:
        where += " AND c.id < %s"
        params.append(cursors.decode(cursor, "bigint")[0])
    with connection.cursor() as database:
        database.execute(
            f"SELECT c.id {_FROM} JOIN sla_policy p ON p.id = c.policy_id"
            f" WHERE {where} ORDER BY c.id DESC LIMIT {limit + 1}",
            params,
        )
        ids = [row[0] for row in database.fetchall()]
    by_id = with_names(Clock.objects.all()).in_bulk(ids[:limit])
    more = cursors.encode(ids[limit - 1]) if len(ids) > limit else None
    return Page([by_id[each] for each in ids[:limit] if each in by_id], more)


def _fell_due(period: Period, actor: Actor, under: int | None) -> tuple[str, list[Any]]:
    visible, params = boxes.visible(actor)
    if under is not None:
        narrowed, units = boxes.beneath(under)
        visible += f" AND {narrowed}"
        params = [*params, *units]
    until = min(period.until, timezone.now())
    where = f"c.due_at >= %s AND c.due_at < %s AND NOT ({CANCELLED_BEFORE}) AND {visible}"
    return where, [period.since, until, *params]


CANCELLED_BEFORE = "c.state = 'cancelled' AND c.closed_at <= c.due_at"
MET = "c.closed_at IS NOT NULL AND c.breached_at IS NULL AND c.state <> 'cancelled'"
_OUTCOMES: Mapping[Outcome, str] = {"due": "TRUE", "met": f"({MET})", "missed": f"NOT ({MET})"}
_FROM = "FROM sla_clock c LEFT JOIN records_record r ON r.id = c.record_id"
