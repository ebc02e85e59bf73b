"""The standards that hold, ready to judge, and the words of kinds, ticks and stock phrases.

Loaded once per change of the configuration; standards are frozen once they are published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from closeloop.edge.revisions import CachedByRevision
from closeloop.engine import evidence, refusals
from closeloop.engine.evidence import (
    Applies,
    Chosen,
    EvidenceItem,
    EvidenceKind,
    Occasion,
)
from closeloop.engine.problems import Problem, ProblemList
from closeloop.fields import queries as fields
from closeloop.fieldwork.models import StandardVersion
from closeloop.fieldwork.plugs import plugs
from closeloop.org.models import UnitClosure
from closeloop.org.queries import REVISION as ORG

REVISION = "followup_standards"
KINDS, TICKS, PHRASES = "followup_kinds", "followup_ticks", "stock_phrases"
PAIN_MAX = 120
"""D03: no room for phrases."""
Name = Mapping[str, str]


@dataclass(frozen=True)
class Held:
    """A published version: what it is called, to what it applies, what it asks for."""

    version_id: int
    name: Name
    applies: Applies
    standard: evidence.Standard
    definition: Mapping[str, Any]


def current() -> Mapping[str, Held]:
    """The standards that hold, by key."""
    return _current.get()


def version(version_id: int) -> Held:
    """Any published version; it never changes."""
    held = next((each for each in current().values() if each.version_id == version_id), None)
    if held is None:
        held = _versions.get().get(version_id)
    if held is None:
        row = StandardVersion.objects.select_related("standard").get(pk=version_id)
        held = _versions.get()[version_id] = _held(row)
    return held


def choose(
    *, kind: str, record_type: str, stage: str, unit_id: int | None
) -> tuple[Held, Chosen] | None:
    """The standard for a contact and why that one, or None where none applies."""
    held = current()
    units = units_above(unit_id)
    contact = Occasion(kind=kind, record_type=record_type, stage=stage, units=units)
    chosen = evidence.choose((each.applies for each in held.values()), contact)
    return None if chosen is None else (held[chosen.key], chosen)


def units_above(unit_id: int | None) -> Mapping[int, int]:
    """A unit and those above it, each with its distance."""
    return _above.get().get(unit_id or 0, {})


def kinds() -> Mapping[str, Name]:
    """The kinds of contact, in order."""
    return _words.get()[KINDS]


def ticks() -> Mapping[str, Name]:
    """What may be ticked, in order."""
    return _words.get()[TICKS]


def stock_phrases() -> Sequence[str]:
    """Phrases that say nothing."""
    return list(_words.get()[PHRASES])


def main_text(standard: evidence.Standard) -> str | None:
    """The item that the follow-up's own text proves, the first of its kind; others: `store`."""
    texts = (item.key for item in standard.items if item.kind is EvidenceKind.TEXT)
    return next(texts, None)


def parse(key: str, number: int, definition: Mapping[str, Any]) -> evidence.Standard:
    """The standard in a definition; raises engine.refusals.StandardInvalid."""
    return evidence.Standard(
        key=key,
        version=number,
        name=definition["name"],
        items=tuple(_item(each) for each in definition["items"]),
        at_least=definition.get("at_least"),
    )


def find_problems(key: str, definition: Mapping[str, Any]) -> list[Problem]:
    """Everything that keeps a draft from being published."""
    problems = ProblemList()
    known, choices = set(kinds()), set(ticks())
    if not definition.get("kinds"):
        problems.add("followup.kinds_missing", "/kinds")
    for index, kind in enumerate(definition.get("kinds") or ()):
        if kind not in known:
            problems.add("followup.kind_unknown", f"/kinds/{index}", kind=kind)
    record_type = definition.get("record_type")
    if record_type is not None and record_type not in plugs.followable:
        problems.add("followup.record_type_unknown", "/record_type", record_type=record_type)
    if definition.get("stages") and record_type is None:
        problems.add("followup.stages_without_type", "/stages")
    for index, item in enumerate(definition.get("items") or ()):
        if item["kind"] == EvidenceKind.TICK and item["key"] not in choices:
            problems.add("followup.tick_unknown", f"/items/{index}/key", key=item["key"])
    try:
        parse(key, 0, definition)
    except refusals.StandardInvalid as refusal:
        problems.found += refusal.problems
    return problems.found


def _item(given: Mapping[str, Any]) -> EvidenceItem:
    return EvidenceItem(
        key=given["key"],
        kind=EvidenceKind(given["kind"]),
        name=given["name"],
        at_least=given.get("at_least") or 1,
        max_length=given.get("max_length"),
    )


def applies_of(key: str, definition: Mapping[str, Any]) -> Applies:
    """To what a definition applies."""
    units, stages = definition.get("unit_ids"), definition.get("stages")
    return Applies(
        key=key,
        kinds=frozenset(definition.get("kinds") or ()),
        unit_ids=frozenset(units) if units else None,
        record_type=definition.get("record_type"),
        stages=frozenset(stages) if stages else None,
    )


def _held(row: StandardVersion) -> Held:
    key, given = row.standard.key, row.definition
    return Held(
        version_id=row.pk,
        name=given["name"],
        applies=applies_of(key, given),
        standard=parse(key, row.number, given),
        definition=given,
    )


def _load_current() -> dict[str, Held]:
    rows = StandardVersion.objects.filter(is_current=True, standard__is_active=True)
    return {
        row.standard.key: _held(row)
        for row in rows.select_related("standard").order_by("standard__key")
    }


def _load_above() -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    rows = UnitClosure.objects.values_list("descendant_id", "ancestor_id", "depth")
    for below, above, depth in rows:
        found.setdefault(below, {})[above] = depth
    return found


def _load_words() -> dict[str, dict[str, Name]]:
    return {
        name: {each["key"]: each["name"] for each in fields.settings().get(name, ())}
        for name in (KINDS, TICKS, PHRASES)
    }


_current = CachedByRevision(REVISION, _load_current)
_versions: CachedByRevision[dict[int, Held]] = CachedByRevision(REVISION, dict)
_above = CachedByRevision(ORG, _load_above)
_words = CachedByRevision(fields.REVISION, _load_words)
