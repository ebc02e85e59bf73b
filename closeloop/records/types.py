"""The record types that the apps bring, and the registry by which the generic desk finds them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from closeloop.engine.refusals import Refusal, RefusalKind
from closeloop.records.models import RecordRow

Name = Mapping[str, str]


class UnknownRecordType(Refusal):
    """There is no such record type; choose one that /api/meta names."""

    code = "record_type_unknown"
    kind = RefusalKind.NOT_FOUND


@dataclass(frozen=True)
class Tally:
    """A fact as an aggregate over the rows that a record has elsewhere: `FROM ... WHERE ...`.

    Tallies of the same rows are taken together where a decision asks for several.
    """

    rows: str
    aggregate: str
    params: tuple[Any, ...] = ()


@dataclass(frozen=True)
class FactSource:
    """A fact as one SQL expression over the record's row, which stands under the alias `r`.

    The same expression serves one decision, a set-based preview and a compiled condition.
    `params` are bound where the expression has %s. `tally` says the same in another way.
    """

    sql: str
    params: tuple[Any, ...] = ()
    tally: Tally | None = None


@dataclass(frozen=True)
class RecordType:
    """What the desk must know of a type; labels, choices and user fields live in `fields`."""

    key: str
    name: Name
    plural: Name
    icon: str
    model: type[RecordRow]
    columns: Mapping[str, str]
    """Built-in field key -> column of the type's table."""
    references: Mapping[str, str] = field(default_factory=dict)
    """Built-in field key -> record type it points at."""
    title_field: str = "name"
    amount_field: str | None = None
    due_field: str | None = None
    """The date field by which a record is overdue."""
    list_columns: tuple[str, ...] = ()
    card_fields: tuple[str, ...] = ()
    search_fields: tuple[str, ...] = ()
    """Built-in text fields beside the title that the search index takes in."""
    parent_field: str | None = None
    """The reference through which the record belongs to another (a contact to its customer)."""
    won_by: str = ""
    """The path (a move's `via`) by which alone a won stage is entered; empty: by any."""
    is_user_defined: bool = False
    default_sort: str = "-id"
    facts: Callable[[str], FactSource | None] = lambda _key: None
    """Facts beside fields, files and checklists, by key; None where the type has no such fact."""
    choices_of: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Such facts that take the choices of another type's field: key -> (record type, field)."""

    @property
    def table(self) -> str:
        """The type's table."""
        return self.model._meta.db_table


class Registry:
    """All record types by key; user-defined ones are looked up where a provider is plugged in."""

    def __init__(self) -> None:
        self._builtin: dict[str, RecordType] = {}
        self.user_defined: Callable[[], Mapping[str, RecordType]] = dict

    def register(self, record_type: RecordType) -> None:
        """Bring a built-in type (from wiring)."""
        self._builtin[record_type.key] = record_type

    def get(self, key: str) -> RecordType:
        """The type of that key; raises UnknownRecordType."""
        found = self._builtin.get(key) or self.user_defined().get(key)
        if found is None:
            raise UnknownRecordType({"record_type": key})
        return found

    def __iter__(self) -> Iterator[RecordType]:
        yield from self._builtin.values()
        yield from self.user_defined().values()

    def keys(self) -> list[str]:
        """Every type's key, built-in first."""
        return [record_type.key for record_type in self]


registry = Registry()
