"""Action penetration (G02): due dates that were followed up effectively ÷ all that fell due.

Every due date of the period counts (see `lines`). What is not due yet is in neither part; what is
overdue and still open counts as missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from closeloop.edge import statements
from closeloop.fieldwork.queries.lines import line_values, lines
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.records import queries as records

MOST_SHOWN = 500
_DUE = """
    SELECT fell.customer_id, fell.owner_id, owner.name, fell.due_at, fell.next_id, fell.met_at
    FROM ({lines}) fell LEFT JOIN identity_user owner ON owner.id = fell.owner_id
    WHERE fell.due_at >= %(since)s AND fell.due_at < %(until)s AND fell.due_at <= %(now)s
        AND {reach} AND {narrowed}
    ORDER BY fell.next_id IS NOT NULL, fell.due_at, fell.customer_id
"""


@dataclass(frozen=True)
class Penetration:
    """The figure of a period, by person, and the due dates behind it, the missed ones first."""

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
    """The figure over what fell due within reach (and in a unit with all below it).

    A customer that the actor may not open any more is counted and not named.
    """
    reach = org.access_of(actor).reach("customer", Verb.READ)
    where, params = "TRUE", dict[str, Any]()
    if not reach.everything:
        where = "(fell.owner_id = %(own_of)s OR fell.unit_id = ANY(%(unit_ids)s))"
        params = {"own_of": reach.own_of, "unit_ids": sorted(reach.unit_ids)}
    narrowed = "TRUE"
    if unit_id is not None:
        narrowed, params["asked"] = (
            "fell.unit_id = ANY(%(asked)s)",
            sorted(org.subtree_ids(unit_id)),
        )
    sql = _DUE.format(lines=lines("IS NOT NULL"), reach=where, narrowed=narrowed)
    params |= line_values()
    found = statements.rows(sql, {**params, "since": since, "until": until, "now": now})
    rows = [
        {
            "customer_id": row[0],
            "owner": None if row[1] is None else {"id": row[1], "name": row[2]},
            "due_at": row[3],
            "is_done": row[4] is not None,
            "followup_id": row[4],
            "done_at": row[5],
        }
        for row in found
    ]
    done = sum(row["is_done"] for row in rows)
    return Penetration(len(rows), done, _named(rows[:MOST_SHOWN], actor), _by_person(rows))


def _named(rows: Sequence[dict[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    seen = records.visible_among({row["customer_id"] for row in rows}, actor=actor)
    return [{**row, "customer": _customer(seen.get(row["customer_id"]))} for row in rows]


def _customer(found: Any) -> dict[str, Any] | None:
    return None if found is None else {"id": found.pk, "name": found.title}


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
