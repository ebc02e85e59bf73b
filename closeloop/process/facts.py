"""The facts that gates ask for, each one SQL expression over the record's row (alias `r`).

Because a fact is an expression, one query reads exactly those that a decision needs, and the same
expression serves previews over many records and conditions compiled to SQL.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from closeloop.engine.facts import APPROVALS_GRANTED, Catalogue, Unknown
from closeloop.fields import belonging
from closeloop.fields import queries as fields
from closeloop.files import facts as files
from closeloop.records.types import FactSource, RecordType, Tally

_TICK = "checklist.ticked:"
_TICKS = "FROM process_tick t WHERE t.record_id = r.id"
# The moves that a flow has granted in the record's present stay and version, unless what was
# granted has been changed since: leave for one move opens no other, now or later.
_GRANTED = """ARRAY(
    SELECT approved.move FROM approvals_case approved
    JOIN approvals_flow approving ON approving.id = approved.flow_id AND approving.key = %s
    JOIN process_instance passing ON passing.record_id = approved.record_id
    WHERE approved.record_id = r.id AND approved.state = 'granted' AND NOT approved.is_stale
      AND approved.move_version = passing.version_id AND approved.opened_at >= passing.entered_at)
"""
NOT_PROVIDED = Unknown("fact_not_provided")


def source_of(record_type: RecordType, key: str) -> FactSource | None:
    """The expression of a fact, or None where nobody provides it (it then stays unknown)."""
    if key.startswith(_TICK):
        item = (key.removeprefix(_TICK),)
        return FactSource(
            f"EXISTS (SELECT {_TICKS} AND t.item = %s)",
            item,
            Tally(_TICKS, "coalesce(bool_or(t.item = %s), false)", item),
        )
    if key.startswith(APPROVALS_GRANTED):
        return FactSource(_GRANTED, (key.removeprefix(APPROVALS_GRANTED),))
    return (
        fields.fact_source(record_type.key, key)
        or files.fact_source(key)
        or belonging.fact_source(key)
        or record_type.facts(key)
    )


def catalogue_of(record_type: str, *, is_checked: bool = False) -> Catalogue:
    """What gates may ask of a type's records; `is_checked` for what is about to be published."""
    known = fields.fact_catalogue(record_type)
    return known.joined(belonging.catalogue(record_type, is_checked=is_checked))


@dataclass(frozen=True)
class Selection:
    """What reads some facts: SQL expressions with their parameters, and where each fact stands.

    A place is the number of an expression, and of an element where that gives an array.
    """

    expressions: tuple[tuple[str, tuple[Any, ...]], ...]
    places: Mapping[str, tuple[int, int | None]]

    @property
    def sql(self) -> str:
        """The expressions as a SELECT list, with a leading comma."""
        return "".join(f", {sql}" for sql, _ in self.expressions)

    @property
    def params(self) -> list[Any]:
        """The parameters of all expressions, in their order."""
        return [value for _, params in self.expressions for value in params]

    def facts(self, wanted: Iterable[str], values: Sequence[Any]) -> Mapping[str, Any]:
        """Facts by key from the values read; what nobody provides is unknown with its reason."""
        found: dict[str, Any] = dict.fromkeys(wanted, NOT_PROVIDED)
        for key, (number, element) in self.places.items():
            value = values[number]
            found[key] = value if element is None else value[element]
        return found


def select(record_type: RecordType, keys: Iterable[str]) -> Selection:
    """What reads the facts that somebody provides; tallies of the same rows are read together."""
    expressions: list[tuple[str, tuple[Any, ...]]] = []
    places: dict[str, tuple[int, int | None]] = {}
    tallies: dict[str, dict[str, Tally]] = {}
    for key in sorted(keys):
        source = source_of(record_type, key)
        if source is None:
            continue
        if source.tally is not None:
            tallies.setdefault(source.tally.rows, {})[key] = source.tally
            continue
        places[key] = (len(expressions), None)
        expressions.append((source.sql, source.params))
    for rows, taken in tallies.items():
        together = ", ".join(tally.aggregate for tally in taken.values())
        params = tuple(value for tally in taken.values() for value in tally.params)
        places.update({key: (len(expressions), place) for place, key in enumerate(taken)})
        expressions.append((f"(SELECT ARRAY[{together}] {rows})", params))
    return Selection(tuple(expressions), places)
