"""Which owned records come back into a pool, by which rule and when, as one SQL query a rule.

The sweep, the preview of a draft and the page of a record ask the same query.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.edge import statements
from closeloop.engine.conditions import compile_sql
from closeloop.pool.book import Live
from closeloop.pool.plugs import plugs
from closeloop.pool.rules import Recycle, Rules, When
from closeloop.records.types import RecordType, registry
from closeloop.sla import facts
from closeloop.sla.facts import STAGE
from closeloop.sla.subjects import subjects

BEGINNINGS = ("created", "assigned", "claimed", "stage_entered", "restored", "opening_entered")
"""From these a new time counts, whatever is asked for afterwards."""
EFFECTIVE = (
    "record.commented", "followup.recorded", "mail.answered", "file.attached", "task.done",
    "document.written", "process.item_ticked",
)  # fmt: skip
"""What counts as work on a record, beside a change of it and a move."""
MISSED = ("clock.step_fired", "clock.breached")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """A record that comes back: by which rule, when, and from whom."""

    record_id: int
    title: str
    owner_id: int
    owner: str
    unit_id: int | None
    rule: str
    at: datetime


@dataclass(frozen=True)
class Territory:
    """Whose records a pool takes in, and by which rules; `not_before` gives people notice."""

    record_type: str
    unit_ids: Collection[int]
    takes_homeless: bool
    rules: Rules
    not_before: datetime


def territory_of(pool: Live) -> Territory:
    """The territory of a pool as it stands: nothing comes back before its notice is over."""
    return Territory(
        record_type=pool.record_type,
        unit_ids=pool.unit_ids,
        takes_homeless=pool.unit_id is None,
        rules=pool.rules,
        not_before=pool.published_at + pool.rules.notice_days * DAY,
    )


def due(
    given: Territory,
    *,
    until: datetime,
    record_ids: Sequence[int] | None = None,
    at_most: int = 10_000,
) -> list[Due]:
    """What comes back until a time, the soonest first; each record by the rule that is soonest."""
    found: dict[int, Due] = {}
    for rule in given.rules.recycle:
        for each in _by_rule(given, rule, until=until, record_ids=record_ids, at_most=at_most):
            held = found.get(each.record_id)
            if held is None or each.at < held.at:
                found[each.record_id] = each
    return sorted(found.values(), key=lambda each: (each.at, each.record_id))[:at_most]


def _by_rule(
    given: Territory,
    rule: Recycle,
    *,
    until: datetime,
    record_ids: Sequence[int] | None,
    at_most: int,
) -> Iterator[Due]:
    kind = registry.get(given.record_type)
    written = _Query(given, kind, rule)
    where, params = written.where(until, record_ids)
    since, since_params = written.since()
    sql = f"""
        SELECT r.id, title.title, r.owner_id, person.name, r.unit_id,
               greatest(since.at, last.protected_until, %s::timestamptz) AS due
        FROM {kind.table} r
        JOIN records_record title ON title.id = r.id
        JOIN identity_user person ON person.id = r.owner_id
        LEFT JOIN LATERAL (
            SELECT stay.left_at, stay.protected_until FROM pool_stay stay
            WHERE stay.record_id = r.id AND stay.left_at IS NOT NULL ORDER BY stay.id DESC LIMIT 1
        ) last ON true
        CROSS JOIN LATERAL ({since}) AS since(at)
        WHERE {where} AND since.at IS NOT NULL AND since.at <= %s
          AND coalesce(last.protected_until, '-infinity') <= %s
        ORDER BY due, r.id LIMIT {at_most:d}
    """
    if given.not_before > until:
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.not_before, *since_params, *params, until, until])
        for record_id, title, owner_id, owner, unit_id, at in cursor.fetchall():
            yield Due(record_id, title, owner_id, owner, unit_id, rule.key, at)


class _Query:
    """The pieces of one rule's query over the record's row `r`."""

    def __init__(self, given: Territory, kind: RecordType, rule: Recycle) -> None:
        self.given, self.kind, self.rule = given, kind, rule

    def since(self) -> tuple[str, list[Any]]:
        """When the rule strikes, as a query of one row."""
        rule, key = self.rule, self.kind.key
        if rule.when is When.STUCK:
            return "SELECT r.stage_entered_at + %s * interval '1 day'", [rule.days]
        if rule.when is When.QUIET:
            verbs = [f"{key}.{each}" for each in (*BEGINNINGS, "changed")] + list(EFFECTIVE)
            return (
                "SELECT greatest(r.created_at, r.stage_entered_at, max(did.at))"
                " + %s * interval '1 day'"
                " FROM activity_entry did WHERE did.record_id = r.id AND did.verb = ANY(%s)",
                [rule.days, verbs],
            )
        # Each holder who let the clock run out counts once.
        return (
            "SELECT missed.at FROM (SELECT min(did.at) AS at FROM activity_entry did"
            " WHERE did.record_id = r.id AND did.verb = ANY(%s) AND did.data->>'policy' = %s"
            " AND did.at > coalesce(last.left_at, '-infinity')"
            " GROUP BY did.data->>'clock_id', did.data->>'owner_id') AS missed"
            " ORDER BY missed.at OFFSET %s LIMIT 1",
            [list(MISSED), rule.policy, rule.times - 1],
        )

    def where(self, until: datetime, record_ids: Sequence[int] | None) -> tuple[str, list[Any]]:
        """Which records the rule looks at: owned, open, of the pool's units, and not spared."""
        parts = ["r.deleted_at IS NULL", "r.owner_id IS NOT NULL"]
        params: list[Any] = []
        homeless = " OR r.unit_id IS NULL" if self.given.takes_homeless else ""
        parts.append(f"(r.unit_id = ANY(%s){homeless})")
        params.append(sorted(self.given.unit_ids))
        if self.kind.is_user_defined:
            parts.append("r.type_key = %s")
            params.append(self.kind.key)
        if record_ids is not None:
            parts.append("r.id = ANY(%s)")
            params.append(list(record_ids))
        stages = plugs.open_stages(self.kind.key)
        if self.rule.stages:
            parts.append("r.stage = ANY(%s)")
            params.append([each for each in self.rule.stages if stages is None or each in stages])
        elif stages is not None:
            parts.append("r.stage = ANY(%s)")
            params.append(sorted(stages))
        if self.rule.days:
            # Whatever counts later than the record's first day cannot come before this.
            parts.append("r.created_at <= %s")
            params.append(until - self.rule.days * DAY)
        for sql, values in self._spared():
            parts.append(f"({sql}) IS NOT TRUE")
            params += values
        return " AND ".join(parts), params

    def _spared(self) -> Iterator[tuple[str, list[Any]]]:
        rules = self.given.rules
        if rules.spares_waiting:
            yield plugs.is_waiting_sql, []
        for key in rules.spares_open:
            yield open_below(self.kind.key, key)
        if rules.spares_when is not None:
            yield _condition(self.kind, rules.spares_when)


