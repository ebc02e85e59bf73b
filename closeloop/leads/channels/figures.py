"""The figures of the board, counted lead by lead in one statement from what has happened (A06–A10).

One row a lead that came in the period and lies within the reader's reach; a figure is a condition
over that row, so each opens down to the very leads that it counts.

* touched: the first-touch clock was closed by what somebody did, or the lead left its first stage.
* waiting: not touched, and its clock still runs; without a clock: owned and younger than the days
  of dormancy. wasted: not touched and not waiting. late: touched after its clock had run out.
* a link (MQL, SQL, …): the lead entered its stage or a later one, or had one of its grades, or
  reached a later link. won: a deal that came of it stands in a won stage.
* dormant: in an open stage and without any action for the days of dormancy; over all that are open.
* lost at a link: reached it, not the next, and is closed, dormant, or its deals are; the rest of
  those that have not gone on is still open.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from closeloop.engine.blueprint import StageKind
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.leads.channels.standard import DEAL, LEAD, Link, Standard
from closeloop.org import queries as org
from closeloop.org.access import Access, NotAllowed, Verb
from closeloop.records.types import registry

UNKNOWN = ""
"""The channel of leads that name none."""
CHANNEL = "source"
WON = "won"
ALL = "leads"


@dataclass(frozen=True)
class Period:
    """From a moment until before another; one channel, or all."""

    since: datetime
    until: datetime
    channel: str | None = None


@dataclass(frozen=True)
class Counted:
    """The figures of some leads: how many of each kind, and what their won deals amount to."""

    key: str
    month: datetime | None
    counts: Mapping[str, int]
    amount: Decimal | None


@dataclass(frozen=True)
class Board:
    """Rows, all of them together, and the currencies of what was won."""

    rows: Sequence[Counted]
    whole: Counted
    currencies: Sequence[str]


def conditions(standard: Standard) -> dict[str, str]:
    """Every figure's condition over a lead's row `f`."""
    found = {
        ALL: "TRUE",
        "touched": "f.is_touched",
        "late": "f.is_touched AND f.was_late",
        "waiting": "NOT f.is_touched AND f.is_waiting",
        "wasted": "NOT f.is_touched AND NOT f.is_waiting",
        "open": "f.is_open",
        "dormant": "f.is_dormant",
    }
    steps = [link.key for link in standard.links] + [WON]
    found |= {key: f"f.reached >= {place}" for place, key in enumerate(steps, start=1)}
    for place, key in enumerate([ALL, *steps[:-1]]):
        stayed = f"f.reached = {place}"
        found[f"{key}.lost"] = f"{stayed} AND f.is_gone"
        found[f"{key}.open"] = f"{stayed} AND NOT f.is_gone"
    return found


def columns_of(condition: str) -> set[str]:
    """The columns that a condition over a lead's row `f` looks at, beside the lead's own."""
    return {key for key in _TOLD if f"f.{key}" in condition}


def counted(
    period: Period, *, standard: Standard, currency: str, by_month: bool, actor: Actor
) -> Board:
    """The figures of each channel or of each month, and of all together."""
    access = org.access_of(actor)
    wanted = conditions(standard)
    facts, params = _facts(period, standard, access)
    columns = ", ".join(f"count(*) FILTER (WHERE {where})" for where in wanted.values())
    group = "f.month" if by_month else "f.channel"
    found = _asked(
        f"{facts} SELECT {group}, GROUPING({group}) = 1,"
        f" sum((f.amounts ->> %(currency)s)::numeric), {_CURRENCIES}, {columns}"
        f" FROM facts f GROUP BY GROUPING SETS (({group}), ()) ORDER BY 1",
        {**params, "currency": currency},
    )
    is_told = tells_amounts(access)
    rows: list[Counted] = []
    whole: Counted | None = None
    known: set[str] = set()
    for key, is_all, amount, others, *counts in found:
        known.update(others or ())
        each = Counted(
            key="" if is_all or by_month else key,
            month=key if by_month and not is_all else None,
            counts=dict(zip(wanted, counts, strict=True)),
            amount=(amount or Decimal(0)) if is_told else None,
        )
        if is_all:
            whole = each
        else:
            rows.append(each)
    assert whole is not None, "grouping sets give the whole even of nothing"
    return Board(rows, whole, sorted(known) if is_told else [])


def leads_behind(
    figure: str,
    period: Period,
    *,
    standard: Standard,
    before: int | None,
    at_most: int,
    actor: Actor,
) -> tuple[list[int], int]:
    """The leads that a figure counts, newest first, those after `before`; and how many in all."""
    where = conditions(standard)[figure]
    facts, params = _facts(period, standard, org.access_of(actor))
    rows = _asked(
        f"{facts}, chosen AS (SELECT f.id FROM facts f WHERE {where})"
        " SELECT c.id, (SELECT count(*) FROM chosen) FROM chosen c"
        " WHERE c.id < %(before)s ORDER BY c.id DESC LIMIT %(at_most)s",
        {**params, "before": before or 2**63 - 1, "at_most": at_most},
    )
    return [row[0] for row in rows], rows[0][1] if rows else 0


def _asked(sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a question about every lead of a period.

    It goes through whole tables, so they are joined by hashing. Left to itself the planner takes
    a nested loop while it knows nothing yet of rows that an import has just brought: of 8,000
    leads that took more than ten minutes.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.execute("SET LOCAL enable_nestloop = on")
    return rows


def require_channels(access: Access) -> None:
    """Raise NotAllowed for whom the leads' channel is hidden or masked."""
    access.require(LEAD, Verb.READ)
    if CHANNEL in fields.hidden_from(LEAD, access):
        raise NotAllowed({"permission": f"field:{LEAD}.{CHANNEL}"})


