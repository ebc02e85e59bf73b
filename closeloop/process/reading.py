"""Reading a running instance with exactly the facts that a decision needs, under its lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from closeloop.activity.reactions import NOTHING, reactions
from closeloop.edge import revisions, statements
from closeloop.edge.statements import Row, Statement
from closeloop.fields import queries as fields
from closeloop.process import blueprints, facts
from closeloop.process.blueprints import Loaded
from closeloop.process.errors import NoProcess
from closeloop.process.facts import Selection
from closeloop.process.models import Visit
from closeloop.records.types import RecordType, registry


@dataclass(frozen=True)
class Running:
    """A record on its way: where it stands, at which version, and the facts asked for.

    `followers` is what reactions to its next move have read under its lock; it holds for a move
    that is made at once, without any other write between. `row` is the record's row by column and
    `beside` what was asked for with it; both are empty unless they were asked for.
    """

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
    is_removed: bool = False
    waited_s: float = 0
    followers: Mapping[int, Sequence[Row]] = field(default_factory=dict)
    row: Mapping[str, Any] = field(default_factory=dict)
    beside: tuple[Any, ...] = ()


def read_running(
    record_type: RecordType,
    record_id: int,
    *,
    to_stage: str | None,
    for_update: bool,
    beside: tuple[str, ...] | None = None,
) -> Running:
    """The instance with the facts for one move, or for every move from where it stands.

    `beside` are SQL expressions over the record's row (alias `r`) that are read with it; with None
    the row itself is left out too. The facts are guessed from the current version, so that one
    query is enough; a record of an older version costs a second one. Raises NoProcess.
    """
    current = blueprints.current_of(record_type.key)
    guess = _facts_into(current, to_stage) if current else frozenset()
    running = _read(record_type, record_id, guess, for_update=for_update, beside=beside)
    needed = _facts_from(running.version, running.stage, to_stage)
    if needed <= guess:
        return running
    return _read(record_type, record_id, needed, for_update=for_update, beside=beside)


def lock_instance(record_type: RecordType, record_id: int) -> None:
    """Lock a record's instance, where its type has stages.

    Whoever locks a record's own row locks its instance first: moves do so too, and two orders of
    locking would let a move and an edit wait for each other.
    """
    if blueprints.current_of(record_type.key) is not None:
        statements.row(
            "SELECT 1 FROM process_instance WHERE record_id = %s FOR UPDATE", [record_id]
        )


def lock_whole(record_type: RecordType, record_id: int) -> None:
    """Lock a record's instance and row together, as every move does."""
    statements.row(_reading(record_type.key, frozenset(), None, 0).lock, [record_id])


def visited_stages(record_id: int) -> frozenset[str]:
    """Every stage that a record has stood in."""
    return frozenset(Visit.objects.filter(record_id=record_id).values_list("stage", flat=True))


_OWN = (
    "i.version_id", "i.stage", "i.entered_at", "r.version", "r.owner_id", "r.unit_id",
    "clock_timestamp()", "r.deleted_at IS NOT NULL",
    "i.waited_s + coalesce(extract(epoch FROM clock_timestamp() - i.waiting_since), 0)::float8",
)  # fmt: skip
"""What is always read, in the order in which `_read` takes it."""


@dataclass(frozen=True)
class _Reading:
    """The statements that lock a record and read facts of it, each expression once.

    The others say in which column of the answer a thing stands: each expression of the facts, each
    column of the row, each of what was asked for beside it.
    """

    lock: str
    read: str
    selection: Selection
    facts: tuple[int, ...]
    row: Mapping[str, int]
    beside: tuple[int, ...]


def _read(
    record_type: RecordType,
    record_id: int,
    keys: frozenset[str],
    *,
    for_update: bool,
    beside: tuple[str, ...] | None,
) -> Running:
    reading = _reading(record_type.key, keys, beside, revisions.number(fields.REVISION))
    asked = [Statement(reading.read, [record_id])]
    following: dict[int, Statement] = {}
    read: dict[int, Statement] = {}
    if for_update:
        # Apart from the read, whose snapshot must be younger than whatever the lock waited for.
        following = reactions.reads(f"{record_type.key}.stage_entered", record_id)
        read = {place: each for place, each in following.items() if each is not NOTHING}
        asked = [Statement(reading.lock, [record_id]), *read.values(), *asked]
    *found, rows = statements.together(*asked)
    if not rows:
        raise NoProcess({"record_type": record_type.key, "id": record_id})
    row = rows[0]
    return Running(
        record_id=record_id,
        record_type=record_type,
        version=blueprints.loaded(row[0]),
        stage=row[1],
        entered_at=row[2],
        row_version=row[3],
        owner_id=row[4],
        unit_id=row[5],
        facts=reading.selection.facts(keys, [row[place] for place in reading.facts]),
        now=row[6],
        is_removed=row[7],
        waited_s=float(row[8]),
        followers={**dict.fromkeys(following, ()), **dict(zip(read, found[1:], strict=True))},
        row={column: row[place] for column, place in reading.row.items()},
        beside=tuple([row[place] for place in reading.beside]),
    )


@lru_cache(maxsize=1024)
def _reading(
    type_key: str, keys: frozenset[str], beside: tuple[str, ...] | None, _revision: int
) -> _Reading:
    record_type = registry.get(type_key)
    selection = facts.select(record_type, keys)
    fields_of_row = record_type.model._meta.concrete_fields if beside is not None else ()
    places = {expression: place for place, expression in enumerate(_OWN)}

    def place_of(expression: str) -> int:
        return places.setdefault(expression, len(places))

    of_facts = tuple(place_of(statements.bound(*each)) for each in selection.expressions)
    of_row = {each.column: place_of(f"r.{each.column}") for each in fields_of_row if each.column}
    of_beside = tuple(place_of(expression) for expression in beside or ())
    source = (
        f"FROM process_instance i JOIN {record_type.table} r ON r.id = i.record_id"
        " WHERE i.record_id = %s"
    )
    return _Reading(
        lock=f"SELECT true {source} FOR NO KEY UPDATE OF i, r",
        read=f"SELECT {', '.join(places)} {source}",
        selection=selection,
        facts=of_facts,
        row=of_row,
        beside=of_beside,
    )


@lru_cache(maxsize=1024)
def _facts_into(version: Loaded, to_stage: str | None) -> frozenset[str]:
    return frozenset(
        key
        for (_, target), move in version.compiled.moves.items()
        if to_stage is None or target == to_stage
        for key in move.fact_keys
    )


@lru_cache(maxsize=1024)
def _facts_from(version: Loaded, stage: str, to_stage: str | None) -> frozenset[str]:
    if to_stage is not None:
        return version.compiled.fact_keys(stage, to_stage)
    return frozenset(
        key
        for (source, _), move in version.compiled.moves.items()
        if source == stage
        for key in move.fact_keys
    )
