"""Looking at what an import would do, without doing it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from closeloop.fields.values import stored
from closeloop.identity.actor import Actor
from closeloop.transfer import judging, preparing, tables
from closeloop.transfer.columns import Pending
from closeloop.transfer.interpreting import Batch, Interpreter, Problem
from closeloop.transfer.matching import Parted
from closeloop.transfer.models import Import
from closeloop.transfer.tables import Row

PREVIEWED_ROWS = 100
_BATCH_ROWS = 5000


@dataclass(frozen=True)
class Seen:
    """One row as it would be taken."""

    row: int
    outcome: str
    values: dict[str, Any]
    problems: list[Problem]


@dataclass
class Forecast:
    """What an import would do with the rows that were looked at."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    refused: int = 0
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(field, code) -> rows."""
    new_choices: dict[str, list[str]] = field(default_factory=dict)
    missing_records: dict[str, set[str]] = field(default_factory=dict)


def preview(job: Import, stream: IO[bytes], *, actor: Actor) -> list[Seen]:
    """The first rows as they would be taken, with their problems."""
    interpreter = preparing.interpreter_for(job, stream, actor=actor)
    rows = list(islice(tables.rows(stream, preparing.layout_of(job)), PREVIEWED_ROWS))
    if not rows:
        return []
    batch, parted = _judged(job, interpreter, rows)
    return [_seen(batch, parted, place) for place in range(len(rows))]


def forecast(job: Import, stream: IO[bytes], *, actor: Actor) -> Forecast:
    """What would become of all rows; rows that repeat one another far apart are not seen."""
    interpreter = preparing.interpreter_for(job, stream, actor=actor)
    found = Forecast()
    for rows in _batches(tables.rows(stream, preparing.layout_of(job))):
        batch, parted = _judged(job, interpreter, rows)
        found.rows += len(rows)
        found.created += len(parted.create)
        found.updated += len(parted.update)
        found.refused += len(batch.problems)
        for problems in batch.problems.values():
            found.reasons.update({(problem["field"], problem["code"]) for problem in problems})
        for target, titles in interpreter.fresh.records.items():
            found.missing_records.setdefault(target, set()).update(titles)
    for key, added in interpreter.fresh.choices.items():
        found.new_choices[key] = list(added.values())
    return found


def _judged(job: Import, interpreter: Interpreter, rows: list[Row]) -> tuple[Batch, Parted]:
    interpreter.prepare(rows)
    batch = interpreter.read(rows)
    return batch, judging.judge(interpreter, batch, match_on=job.match_on, policy=job.policy)


def _seen(batch: Batch, parted: Parted, place: int) -> Seen:
    problems = batch.problems.get(place, [])
    outcome = "refuse" if problems else "update" if place in parted.update else "create"
    values = {target: _shown(column[place]) for target, column in batch.values.items()}
    return Seen(batch.numbers[place], outcome, values, problems)


def _shown(value: Any) -> Any:
    return {"title": value.title} if isinstance(value, Pending) else stored(value)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _BATCH_ROWS)):
        yield batch
