"""Reading a running instance with exactly the facts that a decision needs, under its lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from closeloop.process import blueprints, facts
from closeloop.process.blueprints import Loaded
from closeloop.process.errors import NoProcess
from closeloop.process.models import Visit
from closeloop.records.types import RecordType


@dataclass(frozen=True)
class Running:
    """A record on its way: where it stands, at which version, and the facts asked for."""

    record_id: int
    record_type: RecordType
    version: Loaded
    stage: str
    entered_at: datetime
    row_version: int
    owner_id: int | None
    unit_id: int | None
    facts: Mapping[str, Any]
    now: datetime


def read_running(
    record_type: RecordType, record_id: int, *, to_stage: str | None, for_update: bool
) -> Running:
    """The instance with the facts for one move, or for every move from where it stands.

    The facts are guessed from the current version, so that one query is enough; a record of an
    older version costs a second one. Raises NoProcess.
    """
    current = blueprints.current_of(record_type.key)
    guess = _facts_into(current, to_stage) if current else frozenset()
    running = _read(record_type, record_id, guess, for_update=for_update)
    needed = _facts_from(running.version, running.stage, to_stage)
    if needed <= guess:
        return running
    return _read(record_type, record_id, needed, for_update=for_update)


def visited_stages(record_id: int) -> frozenset[str]:
    """Every stage that a record has stood in."""
    return frozenset(Visit.objects.filter(record_id=record_id).values_list("stage", flat=True))


def _facts_into(version: Loaded | None, to_stage: str | None) -> frozenset[str]:
    if version is None:
        return frozenset()
    moves = version.compiled.moves.items()
    return frozenset(
        key
        for (_, target), move in moves
        if to_stage is None or target == to_stage
        for key in move.fact_keys
    )


def _facts_from(version: Loaded, stage: str, to_stage: str | None) -> frozenset[str]:
    if to_stage is not None:
        return version.compiled.fact_keys(stage, to_stage)
    return frozenset(
        key
        for (source, _), move in version.compiled.moves.items()
        if source == stage
        for key in move.fact_keys
    )


def _read(
    record_type: RecordType, record_id: int, keys: frozenset[str], *, for_update: bool
) -> Running:
    known, columns, params = facts.select_list(record_type, keys)
    lock = "FOR UPDATE OF i, r" if for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.version_id, i.stage, i.entered_at, r.version, r.owner_id, r.unit_id,"
            f" clock_timestamp(){columns}"
            f" FROM process_instance i JOIN {record_type.table} r ON r.id = i.record_id"
            f" WHERE i.record_id = %s {lock}",
            [*params, record_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise NoProcess({"record_type": record_type.key, "id": record_id})
    return Running(
        record_id=record_id,
        record_type=record_type,
        version=blueprints.loaded(row[0]),
        stage=row[1],
        entered_at=row[2],
        row_version=row[3],
        owner_id=row[4],
        unit_id=row[5],
        facts=facts.as_facts(keys, known, row[7:]),
        now=row[6],
    )