def tells_amounts(access: Access) -> bool:
    """Whether the reader may learn what deals are worth."""
    field = registry.get(DEAL).amount_field
    return bool(access.reach(DEAL, Verb.READ)) and field not in fields.hidden_from(DEAL, access)


def _facts(period: Period, standard: Standard, access: Access) -> tuple[str, dict[str, Any]]:
    """The row of every lead as a common table `facts`, with its parameters."""
    return facts(period, standard, access, _named(access.reach(LEAD, Verb.READ).where("r"), "lead"))


def facts(
    period: Period,
    standard: Standard,
    access: Access,
    within: tuple[str, Mapping[str, Any]],
    columns: Collection[str] | None = None,
) -> tuple[str, dict[str, Any]]:
    """The row of every lead `r` that lies within as a common table `facts`, with its parameters.

    Deals count as far as the reader reaches. `columns` are those of `_TOLD` that are asked for,
    all by default: what only others need is not joined.
    """
    lead_reach, lead_params = within
    deal_reach, deal_params = _named(access.reach(DEAL, Verb.READ).where("d"), "deal")
    wanted = _TOLD.keys() if columns is None else columns
    sql = _facts_sql(wanted).format(
        leads=registry.get(LEAD).table,
        deals=registry.get(DEAL).table,
        lead_reach=lead_reach,
        deal_reach=deal_reach,
        chosen="" if period.channel is None else " AND coalesce(r.source, '') = %(channel)s",
        clocked="" if "was_late" in wanted else " AND NOT lead.has_moved",
        reached=_highest(
            standard.links,
            lambda at, _: (
                f"lead.stages_seen && %(stages{at})s OR lead.grades_seen && %(grades{at})s"
            ),
        ),
        won=len(standard.links) + 1,
    )
    links = dict[str, list[str]]()
    for place, link in _placed(standard.links):
        links[f"grades{place}"] = list(link.grades)
        links[f"stages{place}"] = [
            stage.key
            for stage in standard.stages
            if stage.kind in _ONWARD and stage.place >= link.furthest
        ]
    return sql, {
        **lead_params,
        **deal_params,
        **links,
        "zone": timezone.get_current_timezone_name(),
        "now": timezone.now(),
        "since": period.since,
        "until": period.until,
        "channel": period.channel,
        "initial": [standard.initial],
        "policy": standard.policy,
        "dormant_days": standard.dormant_after_days,
        "open_stages": standard.stages_of(StageKind.OPEN),
        "won_deals": list(standard.won_deals),
        "open_deals": list(standard.open_deals),
    }


def _named(piece: tuple[str, Sequence[Any]], prefix: str) -> tuple[str, dict[str, Any]]:
    """SQL whose parameters have names instead of places."""
    sql, values = piece
    for place in range(len(values)):
        sql = sql.replace("%s", f"%({prefix}{place})s", 1)
    return sql, {f"{prefix}{place}": value for place, value in enumerate(values)}


def _placed(links: Sequence[Link]) -> list[tuple[int, Link]]:
    return list(enumerate(links, start=1))


def _highest(links: Sequence[Link], condition: Callable[[int, Link], str]) -> str:
    """The place of the furthest link whose condition holds, 0 of none."""
    cases = [f"WHEN {condition(place, link)} THEN {place}" for place, link in _placed(links)]
    return f"CASE {' '.join(reversed(cases))} ELSE 0 END" if cases else "0"


