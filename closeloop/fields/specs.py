"""A field as the rest of the product sees it (pure): its type, choices, defaults and column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Name = Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """One thing that may stand in a choice field; `when` limits it to values of other fields."""

    key: str
    name: Name
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def fits(self, values: Mapping[str, Any]) -> bool:
        """Whether the other fields' values allow this choice; an empty field allows all."""
        return all(values.get(other) in (None, *keys) for other, keys in self.when.items())


@dataclass(frozen=True)
class FieldSpec:
    """One field. `column` is its column of the type's table; None for a user field in `extra`."""

    record_type: str
    key: str
    name: Name
    type: str
    column: str | None = None
    is_required: bool = False
    is_computed: bool = False
    """Whether the product keeps the value itself: read only for everybody."""
    section: str = "main"
    choices: tuple[Choice, ...] = ()
    defaults: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    target: str = ""
    max_length: int | None = None
    help: Name = field(default_factory=dict)
    id: int = 0

    @property
    def is_builtin(self) -> bool:
        """Whether the field has a column of its own."""
        return self.column is not None

    @property
    def choice_keys(self) -> frozenset[str]:
        """The keys that may stand in a choice field."""
        return frozenset(choice.key for choice in self.choices)
