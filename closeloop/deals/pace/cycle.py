"""How many days deals took from their creation until they were won (C21).

Counted are deals that stand in a won stage and came into it in the period. Those entered as
opening entries are left out: the system did not see them begin.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from closeloop.deals.catalogue import DEAL
from closeloop.edge import cursors
from closeloop.engine.blueprint import StageKind
from closeloop.org.access import Reach
from closeloop.process import blueprints


@dataclass(frozen=True)
class Period:
    """From when until when a deal was won; the end is not in it."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Length:
    """How long the won deals of a unit took, in days."""

    won: int
    mean: float | None
    median: float | None


NOTHING = Length(0, None, None)


@dataclass(frozen=True)
class Won:
    """A won deal and how long it took."""

    id: int
    title: str
    owner_id: int | None
    unit_id: int | None
    created_at: datetime
    won_at: datetime
    days: float


def by_unit(
    period: Period, *, reach: Reach, among: Collection[int] | None = None
) -> tuple[Length, dict[int | None, Length]]:
    """All in reach, and every unit that has won something; perhaps only among some units."""
    sql, params = _found(period, reach, among)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT grouping(unit_id), unit_id, count(*), avg(days),"
            " percentile_cont(0.5) WITHIN GROUP (ORDER BY days)"
            f" FROM ({sql}) found GROUP BY GROUPING SETS ((), (unit_id))",
            params,
        )
        rows = cursor.fetchall()
    whole = next((Length(*row[2:]) for row in rows if row[0]), NOTHING)
    return whole, {row[1]: Length(*row[2:]) for row in rows if not row[0]}


def behind(
    period: Period, *, unit_id: int | None, cursor: str | None, limit: int, reach: Reach,
    among: Collection[int] | None = None,
) -> tuple[list[Won], str | None]:  # fmt: skip
    """The deals behind a figure, the longest first, and the next cursor."""
    sql, params = _found(period, reach, among)
    where = "TRUE"
    if unit_id is not None:
        where += " AND found.unit_id = %s"
        params.append(unit_id)
    if cursor:
        where += " AND (found.days, found.id) < (%s::numeric, %s)"
        params += cursors.decode(cursor, "numeric", "bigint")
    with connection.cursor() as database:
        database.execute(
            "SELECT found.id, r.title, found.owner_id, found.unit_id, found.created_at, won_at,"
            f" days::float8, days::text FROM ({sql}) found"
            " JOIN records_record r ON r.id = found.id"
            f" WHERE {where} ORDER BY found.days DESC, found.id DESC LIMIT {limit + 1}",
            params,
        )
        rows = database.fetchall()
    shown = rows[:limit]
    more = cursors.encode(shown[-1][-1], shown[-1][0]) if len(rows) > limit else None
    return [Won(*row[:-1]) for row in shown], more


def won(period: Period) -> tuple[str, list[Any]]:
    """SQL of the deals `d` won in a period, whoever reads; ends in a WHERE."""
    version = blueprints.current_of(DEAL.key)
    stages = version.stages if version else ()
    keys = [stage.key for stage in stages if stage.kind == StageKind.WON]
    return _WON_SQL, [keys, period.since, period.until]


def _found(period: Period, reach: Reach, among: Collection[int] | None) -> tuple[str, list[Any]]:
    where, values = reach.where("d")
    if among is not None:
        where += " AND d.unit_id = ANY(%s)"
        values = [*values, sorted(among)]
    sql, params = won(period)
    return f"{sql} AND {where}", [*params, *values]


_WON_SQL = """
    SELECT d.id, d.unit_id, d.owner_id, d.created_at, v.entered_at AS won_at,
        extract(epoch FROM v.entered_at - d.created_at) / 86400 AS days
    FROM process_visit v JOIN deals_deal d ON d.id = v.record_id
    WHERE v.left_at IS NULL AND v.stage = ANY(%s) AND v.entered_at >= %s AND v.entered_at < %s
        AND v.kind <> 'opening' AND NOT d.is_opening AND d.deleted_at IS NULL"""
