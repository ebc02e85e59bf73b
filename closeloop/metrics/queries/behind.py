"""The things behind a figure: the very rows that were counted, within the same scope (P06, G17)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.conf import settings

from closeloop.edge import cursors, statements
from closeloop.engine.metrics import ENTRIES, Format, Measure, Metric
from closeloop.identity.actor import Actor
from closeloop.metrics import counting, definitions, standing
from closeloop.metrics.definitions import Book
from closeloop.metrics.models import Build
from closeloop.metrics.periods import Period
from closeloop.metrics.queries import now
from closeloop.metrics.queries.counts import Narrowed
from closeloop.metrics.queries.nearest import Page, days_of, page_of
from closeloop.metrics.queries.scope import Scope, regions_of, scope_of
from closeloop.metrics.sources import sources
from closeloop.org import queries as org

Part = Literal["all", "hit", "missed"]
Sql = tuple[str, dict[str, Any]]
_JUDGED = frozenset({Format.MET, Format.MISSED})
"""Only what was met or not has a missed part."""


@dataclass(frozen=True)
class Behind:
    """Which things: those of a figure, or of one of its rows (`region`, `person`, `kind`).

    With a product `line`, of its records alone. `is_rest`: not these but what stands beside them in
    a pilot, the unit's other lines, or without a line the other units in reach.
    """

    metric: str
    period: Period
    part: Part = "all"
    unit: int | None = None
    region: int | None = None
    person: int | None = None
    kind: str | None = None
    line: str = ""
    is_rest: bool = False


@dataclass(frozen=True)
class Thing:
    """One thing as it was counted. `is_met` None: it is no matter of being met."""

    at: datetime
    id: int
    sub_id: int
    measure: str
    record_id: int | None
    person_id: int
    unit_id: int
    kind: str
    is_met: bool | None
    value: Decimal | None = None


def things(
    asked: Behind, *, cursor: str | None, limit: int, actor: Actor
) -> tuple[list[Thing], str | None]:
    """The newest first, and where the next page begins. Raises MetricNotFound."""
    build = standing.live()
    metric = definitions.held(asked.metric).metric
    if asked.part == "missed" and metric.format not in _JUDGED:
        return [], None
    after = None if cursor is None else cursors.decode(cursor, "timestamptz", "bigint", "bigint")
    zone = settings.TIME_ZONE if build is None else build.zone
    page = page_of(limit + 1, None if after is None else after[0], zone=zone)
    ids = {} if build is None else standing.ids_of(build.pk)
    wanted = _wanted(metric, asked.part, definitions.book())
    now_so = [
        _standing(each, asked, metric, _scope(each, asked, metric, actor), actor)
        for each in wanted
        if each.source in sources.standing
    ]
    parts = [
        _Part(each, ids[each.key], asked, _scope(each, asked, metric, actor), build)
        for each in wanted
        if build is not None and each.key in ids and each.source not in sources.standing
    ]
    near = [each.near(page) for each in parts]
    ask: Ask = now.asked if now_so else statements.rows
    found = _read(ask, _told_apart(asked, now_so, near, metric), after, limit + 1)
    if len(found) <= limit and near != parts:
        # The record went on since its days were chosen.
        found = _read(ask, _told_apart(asked, now_so, parts, metric), after, limit + 1)
    more = None
    if len(found) > limit:
        last = found[limit - 1]
        more = cursors.encode(last.at.isoformat(), last.id, last.sub_id)
    return found[:limit], more


def rows_of(
    measure: Measure, asked: Behind, metric: Metric, build: Build | None, actor: Actor
) -> Sql | None:
    """All rows of one measure, as `things` gives them page by page; None: it was not counted."""
    scope = _scope(measure, asked, metric, actor)
    if measure.source in sources.standing:
        return _standing(measure, asked, metric, scope, actor)
    number = None if build is None else standing.ids_of(build.pk).get(measure.key)
    if build is None or number is None:
        return None
    return _Part(measure, number, asked, scope, build).sql(metric)


@dataclass(frozen=True)
class _Part:
    """The things of one measure."""

    measure: Measure
    measure_id: int
    asked: Behind
    scope: Scope
    build: Build

    def near(self, page: Page) -> _Part:
        """The same, of no more days than a page needs."""
        asked = self.asked
        narrowed = Narrowed(asked.person, None if asked.kind is None else [asked.kind])
        measure = (self.measure_id, self.measure)
        period = days_of(page, asked.period, measure, self.scope, narrowed)
        return replace(self, asked=replace(asked, period=period))

    def sql(self, metric: Metric) -> Sql:
        """Its rows as SQL with named parameters."""
        if self.measure.source == ENTRIES:
            return _entries(self.measure, self.asked, self.build, self.scope)
        return _due(self.measure, self.measure_id, self.asked, metric, self.scope)


Ask = Callable[[str, Mapping[str, Any]], Sequence[Sequence[Any]]]


def _told_apart(
    asked: Behind, now_so: Sequence[Sql], parts: Sequence[_Part], metric: Metric
) -> Sequence[Sql]:
    """The rows of all parts: of one line of products, or of everybody else, where that is asked."""
    rows = [*now_so, *(each.sql(metric) for each in parts)]
    if asked.line:
        return [_of_line(each, asked) for each in rows]
    if asked.is_rest and asked.unit is not None:
        outside = sorted(org.subtree_ids(asked.unit))
        return [
            (f"SELECT * FROM ({sql}) t WHERE t.unit_id <> ALL(%(outside)s)",
             {**values, "outside": outside})
            for sql, values in rows
        ]  # fmt: skip
    return rows


def _of_line(rows: Sql, asked: Behind) -> Sql:
    sql, values = rows
    if sources.lines is None:
        return f"SELECT * FROM ({sql}) t WHERE false", values
    lined = (
        f"SELECT t.* FROM ({sql}) t JOIN ({sources.lines.rows}) l ON l.record_id = t.record_id"
        " WHERE coalesce(l.line = %(line)s, false) <> %(is_rest)s"
    )
    return lined, {**values, "line": asked.line, "is_rest": asked.is_rest}


def _read(ask: Ask, parts: Sequence[Sql], after: Sequence[Any] | None, limit: int) -> list[Thing]:
    values: dict[str, Any] = {"limit": limit}
    selects = []
    for number, (sql, own) in enumerate(parts):
        selects.append(_renamed(sql, own, number))
        values |= {f"{key}_{number}": value for key, value in own.items()}
    if not selects:
        return []
    where = ""
    if after is not None:
        where = "WHERE (at, id, sub_id) < (%(after_at)s::timestamptz, %(after_id)s, %(after_sub)s)"
        values |= dict(zip(("after_at", "after_id", "after_sub"), after, strict=True))
    rows = ask(
        f"SELECT at, id, sub_id, measure, record_id, person_id, unit_id, kind, is_met, value"
        f" FROM ({' UNION ALL '.join(selects)}) things {where}"
        " ORDER BY at DESC, id DESC, sub_id DESC LIMIT %(limit)s",
        values,
    )
    return [Thing(*row) for row in rows]


def _wanted(metric: Metric, part: Part, book: Book) -> list[Measure]:
    """Of a share of two kinds of things the hits are the numerator, all the denominator."""
    keys = metric.numerator
    if metric.format is Format.SHARE and part != "hit":
        keys = metric.denominator
    return [book.measures[key] for key in keys]


def _scope(measure: Measure, asked: Behind, metric: Metric, actor: Actor) -> Scope:
    unit = None if asked.is_rest and not asked.line else asked.unit
    scope = scope_of(measure.about, unit=unit, actor=actor)
    if asked.region is None:
        return scope
    regions = regions_of(metric, definitions.book(), unit=asked.unit, actor=actor)
    return scope.within(_units_of(asked.region, regions))


def _due(measure: Measure, measure_id: int, asked: Behind, metric: Metric, scope: Scope) -> Sql:
    where, values = _narrowed(asked, scope, "d")
    met = _judged("d", metric, asked.part)
    sql = (
        "SELECT d.falls_at AS at, d.thing_id AS id, d.group_id AS sub_id,"
        " %(measure)s::text AS measure, d.record_id, d.person_id, d.unit_id, d.kind, d.is_met,"
        " NULL::numeric AS value"
        " FROM metrics_due d WHERE d.measure_id = %(measure_id)s AND d.is_counted"
        f" AND d.day >= %(since)s AND d.day <= %(until)s AND {where}{met}"
    )
    return sql, {**values, "measure": measure.key, "measure_id": measure_id}


def _judged(alias: str, metric: Metric, part: Part) -> str:
    """Of what is met or not, those that a part shows."""
    if metric.format is Format.SUM or (part == "hit" and metric.format in _JUDGED):
        return f" AND {alias}.is_met IS {metric.format is not Format.MISSED}"
    return f" AND {alias}.is_met IS {metric.format is Format.MISSED}" if part == "missed" else ""


def _standing(measure: Measure, asked: Behind, metric: Metric, scope: Scope, actor: Actor) -> Sql:
    narrowed = Narrowed(asked.person, None if asked.kind is None else [asked.kind])
    looking = now.Looking(actor, scope, asked.period, narrowed)
    return now.things(measure, _judged("s", metric, asked.part), looking)


def _entries(measure: Measure, asked: Behind, build: Build, scope: Scope) -> Sql:
    where, values = _narrowed(asked, scope, "d")
    kind, kinds = counting.kind_of(measure, "e")
    day, days = counting.day_of(measure, "e", build.zone)
    person, people = counting.person_of(measure, "e")
    matching, matched = counting.matches(measure, "e")
    amount, amounts = counting.amount_of(measure)
    sql = (
        "SELECT d.at, d.id, 0::bigint AS sub_id, %(measure)s::text AS measure, d.record_id,"
        " d.person_id, d.unit_id, d.kind, NULL::boolean AS is_met, d.value FROM ("
        f"SELECT e.at, e.id, e.record_id, {_named(day, days, 'day', values)} AS day,"
        f" {_named(person, people, 'who', values)} AS person_id,"
        f" coalesce(e.unit_id, 0) AS unit_id, {_named(kind, kinds, 'what', values)} AS kind,"
        f" {_named(amount, amounts, 'much', values) if measure.value else 'NULL::numeric'} AS value"
        " FROM activity_entry e WHERE e.verb = ANY(%(verbs)s)"
        f" AND {_named(matching, matched, 'match', values)}"
        " AND (e.xid, e.id) <= (%(xid)s, %(entry)s)"
        f"{_while(measure, values, asked.period, build.zone)}"
        " AND NOT EXISTS (SELECT FROM activity_entry c WHERE c.corrects_id = e.id"
        " AND (c.xid, c.id) <= (%(xid)s, %(entry)s))"
        f") d WHERE d.day >= %(since)s AND d.day <= %(until)s AND {where}"
    )
    values["verbs"] = sorted({event.verb for event in measure.events})
    read = {"xid": build.xid, "entry": build.entry_id}
    return sql, {**values, **read, "measure": measure.key}


def _while(measure: Measure, values: dict[str, Any], period: Period, zone: str) -> str:
    """Where the day is that of the entry, only its part of the record is read."""
    if measure.day != "at":
        return ""
    values["zone"] = zone
    return (
        " AND e.at >= %(since)s::date::timestamp AT TIME ZONE %(zone)s"
        " AND e.at < (%(until)s::date + 1)::timestamp AT TIME ZONE %(zone)s"
    )


def _narrowed(asked: Behind, scope: Scope, alias: str) -> Sql:
    where, given = scope.where(alias)
    values: dict[str, Any] = {
        **given, "since": asked.period.since, "until": asked.period.until,
    }  # fmt: skip
    conditions = [where]
    if asked.person is not None:
        conditions.append(f"{alias}.person_id = %(person)s")
        values["person"] = asked.person
    narrowed = Narrowed(kinds=None if asked.kind is None else [asked.kind])
    of_kinds, kinds = narrowed.of_kinds(alias)
    return " AND ".join([*conditions, of_kinds]), {**values, **kinds}


def _units_of(region: int, regions: Mapping[int, int]) -> frozenset[int]:
    """The units that a row by unit adds up; one that belongs to no region stands for itself."""
    return frozenset(unit for unit, own in regions.items() if own == region) or frozenset({region})


def _named(sql: str, params: Collection[Any], name: str, values: dict[str, Any]) -> str:
    """The statement's positional parameters under names of their own."""
    pieces = sql.split("%s")
    for number, value in enumerate(params):
        values[f"{name}{number}"] = value
    named = [f"%({name}{number})s" for number in range(len(pieces) - 1)]
    return "".join(piece + mark for piece, mark in zip(pieces, [*named, ""], strict=True))


def _renamed(sql: str, values: Mapping[str, Any], number: int) -> str:
    for key in sorted(values, key=len, reverse=True):
        sql = sql.replace(f"%({key})s", f"%({key}_{number})s")
    return sql
