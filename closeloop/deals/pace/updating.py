"""Which open deals were moved on in time, by unit and person, and the deals behind it (C15).

Counted are open deals in a stage with expected days. One is late when a clock that counts these
days has run out and is still running; a deal that waits for a stated reason stands still and is in
time. A deal without such a clock (its policy is switched off) is in neither part and told apart.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import connection

from closeloop.deals.catalogue import DEAL
from closeloop.edge import cursors
from closeloop.engine.blueprint import StageKind
from closeloop.org.access import EVERYTHING, Reach
from closeloop.process import blueprints

Part = Literal["timed", "in_time", "late", "untimed"]


@dataclass(frozen=True)
class Count:
    """The deals of a unit, of a person, or of all in reach."""

    timed: int
    late: int
    untimed: int

    @property
    def in_time(self) -> int:
        """Those within their days, or waiting."""
        return self.timed - self.late

    @property
    def share(self) -> float | None:
        """The share that is in time; None where nothing is timed."""
        return self.in_time / self.timed if self.timed else None


NOTHING = Count(0, 0, 0)


@dataclass(frozen=True)
class Counted:
    """All in reach, and by unit and person; None stands for deals that nobody owns."""

    whole: Count
    by_unit: Mapping[int | None, Count]
    by_owner: Mapping[int | None, Count]


@dataclass(frozen=True)
class LateDeal:
    """A deal whose stage is overdue."""

    deal_id: int
    unit_id: int | None
    owner_id: int | None


@dataclass(frozen=True)
class Behind:
    """A deal behind a figure. `due_at` is None while it waits."""

    id: int
    title: str
    owner_id: int | None
    unit_id: int | None
    stage: str
    stage_entered_at: datetime | None
    due_at: datetime | None
    part: Part


def counted(
    *, now: datetime, reach: Reach = EVERYTHING, among: Collection[int] | None = None
) -> Counted:
    """The figures of every unit and person in reach, or only among some units; in one query."""
    sql, params = _found(now, reach, among)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT grouping(unit_id, owner_id), unit_id, owner_id,"
            f" {', '.join(f'count(*) FILTER (WHERE {_PARTS[part]})' for part in _COUNTED)}"
            f" FROM ({sql}) found GROUP BY GROUPING SETS ((), (unit_id), (owner_id))",
            params,
        )
        rows = cursor.fetchall()
    of = {
        level: {
            row[1 if level == _BY_UNIT else 2]: Count(*row[3:]) for row in rows if row[0] == level
        }
        for level in (_WHOLE, _BY_UNIT, _BY_OWNER)
    }
    return Counted(of[_WHOLE].get(None, NOTHING), of[_BY_UNIT], of[_BY_OWNER])


def late_in(unit_ids: list[int], *, now: datetime) -> list[LateDeal]:
    """The late deals of some units, whoever reads, by id."""
    sql, params = _found(now, EVERYTHING)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, unit_id, owner_id FROM ({sql}) found"
            f" WHERE {_PARTS['late']} AND unit_id = ANY(%s) ORDER BY id",
            [*params, unit_ids],
        )
        return [LateDeal(*row) for row in cursor.fetchall()]


def behind(
    part: Part, *, unit_id: int | None, owner_id: int | None, cursor: str | None, limit: int,
    now: datetime, reach: Reach, among: Collection[int] | None = None,
) -> tuple[list[Behind], str | None]:  # fmt: skip
    """The deals behind a figure, the longest in their stage first, and the next cursor."""
    sql, params = _found(now, reach, among)
    where = _PARTS[part]
    for column, wanted in (("unit_id", unit_id), ("owner_id", owner_id)):
        if wanted is not None:
            where += f" AND found.{column} = %s"
            params.append(wanted)
    if cursor:
        where += f" AND ({_SINCE}, found.id) > (%s::timestamptz, %s)"
        params += cursors.decode(cursor, "timestamptz", "bigint")
    with connection.cursor() as database:
        database.execute(
            "SELECT found.id, r.title, found.owner_id, found.unit_id, stage, stage_entered_at,"
            " due_at, CASE WHEN clocks = 0 THEN 'untimed' WHEN is_late THEN 'late'"
            f" ELSE 'in_time' END, {_SINCE}::text"
            f" FROM ({sql}) found JOIN records_record r ON r.id = found.id"
            f" WHERE {where} ORDER BY {_SINCE}, found.id LIMIT {limit + 1}",
            params,
        )
        rows = database.fetchall()
    shown = rows[:limit]
    more = cursors.encode(shown[-1][-1], shown[-1][0]) if len(rows) > limit else None
    return [Behind(*row[:-1]) for row in shown], more


def timed_stages() -> list[str]:
    """The open stages of the current process that have expected days, in working order."""
    version = blueprints.current_of(DEAL.key)
    return [
        stage.key
        for stage in (version.stages if version else ())
        if stage.kind == StageKind.OPEN and stage.expected_days
    ]


def timed(now: datetime, where: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """SQL of the open deals `d` within a scope that stand in stages with expected days."""
    stages = timed_stages()
    if where == _ANYWHERE:
        return _DEALS_SQL.format(these="", where=where), [now, stages, *values]
    these = _THESE.format(where=where)
    sql = _DEALS_SQL.format(these=these, where=where)
    return sql, [now, stages, *values, stages, *values]


def _found(
    now: datetime, reach: Reach, among: Collection[int] | None = None
) -> tuple[str, list[Any]]:
    where, values = reach.where("d")
    if among is not None:
        where += " AND d.unit_id = ANY(%s)"
        values = [*values, sorted(among)]
    return timed(now, where, values)


_ANYWHERE = "TRUE"
_WHOLE, _BY_UNIT, _BY_OWNER = 3, 1, 2
_COUNTED: tuple[Part, ...] = ("timed", "late", "untimed")
_PARTS: Mapping[Part, str] = {
    "timed": "clocks > 0",
    "in_time": "clocks > 0 AND NOT is_late",
    "late": "clocks > 0 AND is_late",
    "untimed": "clocks = 0",
}
_SINCE = "coalesce(found.stage_entered_at, '-infinity')"
_DEALS_SQL = """
    SELECT d.id, d.unit_id, d.owner_id, d.stage, d.stage_entered_at, min(k.due_at) AS due_at,
        count(k.id) AS clocks,
        coalesce(bool_or(k.state = 'running'
            AND (k.breached_at IS NOT NULL OR k.due_at <= %s)), false) AS is_late
    FROM deals_deal d
    LEFT JOIN sla_clock k
        ON k.record_id = d.id AND k.closed_at IS NULL AND k.about_key = d.stage
        AND k.version_id = ANY(ARRAY(
            SELECT id FROM sla_policyversion
            WHERE definition->>'subject' = 'stage'
                AND definition->'target'->>'from' = 'stage.expected_days')){these}
    WHERE d.deleted_at IS NULL AND d.stage = ANY(%s) AND {where}
    GROUP BY d.id"""
_THESE = """
        AND k.record_id = ANY(ARRAY(SELECT d.id FROM deals_deal d
            WHERE d.deleted_at IS NULL AND d.stage = ANY(%s) AND {where}))"""
"""Where not all deals are asked for, their clocks are looked up instead of going through all."""
