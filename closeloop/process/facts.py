"""The facts that gates ask for, each one SQL expression over the record's row (alias `r`).

Because a fact is an expression, one query reads exactly those that a decision needs, and the same
expression serves previews over many records and conditions compiled to SQL.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from closeloop.engine.facts import APPROVALS_GRANTED, Unknown
from closeloop.fields import queries as fields
from closeloop.files import facts as files
from closeloop.records.types import FactSource, RecordType

_TICK = "checklist.ticked:"
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
        return FactSource(
            "EXISTS (SELECT FROM process_tick t WHERE t.record_id = r.id AND t.item = %s)",
            (key.removeprefix(_TICK),),
        )
    if key.startswith(APPROVALS_GRANTED):
        return FactSource(_GRANTED, (key.removeprefix(APPROVALS_GRANTED),))
    return (
        fields.fact_source(record_type.key, key) or files.fact_source(key) or record_type.facts(key)
    )


def select_list(record_type: RecordType, keys: Iterable[str]) -> tuple[list[str], str, list[Any]]:
    """The keys that can be read, their SELECT list (with a leading comma) and its parameters."""
    known: list[str] = []
    parts: list[str] = []
    params: list[Any] = []
    for key in sorted(keys):
        source = source_of(record_type, key)
        if source is not None:
            known.append(key)
            parts.append(f", {source.sql}")
            params.extend(source.params)
    return known, "".join(parts), params


def as_facts(wanted: Iterable[str], known: list[str], values: Iterable[Any]) -> Mapping[str, Any]:
    """Facts by key; what nobody provides is unknown with its reason."""
    found: dict[str, Any] = dict.fromkeys(wanted, NOT_PROVIDED)
    found.update(zip(known, values, strict=True))
    return found
