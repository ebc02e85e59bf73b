"""Values that nobody gave and a record's others tell, marked with what they were taken from.

Whoever knows how registers a deriver of a record type (`config/wiring.py`); every path that makes
or changes records asks here: the desk one by one, imports a batch at a time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from closeloop.fields import queries as fields
from closeloop.fields.values import is_empty


@dataclass(frozen=True)
class Derived:
    """A value and what it was taken from (`derived.<by>` says it in words)."""

    value: str
    by: str

    def as_data(self) -> dict[str, str]:
        """The same as it is kept."""
        return {"value": self.value, "by": self.by}


@dataclass(frozen=True)
class Deriver:
    """What fills one text field of a type where nobody did, from the values of some others."""

    field: str
    sources: tuple[str, ...]
    derive: Callable[[Mapping[str, Any]], Derived | None]


@dataclass
class Derivers:
    """By record type, what derives (from wiring)."""

    by_type: dict[str, Deriver] = field(default_factory=dict)

    def of(self, record_type: str) -> Deriver | None:
        """The deriver of a type; None where its field is not there, or takes no text."""
        deriver = self.by_type.get(record_type)
        spec = fields.specs_of(record_type).get(deriver.field) if deriver else None
        return deriver if spec is not None and spec.type == "text" else None


derivers = Derivers()


def of_new(record_type: str, values: Mapping[str, Any]) -> dict[str, Derived]:
    """What a new record's values tell beside themselves, by field."""
    deriver = derivers.of(record_type)
    if deriver is None or not is_empty(values.get(deriver.field)):
        return {}
    found = deriver.derive(values)
    return {deriver.field: found} if found else {}


def of_changed(
    record_type: str,
    present: Mapping[str, Any],
    changed: Mapping[str, Any],
    *,
    given: Mapping[str, Any],
) -> dict[str, Derived]:
    """What a change tells beside itself: only where a source changes and the field stands empty.

    A field that the change itself names (`given`), if only to empty it, is left to who named it.
    """
    deriver = derivers.of(record_type)
    if deriver is None or deriver.field in given or not any(k in changed for k in deriver.sources):
        return {}
    return of_new(record_type, {**present, **changed})


def as_values(derived: Mapping[str, Derived]) -> dict[str, str]:
    """Derived values by field."""
    return {key: each.value for key, each in derived.items()}


def as_note(derived: Mapping[str, Derived]) -> dict[str, Any]:
    """What an entry says of derived values; nothing where there are none."""
    return {"derived": {key: each.as_data() for key, each in derived.items()}} if derived else {}
