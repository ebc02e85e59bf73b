"""Moving running records to another version of their process: a preview, nothing is moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from closeloop.engine import blueprint as blueprints
from closeloop.engine import stages
from closeloop.engine.blueprint import Blueprint
from closeloop.engine.gates import MissingItem
from closeloop.engine.problems import Problem, ProblemList
from closeloop.engine.stages import CompiledBlueprint


@dataclass(frozen=True, slots=True)
class RunningRecord:
    """A record that runs through the old version, with the facts that `fact_keys` names."""

    id: str
    stage: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RecordMigration:
    """Where one record would stand, and what the new version would have asked of it by then."""

    id: str
    from_stage: str
    to_stage: str
    missing: tuple[MissingItem, ...]


@dataclass(frozen=True, slots=True)
class StageMigration:
    """How many records of one stage would go where, and how many of them lack something."""

    from_stage: str
    to_stage: str
    records: int
    incomplete: int


@dataclass(frozen=True, slots=True)
class MigrationPreview:
    """What a migration would do. `problems` forbid it; `records` are in the order given."""

    stages: tuple[StageMigration, ...]
    records: tuple[RecordMigration, ...]
    problems: tuple[Problem, ...]


def suggest_mapping(old: Blueprint, new: Blueprint) -> dict[str, str]:
    """Give old stage to new stage for every stage whose key both versions have."""
    kept = {stage.key for stage in new.stages}
    return {stage.key: stage.key for stage in old.stages if stage.key in kept}


def fact_keys(new: CompiledBlueprint, stage: str) -> frozenset[str]:
    """Give the keys of the facts that previewing a record in the new `stage` needs."""
    return blueprints.item_fact_keys(item.placed for item in new.path_items[stage])


def preview_migration(
    old: Blueprint,
    new: CompiledBlueprint,
    mapping: Mapping[str, str],
    records: Iterable[RunningRecord],
    *,
    now: datetime,
) -> MigrationPreview:
    """Give where every record would stand in the new version and what it would lack there.

    A record lacks an item when a gate between the first stage and its new one asks for it.
    A record whose stage has no usable mapping is left out; `problems` names its stage.
    """
    problems = _mapping_problems(old, new.blueprint, mapping)
    faulty = {problem.data["stage"] for problem in problems}
    moved = []
    for record in records:
        if record.stage not in mapping and record.stage not in faulty:
            faulty.add(record.stage)
            problems.append(
                Problem("migration.stage_unmapped", f"/{record.stage}", {"stage": record.stage})
            )
        if record.stage not in faulty:
            moved.append(_move(new, record, mapping[record.stage], now))
    return MigrationPreview(_by_stage(moved), tuple(moved), tuple(problems))


def _move(
    new: CompiledBlueprint, record: RunningRecord, to_stage: str, now: datetime
) -> RecordMigration:
    items = new.path_items[to_stage]
    missing = stages.find_missing(new.blueprint, items, record.facts, now=now)
    return RecordMigration(record.id, record.stage, to_stage, missing)


def _by_stage(moved: Iterable[RecordMigration]) -> tuple[StageMigration, ...]:
    counts: dict[tuple[str, str], list[int]] = {}
    for record in moved:
        count = counts.setdefault((record.from_stage, record.to_stage), [0, 0])
        count[0] += 1
        count[1] += bool(record.missing)
    return tuple(StageMigration(*ends, *count) for ends, count in counts.items())


def _mapping_problems(old: Blueprint, new: Blueprint, mapping: Mapping[str, str]) -> list[Problem]:
    problems = ProblemList()
    kinds = {stage.key: stage.kind for stage in new.stages}
    for stage in old.stages:
        target = mapping.get(stage.key)
        if target is not None and target not in kinds:
            code = "migration.target_unknown"
            problems.add(code, f"/{stage.key}", stage=stage.key, to_stage=target)
        elif target is not None and kinds[target] is not stage.kind:
            # A migration must neither finish a running record nor reopen a finished one.
            code = "migration.kind_changes"
            problems.add(code, f"/{stage.key}", stage=stage.key, to_stage=target)
    return problems.found