def children_of(record_type: str) -> dict[str, RecordType]:
    """The record types whose records belong to one of this type, by key."""
    return {
        each.key: each
        for each in registry
        if each.parent_field and each.references.get(each.parent_field) == record_type
    }


def open_below(record_type: str, child: str) -> tuple[str, list[Any]]:
    """Whether a record `r` has an open record of another type under it."""
    kind = children_of(record_type)[child]
    column = kind.columns[kind.parent_field or ""]
    stages = plugs.open_stages(child)
    is_open = "" if stages is None else " AND below.stage = ANY(%s)"
    return (
        f"EXISTS (SELECT FROM {kind.table} below WHERE below.{column} = r.id"
        f" AND below.deleted_at IS NULL{is_open})",
        [] if stages is None else [sorted(stages)],
    )


def _condition(kind: RecordType, tree: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """A condition as SQL; one that names what has gone since spares nobody."""
    if facts.compiled(kind.key, tree) is None:
        return "FALSE", []

    def column(key: str) -> str:
        if key == STAGE:
            return "r.stage"
        source = subjects.fact_source(kind, key)
        if source is None:
            return "NULL"
        return statements.bound(source.sql, list(source.params))

    fragment = compile_sql(tree, facts.catalogue_of(kind.key), column, now=timezone.now())
    return fragment.sql, list(fragment.params)
