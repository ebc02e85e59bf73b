"""Opening clocks for what is there already, by replay of what was recorded about it.

Steps whose time is over are past: nothing fires for them. A record's own row is locked while its
history is read, so that no move slips in between.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from closeloop.engine.sla import Lived
from closeloop.records.types import registry
from closeloop.sla import facts, histories, policies, rows
from closeloop.sla.actions.reacting import context_of
from closeloop.sla.histories import History, Span
from closeloop.sla.policies import Live

AT_ONCE = 1000
_COLUMNS = (
    "version_id", "policy_id", "record_id", "record_type", "about_kind", "about_id", "about_key",
    "owner_id", "unit_id", "calendar_id", *rows.LIFE_COLUMNS, "paused_stage", "paused_by_id",
    "opened_at", "opened_by_id", "opened_by_verb", "context", "closed_by_id", "closed_by_verb",
)  # fmt: skip
_FIRING = ("place", "step", "round", "due_at")
_TEMPORARY = """
    CREATE TEMP TABLE adopted ON COMMIT DROP AS
        SELECT 0 AS place, {columns} FROM sla_clock LIMIT 0;
    CREATE TEMP TABLE adopted_firing (place int, step smallint, round int, due_at timestamptz)
        ON COMMIT DROP;
"""
_KEEP = """
    WITH numbered AS (
        SELECT nextval(pg_get_serial_sequence('sla_clock', 'id')) AS id, a.*,
            r.owner_id AS record_owner, r.unit_id AS record_unit
        FROM adopted a LEFT JOIN records_record r ON r.id = a.record_id
        WHERE r.deleted_at IS NULL
    ), kept AS (
        INSERT INTO sla_clock (id, {columns})
        SELECT id, {given} FROM numbered ORDER BY place ON CONFLICT DO NOTHING RETURNING id
    ), fired AS (
        INSERT INTO sla_firing (clock_id, step, round, due_at, fired_at, done_at, state)
        SELECT numbered.id, f.step, f.round, f.due_at, f.due_at, f.due_at, 'done'
        FROM adopted_firing f JOIN numbered USING (place) JOIN kept ON kept.id = numbered.id
        ON CONFLICT DO NOTHING
    )
    SELECT count(*) FROM kept
"""
_OWNED = {
    "owner_id": "coalesce(numbered.owner_id, record_owner)",
    "unit_id": "coalesce(record_unit, numbered.unit_id)",
}


def adopt(
    policy_key: str | None = None,
    record_type: str | None = None,
    *,
    record_ids: Collection[int] | None = None,
    with_past: bool = False,
    until: datetime | None = None,
) -> int:
    """Open clocks that would run now had the policies always been there; gives how many.

    `with_past` also keeps those that would have ended, with their firings (the demo company).
    Clocks that are open already stay as they are, so it may run again. `until` is told only for
    histories that end before now: what falls due after it is left to the sweeper.
    """
    count = 0
    for live in policies.book().by_id.values():
        if not live.opens or policy_key not in (None, live.policy.key):
            continue
        if record_type not in (None, live.policy.about):
            continue
        count += _adopt(live, record_ids, until or timezone.now(), with_past=with_past)
    return count


def _adopt(
    live: Live, record_ids: Collection[int] | None, until: datetime, *, with_past: bool
) -> int:
    if not facts.is_record_type(live.policy.about):
        with transaction.atomic():
            return _keep(live, Span(until=until, record_ids=record_ids), with_past)
    count = 0
    for ids in _chunks(live.policy.about, record_ids):
        with transaction.atomic():
            _lock(live.policy.about, ids)
            count += _keep(live, Span(until=until, record_ids=ids), with_past)
    return count


def _keep(live: Live, span: Span, with_past: bool) -> int:
    made: list[Mapping[str, Any]] = []
    fired: list[tuple[Any, ...]] = []
    for history, lives in histories.lives_of(live.policy, span):
        for lived in lives:
            if not (lived.life.is_open or with_past):
                continue
            made.append(_row(live, history, lived))
            if with_past:
                place = len(made)
                fired += [(place, item.index, number, at) for at, item, number in lived.fired]
    if not made:
        return 0
    columns = ", ".join(_COLUMNS)
    given = ", ".join(_OWNED.get(column, f"numbered.{column}") for column in _COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS adopted, adopted_firing")
        cursor.execute(_TEMPORARY.replace("{columns}", columns))
        with cursor.copy(f"COPY adopted (place, {columns}) FROM STDIN") as copy:
            for place, row in enumerate(made, start=1):
                copy.write_row([place, *(row[column] for column in _COLUMNS)])
        with cursor.copy(f"COPY adopted_firing ({', '.join(_FIRING)}) FROM STDIN") as copy:
            for firing in fired:
                copy.write_row(firing)
        cursor.execute(_KEEP.replace("{columns}", columns).replace("{given}", given))
        count: int = cursor.fetchone()[0]
    return count


def _row(live: Live, history: History, lived: Lived) -> dict[str, Any]:
    policy, opened, closed = live.policy, lived.opened_by, lived.closed_by
    owner = None
    if policy.owner != "owner":
        owner = opened.data.get(policy.owner.removeprefix("data:"))
    held = rows.held_for(live, unit_id=opened.unit_id)
    return {
        "version_id": live.version_id,
        "policy_id": live.policy_id,
        "record_id": history.record_id,
        "record_type": history.record_type,
        "about_kind": live.about_kind,
        "about_id": lived.subject_id,
        "about_key": lived.subject_key,
        "owner_id": owner,
        "unit_id": opened.unit_id,
        "calendar_id": held.id if held else None,
        **rows.columns_of(lived.life),
        "paused_stage": lived.paused_stage,
        "paused_by_id": lived.paused_by,
        "opened_at": opened.at,
        "opened_by_id": opened.actor_id,
        "opened_by_verb": opened.verb,
        "context": rows.as_json(context_of(opened.data)),
        "closed_by_id": closed.actor_id if closed else None,
        "closed_by_verb": closed.verb if closed else "",
    }


def _chunks(record_type: str, record_ids: Collection[int] | None) -> Iterator[list[int]]:
    kind = registry.get(record_type)
    if record_ids is None:
        found = kind.model._default_manager.filter(
            record__type=record_type, deleted_at=None
        ).values_list("pk", flat=True)
        record_ids = list(found.order_by("pk"))
    ids = sorted(record_ids)
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _lock(record_type: str, ids: Sequence[int]) -> None:
    table = registry.get(record_type).table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE id = ANY(%s) ORDER BY id"
            " FOR NO KEY UPDATE) AS locked",
            [list(ids)],
        )
