"""Action penetration (G02): effective follow-ups ÷ customers whose follow-up fell due in a period.

A follow-up falls due on the day that was agreed with the customer, else seven days after the last
one (C10); for a customer that was never followed up, seven days after open business with it began.
What is not due yet is in neither part; what is overdue and still open counts as missed. A
follow-up whose doubt was confirmed is no follow-up, nor is one that was corrected: the correction
stands for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from closeloop.edge import statements
from closeloop.fieldwork.plugs import plugs
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Verb

QUIET_DAYS = 7
MOST_SHOWN = 500
COUNTS = """
    f.state = 'counted' AND f.customer_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM fieldwork_followup newer WHERE newer.corrects_id = f.id
                    AND newer.state = 'counted')
    AND NOT EXISTS (SELECT FROM fieldwork_followupdoubt d
                    WHERE d.followup_id = f.id AND d.verdict = 'confirmed')
"""
_DUE = f"""
    WITH effective AS (
        SELECT f.id, f.customer_id, f.author_id, f.at,
            coalesce(f.next_at, f.at + interval '{QUIET_DAYS} days') AS due_at,
            lead(f.id) OVER line AS next_id, lead(f.at) OVER line AS met_at
        FROM fieldwork_followup f WHERE {COUNTS}
        WINDOW line AS (PARTITION BY f.customer_id ORDER BY f.at, f.id)
    ), fell AS (
        SELECT customer_id, due_at, next_id, met_at FROM effective
        {{waiting}}
    ), latest AS (
        SELECT DISTINCT ON (customer_id) customer_id, due_at, next_id, met_at FROM fell
        WHERE due_at >= %(since)s AND due_at < %(until)s AND due_at <= %(now)s
        ORDER BY customer_id, due_at DESC, next_id NULLS FIRST
    )
    SELECT r.id, r.title, r.owner_id, owner.name, latest.due_at, latest.next_id, latest.met_at
    FROM latest JOIN records_record r ON r.id = latest.customer_id AND r.deleted_at IS NULL
    LEFT JOIN identity_user owner ON owner.id = r.owner_id
    WHERE {{reach}} AND {{narrowed}}
    ORDER BY latest.next_id IS NOT NULL, latest.due_at, r.id
"""
_WAITING = f"""
        UNION ALL
        SELECT w.customer_id, w.since + interval '{QUIET_DAYS} days', first.id, first.at
        FROM ({{sql}}) w
        LEFT JOIN LATERAL (
            SELECT f.id, f.at FROM fieldwork_followup f
            WHERE f.customer_id = w.customer_id AND {COUNTS} ORDER BY f.at, f.id LIMIT 1
        ) first ON true
"""


@dataclass(frozen=True)
class Penetration:
    """The figure of a period, by person, and the customers behind it, the missed ones first."""

    due: int
    done: int
    rows: Sequence[dict[str, Any]]
    people: Sequence[dict[str, Any]]

    @property
    def rate(self) -> float | None:
        """Done ÷ due; None where nothing fell due."""
        return None if not self.due else round(self.done / self.due, 4)


def penetration(
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    unit_id: int | None,
    actor: Actor,
) -> Penetration:
    """The figure over the customers in reach (and in a unit with all below it)."""
    reach = org.access_of(actor).reach("customer", Verb.READ)
    where, params = "TRUE", dict[str, Any]()
    if not reach.everything:
        where = "(r.owner_id = %(own_of)s OR r.unit_id = ANY(%(unit_ids)s))"
        params = {"own_of": reach.own_of, "unit_ids": sorted(reach.unit_ids)}
    narrowed = "TRUE"
    if unit_id is not None:
        narrowed, params["asked"] = "r.unit_id = ANY(%(asked)s)", sorted(org.subtree_ids(unit_id))
    waiting = _WAITING.format(sql=plugs.waiting) if plugs.waiting else ""
    sql = _DUE.format(waiting=waiting, reach=where, narrowed=narrowed)
    params["ended"] = sorted(plugs.waiting_ended())
    rows = [
        {
            "customer": {"id": row[0], "name": row[1]},
            "owner": None if row[2] is None else {"id": row[2], "name": row[3]},
            "due_at": row[4],
            "is_done": row[5] is not None,
            "followup_id": row[5],
            "done_at": row[6],
        }
        for row in statements.rows(sql, {**params, "since": since, "until": until, "now": now})
    ]
    done = sum(row["is_done"] for row in rows)
    return Penetration(len(rows), done, rows[:MOST_SHOWN], _by_person(rows))


def _by_person(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        if row["owner"] is None:
            continue
        told = found.setdefault(row["owner"]["id"], {"person": row["owner"], "due": 0, "done": 0})
        told["due"] += 1
        told["done"] += row["is_done"]
    people = [{**each, "rate": round(each["done"] / each["due"], 4)} for each in found.values()]
    return sorted(people, key=lambda each: (each["rate"], -each["due"], each["person"]["id"]))