_ONWARD = (StageKind.OPEN, StageKind.WON)
_CURRENCIES = """
    (SELECT array_agg(DISTINCT k) FROM facts a CROSS JOIN LATERAL jsonb_object_keys(a.amounts) k)
"""
_LEAD = """
    WITH lead AS MATERIALIZED (
        SELECT r.id, coalesce(r.source, '') AS channel, r.owner_id, r.unit_id, r.created_at,
            r.deal_id, r.stages_seen, r.grades_seen,
            NOT r.stages_seen <@ %(initial)s AS has_moved,
            r.stage = ANY(%(open_stages)s) AS is_open,
            r.stage = ANY(%(open_stages)s)
                AND r.last_activity_at < %(now)s - make_interval(days => %(dormant_days)s)
                AS is_dormant
        FROM {leads} r
        WHERE r.deleted_at IS NULL AND r.created_at >= %(since)s AND r.created_at < %(until)s
            AND {lead_reach}{chosen}
    )"""
_TABLES: Mapping[str, str] = {
    "clock": """, clock AS (
        SELECT c.record_id,
            bool_or(c.state IN ('met', 'breached')) AS was_answered,
            bool_or(c.breached_at IS NOT NULL
                OR (c.closed_at IS NULL AND c.due_at <= %(now)s)) AS was_late,
            bool_or(c.closed_at IS NULL AND (c.due_at IS NULL OR c.due_at > %(now)s)) AS is_waiting
        FROM sla_clock c JOIN sla_policy y ON y.id = c.policy_id JOIN lead ON lead.id = c.record_id
        WHERE y.key = %(policy)s{clocked}
        GROUP BY c.record_id
    )""",
    "sale": """, pair AS (
        SELECT id AS lead_id, deal_id FROM lead WHERE deal_id IS NOT NULL
        UNION SELECT d.lead_id, d.id FROM {deals} d JOIN lead ON lead.id = d.lead_id
        WHERE d.lead_id IS NOT NULL
    ), deal AS (
        SELECT pair.lead_id, d.stage, d.currency, d.amount
        FROM pair JOIN {deals} d ON d.id = pair.deal_id
        WHERE d.deleted_at IS NULL AND {deal_reach}
    ), sale AS (
        SELECT lead_id, bool_or(stage = ANY(%(won_deals)s)) AS is_won,
            bool_or(stage = ANY(%(open_deals)s)) AS is_open
        FROM deal GROUP BY lead_id
    )""",
    "worth": """, worth AS (
        SELECT lead_id, jsonb_object_agg(currency, total) AS amounts FROM (
            SELECT lead_id, currency, sum(amount) AS total FROM deal
            WHERE stage = ANY(%(won_deals)s) AND amount IS NOT NULL GROUP BY lead_id, currency
        ) AS sums GROUP BY lead_id
    )""",
}
"""What is joined to a lead. Who has moved was touched: only of the others the clock is asked, but
where it is asked who was late."""
_JOINS: Mapping[str, str] = {
    "clock": "LEFT JOIN clock ON clock.record_id = lead.id",
    "sale": "LEFT JOIN sale ON sale.lead_id = lead.id",
    "worth": "LEFT JOIN worth ON worth.lead_id = lead.id",
}
_TOLD: Mapping[str, tuple[tuple[str, ...], str]] = {
    "amounts": (("sale", "worth"), "worth.amounts"),
    "is_touched": (("clock",), "lead.has_moved OR coalesce(clock.was_answered, false)"),
    "was_late": (("clock",), "coalesce(clock.was_late, false)"),
    "is_waiting": (
        ("clock",),
        """coalesce(clock.is_waiting, lead.owner_id IS NOT NULL
            AND lead.created_at > %(now)s - make_interval(days => %(dormant_days)s))""",
    ),
    "reached": (
        ("sale",),
        "CASE WHEN sale.is_won THEN {won} ELSE {reached} END",
    ),
    "is_gone": (
        ("sale",),
        "lead.is_dormant OR NOT lead.is_open AND NOT coalesce(sale.is_open, false)",
    ),
}
"""Columns of a fact by what they need and what they are."""


def _facts_sql(columns: Collection[str]) -> str:
    """The common table `facts` with the columns of the lead itself and these."""
    needed = {table for column in columns for table in _TOLD[column][0]}
    tables = "".join(sql for key, sql in _TABLES.items() if key in needed)
    told = "".join(f", {sql} AS {key}" for key, (_, sql) in _TOLD.items() if key in columns)
    joins = " ".join(sql for key, sql in _JOINS.items() if key in needed)
    return (
        f"{_LEAD}{tables}, facts AS MATERIALIZED (SELECT lead.id, lead.channel, lead.is_open,"
        " lead.is_dormant, lead.owner_id, lead.unit_id, lead.created_at,"
        f" date_trunc('month', lead.created_at AT TIME ZONE %(zone)s) AS month{told}"
        f" FROM lead {joins})"
    )
