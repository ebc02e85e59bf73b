"""Which rows of a batch are records that exist, and which would break what must be unique."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import UniqueConstraint

from closeloop.fields.specs import FieldSpec
from closeloop.records.types import RecordType
from closeloop.transfer import lookups
from closeloop.transfer.interpreting import Batch
from closeloop.transfer.lookups import AMBIGUOUS
from closeloop.transfer.models import Policy


@dataclass
class Parted:
    """The places of a batch by what becomes of them; refused rows are in neither."""

    create: list[int] = field(default_factory=list)
    update: dict[int, int] = field(default_factory=dict)
    """Place -> record id."""


def part(
    record_type: RecordType,
    specs: Mapping[str, FieldSpec],
    batch: Batch,
    *,
    match_on: Sequence[str],
    policy: str,
) -> Parted:
    """Tell new rows from known ones; rows that the policy does not take are refused."""
    usable = [place for place in range(len(batch.numbers)) if place not in batch.problems]
    if not match_on:
        return Parted(create=usable)
    keys = {place: tuple(batch.value(key, place) for key in match_on) for place in usable}
    complete = {place: key for place, key in keys.items() if None not in key}
    known = lookups.existing(
        record_type, [specs[key] for key in match_on], list(set(complete.values()))
    )
    parted = Parted()
    first_of: dict[tuple[Any, ...], int] = {}
    for place in usable:
        key = complete.get(place)
        found = known.get(key) if key is not None else None
        same = first_of.get(key) if key is not None else None
        problem = _problem(policy, found, same, match_on[0], batch)
        if problem is not None:
            batch.refuse(place, problem)
        elif found is not None:
            parted.update[place] = found[0]
        else:
            parted.create.append(place)
            if key is not None:
                first_of[key] = place
    return parted


def refuse_taken(
    record_type: RecordType, specs: Mapping[str, FieldSpec], batch: Batch, parted: Parted
) -> None:
    """Refuse rows whose values must be unique and are not, in the table or in the batch."""
    for key in unique_fields(record_type, specs):
        column = batch.values.get(key)
        if column is None:
            continue
        places = [*parted.create, *parted.update]
        wanted = [(column[place],) for place in places if column[place] is not None]
        taken = lookups.existing(record_type, [specs[key]], wanted)
        seen: set[Any] = set()
        for place in sorted(places):
            value = column[place]
            if value is None or place in batch.problems:
                continue
            holder = taken.get((value,))
            if value in seen or (holder is not None and holder[0] != parted.update.get(place)):
                batch.refuse(place, {"field": key, "code": "already_taken", "given": str(value)})
            seen.add(value)
    parted.create = [place for place in parted.create if place not in batch.problems]
    parted.update = {p: i for p, i in parted.update.items() if p not in batch.problems}


def unique_fields(record_type: RecordType, specs: Mapping[str, FieldSpec]) -> list[str]:
    """The built-in fields of which no two records may have the same value."""
    unique = {
        constraint.fields[0]
        for constraint in record_type.model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and len(constraint.fields) == 1
    }
    return [key for key, spec in specs.items() if spec.column in unique]


def _problem(
    policy: str,
    found: tuple[int, int | None, int | None] | None,
    same: int | None,
    field_key: str,
    batch: Batch,
) -> dict[str, Any] | None:
    if found is not None and found[0] == AMBIGUOUS and policy != Policy.CREATE:
        return {"field": field_key, "code": "matches_several"}
    if found is not None and policy == Policy.CREATE:
        return {"field": field_key, "code": "exists_already"}
    if found is None and policy == Policy.UPDATE:
        return {"field": field_key, "code": "matches_none"}
    if found is None and same is not None:
        return {"field": field_key, "code": "repeats_row", "row": batch.numbers[same]}
    return None
