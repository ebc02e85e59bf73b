"""The facts that scoring rules may ask for: those of clocks, without what scoring keeps."""

from closeloop.engine.facts import Catalogue
from closeloop.fields import queries as fields
from closeloop.records.types import registry
from closeloop.sla import facts
from closeloop.sla.facts import facts_of

__all__ = ["catalogue_of", "facts_of", "is_scorable"]

SCORE, GRADE = "score", "grade"
_OWN = frozenset({fields.PREFIX + SCORE, fields.PREFIX + GRADE})
_held: dict[str, tuple[Catalogue, Catalogue]] = {}


def is_scorable(record_type: str) -> bool:
    """Whether records of a type keep a score and a grade."""
    return facts.is_record_type(record_type) and {SCORE, GRADE} <= set(
        registry.get(record_type).columns
    )


def catalogue_of(record_type: str) -> Catalogue:
    """The facts by key; a score that asked for itself would never come to rest."""
    known = facts.catalogue_of(record_type)
    held = _held.get(record_type)
    if held is None or held[0] is not known:
        kept = Catalogue([f for f in known.values() if f.key not in _OWN], known.families)
        held = _held[record_type] = (known, kept)
    return held[1]
