"""What was missing, waited for or about to fall due when deals were stepped back.

The step-backs of a finding are held against other moves out of the same stages. Of each stay
before a move is asked: which gate items did a blocked attempt lack, which clocks were late or fell
due within the next days, was a waiting reason set.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db import connection

from closeloop.engine import association
from closeloop.engine.association import Association, Limits, Observation, Trait
from closeloop.metrics.stepback.moves import Move

ITEM, DUE, LATE, WAITED = "item", "clock_due", "clock_late", "waiting"
SOON = timedelta(days=4)
"""A clock that runs out so soon cannot wait for what is done after the weekend."""
_LIMITS = Limits(ratio=1.25)
_MOST_OTHERS = 5_000
_LEAST_OF_STAGE = 0.1

Name = Mapping[str, str]


@dataclass(frozen=True)
class Explanation:
    """Circumstances by how much more common they were, and how many deals came back to where
    they had been; `hours` is the median time until then.
    """

    rows: Sequence[Association]
    names: Mapping[Trait, Name]
    of: int
    others: int
    returned: int
    hours: float | None
    stage: str
    to_stage: str


def explain(observed: Sequence[tuple[Move, Observation]], finding: Trait) -> Explanation:
    """What was different about the step-backs of a finding."""
    chosen, others = compared(observed, finding)
    told, names = _told([*chosen, *others])
    case_ids = {move.id for move in chosen}
    rows = association.rank(
        (
            Observation(move.deal, move.id in case_ids, frozenset(told.get(move.id, ())))
            for move in (*chosen, *others)
        ),
        _LIMITS,
    )
    came_back = _returns(chosen)
    pairs = [(move.from_stage, move.to_stage) for move in chosen]
    stage, to_stage = max(sorted(set(pairs)), key=pairs.count)
    return Explanation(
        rows=rows,
        names=names,
        of=len(chosen),
        others=len(others),
        returned=len(came_back),
        hours=median(came_back) if came_back else None,
        stage=stage,
        to_stage=to_stage,
    )


def compared(
    observed: Sequence[tuple[Move, Observation]], finding: Trait
) -> tuple[list[Move], list[Move]]:
    """The step-backs of a finding out of their usual stages, and other moves out of the same."""
    cases = [move for move, each in observed if each.is_hit and finding in each.traits]
    stages = _usual([move.from_stage for move in cases])
    others = [
        move
        for move, each in observed
        if move.from_stage in stages and not (each.is_hit and finding in each.traits)
    ]
    chosen = [move for move in cases if move.from_stage in stages]
    return chosen, others[:: max(1, len(others) // _MOST_OTHERS)]


def having(moves: Sequence[Move], circumstance: Trait) -> list[Move]:
    """Those of the moves before which a circumstance held."""
    told, _ = _told(moves)
    return [move for move in moves if circumstance in told.get(move.id, ())]


def _usual(stages: Sequence[str]) -> frozenset[str]:
    return frozenset(
        each for each in set(stages) if stages.count(each) >= _LEAST_OF_STAGE * len(stages)
    )


def _told(moves: Iterable[Move]) -> tuple[dict[int, set[Trait]], dict[Trait, Name]]:
    """Circumstances by the move's id, and their names."""
    listed = list(moves)
    values = (
        [move.id for move in listed],
        [move.deal for move in listed],
        [move.entered_at for move in listed],
        [move.at for move in listed],
        [move.from_stage for move in listed],
    )
    found: dict[int, set[Trait]] = {}
    names: dict[Trait, Name] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES_SQL, values)
        for move_id, kind, key, name in cursor.fetchall():
            found.setdefault(move_id, set()).add((kind, key))
            names.setdefault((kind, key), json.loads(name or "{}"))
        cursor.execute(_CLOCKS_SQL, (*values, SOON.days))
        for move_id, is_late, key, name in cursor.fetchall():
            trait = (LATE if is_late else DUE, key)
            found.setdefault(move_id, set()).add(trait)
            names.setdefault(trait, json.loads(name))
    return found, names


def _returns(cases: Sequence[Move]) -> list[float]:
    """After how many hours deals stood again where they had been stepped back from."""
    with connection.cursor() as cursor:
        cursor.execute(
            _RETURNS_SQL,
            (
                [move.deal for move in cases],
                [move.id for move in cases],
                [move.from_stage for move in cases],
                [move.at for move in cases],
            ),
        )
        return [_hours(again, at) for again, at in cursor.fetchall()]


def _hours(later: datetime, earlier: datetime) -> float:
    return (later - earlier).total_seconds() / 3600


_STAYS = """
    unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::text[])
        AS stay (id, record_id, entered_at, left_at, stage)
"""
_ENTRIES_SQL = f"""
    SELECT DISTINCT ON (1, 2, 3) stay.id,
        CASE WHEN e.verb = 'process.move_blocked' THEN '{ITEM}' ELSE '{WAITED}' END,
        coalesce(item->>'item_key', e.data->>'reason'), item->'name'
    FROM {_STAYS}
    JOIN activity_entry e ON e.record_id = stay.record_id
        AND e.verb IN ('process.move_blocked', 'process.waiting_started')
        AND e.at >= stay.entered_at AND e.at <= stay.left_at
    LEFT JOIN LATERAL jsonb_array_elements(
        CASE WHEN jsonb_typeof(e.data->'missing') = 'array' THEN e.data->'missing' END
    ) item ON true
    WHERE coalesce(item->>'item_key', e.data->>'reason') IS NOT NULL
"""
_CLOCKS_SQL = f"""
    SELECT DISTINCT stay.id, c.due_at <= stay.left_at, p.key, p.name
    FROM {_STAYS}
    JOIN sla_clock c ON c.record_id = stay.record_id AND c.started_at < stay.left_at
        AND (c.closed_at IS NULL OR c.closed_at >= stay.left_at)
        AND c.state <> 'cancelled' AND c.due_at < stay.left_at + %s * interval '1 day'
    JOIN sla_policy p ON p.id = c.policy_id
"""
_RETURNS_SQL = """
    SELECT again.entered_at, back.at
    FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[])
        AS back (record_id, visit_id, stage, at)
    JOIN LATERAL (
        SELECT later.entered_at FROM process_visit later
        WHERE later.record_id = back.record_id AND later.id > back.visit_id
            AND later.stage = back.stage
        ORDER BY later.id LIMIT 1
    ) again ON again.entered_at <= back.at + interval '7 days'
"""
