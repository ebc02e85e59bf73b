"""Scoring records: a few statements for any number of them, and what follows from a new grade."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.edge.statements import Statement
from closeloop.engine.scoring import Scored
from closeloop.identity.actor import Actor
from closeloop.records.types import RecordType, registry
from closeloop.scoring import counting, scorecards
from closeloop.scoring.scorecards import Live

AT_ONCE = 5000
_LOCK = """
    SELECT r.id, r.score, r.grade, r.unit_id FROM {table} r
    WHERE r.id = ANY(%s::bigint[]) ORDER BY r.id FOR NO KEY UPDATE
"""
_KEEP = """
    INSERT INTO scoring_score AS kept
        (record_id, version_id, score, total, grade, graded_at, parts, counts, "on", scored_at)
    SELECT g.id, %s, g.score, g.total, g.grade, CASE WHEN g.grade IS NOT NULL THEN now() END,
           g.parts, g.counts, %s, now()
    FROM jsonb_to_recordset(%s::jsonb) AS g(
        id bigint, score int, total float8, grade text, parts jsonb, counts jsonb)
    ON CONFLICT (record_id) DO UPDATE SET
        version_id = excluded.version_id, score = excluded.score, total = excluded.total,
        graded_at = CASE WHEN kept.grade IS DISTINCT FROM excluded.grade
                         THEN now() ELSE kept.graded_at END,
        grade = excluded.grade, parts = excluded.parts, counts = excluded.counts,
        "on" = excluded."on", scored_at = now()
    WHERE kept.version_id <> excluded.version_id OR kept.parts <> excluded.parts
       OR kept.counts <> excluded.counts OR kept.score <> excluded.score
       OR kept.grade IS DISTINCT FROM excluded.grade
"""
_SHOW = """
    UPDATE {table} r SET score = g.score, grade = g.grade
    FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS g(id, score, grade) WHERE r.id = g.id
"""


@dataclass(frozen=True)
class Rescored:
    """How many records were scored, and how many have another grade now."""

    records: int = 0
    graded: int = 0

    def __add__(self, other: "Rescored") -> "Rescored":
        return Rescored(self.records + other.records, self.graded + other.graded)


def rescore(record_type: str, ids: Sequence[int], *, actor: Actor, tells: bool = True) -> Rescored:
    """Score some records by the current rules, in the current transaction.

    Each is locked first, so that what is written is never older than what somebody else wrote.
    `tells` False: history is being loaded, new grades are recorded nowhere and nothing follows.
    """
    live = scorecards.current(record_type)
    counter = scorecards.counter_of(live) if live else None
    if live is None or counter is None:
        return Rescored()
    kind, today = registry.get(record_type), timezone.localdate()
    done = Rescored()
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        before = {
            row[0]: row[1:] for row in statements.rows(_LOCK.format(table=kind.table), [some])
        }
        found = list(counting.scored(counter, list(before), today=today))
        _write(kind, live, found, before, today)
        graded = _record_grades(kind, live, found, before, actor) if tells else 0
        done += Rescored(len(found), graded)
    return done


def rescore_all(record_type: str, *, actor: Actor, tells: bool = True) -> Rescored:
    """Score every record of a type, thousands in a transaction of their own at a time."""
    done = Rescored()
    for some in all_ids(record_type):
        with transaction.atomic():
            done += rescore(record_type, some, actor=actor, tells=tells)
    return done


def all_ids(record_type: str) -> Iterator[list[int]]:
    """The ids of every record of a type that was not removed, thousands at a time."""
    table, after = registry.get(record_type).table, 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT r.id FROM {table} r WHERE r.id > %s AND r.deleted_at IS NULL"
                f" ORDER BY r.id LIMIT {AT_ONCE}",
                [after],
            )
            some = [row[0] for row in cursor.fetchall()]
        if not some:
            return
        yield some
        after = some[-1]


def _write(
    kind: RecordType,
    live: Live,
    found: Sequence[tuple[int, Scored]],
    before: dict[int, Any],
    today: date,
) -> None:
    kept = [
        {
            "id": record_id,
            "score": each.score,
            "total": each.total,
            "grade": each.grade,
            "parts": [counting.part_as_data(part) for part in each.parts],
            "counts": {rule: times for rule, times in each.counts.items() if times},
        }
        for record_id, each in found
    ]
    shown = [
        (record_id, each.score, each.grade)
        for record_id, each in found
        if before[record_id][:2] != (each.score, each.grade)
    ]
    written = [Statement(_KEEP, [live.version_id, today, json.dumps(kept)])]
    if shown:
        columns = [list(column) for column in zip(*shown, strict=True)]
        written.append(Statement(_SHOW.format(table=kind.table), columns))
    statements.together(*written)


def _record_grades(
    kind: RecordType,
    live: Live,
    found: Sequence[tuple[int, Scored]],
    before: dict[int, Any],
    actor: Actor,
) -> int:
    happenings = [
        Happening(
            verb=f"{kind.key}.graded",
            record_id=record_id,
            record_type=kind.key,
            unit_id=before[record_id][2],
            data={
                "from": before[record_id][1],
                "to": each.grade,
                "score": each.score,
                "version": live.number,
            },
        )
        for record_id, each in found
        if before[record_id][1] != each.grade
    ]
    if happenings:
        activity.record_all(happenings, actor=actor)
    return len(happenings)
