"""What the words in a table may stand for: people, units, stages, choices, other records."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from closeloop.fields import queries as fields
from closeloop.fields.specs import FieldSpec
from closeloop.identity.models import User
from closeloop.org.access import Access, Verb
from closeloop.org.models import Position, Unit
from closeloop.process import blueprints
from closeloop.process.blueprints import Loaded
from closeloop.records.types import RecordType, registry
from closeloop.transfer.translation import flat

AMBIGUOUS = -1
"""Stands where a name belongs to several."""


@dataclass(frozen=True)
class Company:
    """The company's people, units and the process of one record type, by the words for them."""

    people: Mapping[str, int]
    units: Mapping[str, int]
    homes: Mapping[int, int]
    version: Loaded | None
    stages: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Stage key -> word -> outcome reason."""

    @property
    def initial(self) -> str:
        """The first stage; empty where the type has no process."""
        return self.version.blueprint.initial if self.version else ""


def company_for(record_type: str) -> Company:
    """The words that tables of this record type may use."""
    version = blueprints.current_of(record_type)
    stages = version.stages if version else ()
    return Company(
        people=_people(),
        units=_first_or_ambiguous((flat(unit.name), unit.pk) for unit in Unit.objects.all()),
        homes=dict(Position.objects.filter(is_primary=True).values_list("user_id", "unit_id")),
        version=version,
        stages=words_for((stage.key, stage.name) for stage in stages),
        outcomes={
            stage.key: words_for((reason.key, reason.name) for reason in stage.outcome_reasons)
            for stage in stages
            if stage.kind.is_terminal
        },
    )


def words_for(options: Iterable[tuple[str, Mapping[str, str]]]) -> dict[str, str]:
    """Every word for an option (its key, its names), flat, to its key; the key itself wins."""
    words: dict[str, str] = {}
    listed = list(options)
    for key, name in listed:
        for word in name.values():
            words.setdefault(flat(word), key)
    words.update({flat(key): key for key, _ in listed})
    return words


def choice_words(spec: FieldSpec) -> dict[str, str]:
    """Every word for a choice of a field."""
    return words_for((choice.key, choice.name) for choice in spec.choices)


class Titles:
    """Records of one type by title, read as they are asked for; within a person's reach."""

    def __init__(self, record_type: str, access: Access) -> None:
        self.record_type = registry.get(record_type)
        self._access = access
        self._known: dict[str, int | None] = {}
        self.spec = fields.specs_of(record_type)[self.record_type.title_field]

    def prefetch(self, titles: Collection[str]) -> None:
        """Read those titles that were not asked for before, in one query."""
        unread = [title for title in titles if title not in self._known]
        if not unread:
            return
        found: dict[str, int] = {}
        for title, record_id in _by_title(self.record_type, self.spec, unread, self._access):
            found[title] = AMBIGUOUS if title in found else record_id
        self._known.update({title: found.get(title) for title in unread})

    def get(self, title: str) -> int | None:
        """The id, AMBIGUOUS, or None."""
        if title not in self._known:
            self.prefetch([title])
        return self._known[title]

    def add(self, title: str, record_id: int) -> None:
        """Note a record that was made meanwhile."""
        self._known[title] = record_id


def existing(
    record_type: RecordType, specs: Sequence[FieldSpec], keys: Sequence[tuple[Any, ...]]
) -> dict[tuple[Any, ...], tuple[int, int | None, int | None]]:
    """Records by the values of some fields: id (AMBIGUOUS where several have them), owner, unit.

    All records count, whoever may see them: a duplicate is one also where it lies out of reach.
    """
    if not keys:
        return {}
    columns = [fields.column_of(spec) for spec in specs]
    selected = ", ".join(f"{column.sql}" for column in columns)
    params = [param for column in columns for param in column.params]
    first = list({key[0] for key in keys})
    wanted = set(keys)
    type_clause = "AND r.type_key = %s" if record_type.is_user_defined else ""
    type_params = [record_type.key] if record_type.is_user_defined else []
    found: dict[tuple[Any, ...], tuple[int, int | None, int | None]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id, r.owner_id, r.unit_id, {selected} FROM {record_type.table} r"
            f" WHERE {columns[0].sql} = ANY(%s) AND r.deleted_at IS NULL {type_clause}",
            [*params, *columns[0].params, first, *type_params],
        )
        for record_id, owner_id, unit_id, *values in cursor.fetchall():
            key = tuple(values)
            if key in wanted:
                found[key] = (AMBIGUOUS if key in found else record_id, owner_id, unit_id)
    return found


def _by_title(
    record_type: RecordType, spec: FieldSpec, titles: Sequence[str], access: Access
) -> list[tuple[str, int]]:
    column = fields.column_of(spec)
    scope, scope_params = access.reach(record_type.key, Verb.READ).where("r")
    type_clause = "AND r.type_key = %s" if record_type.is_user_defined else ""
    type_params = [record_type.key] if record_type.is_user_defined else []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column.sql}, r.id FROM {record_type.table} r WHERE {column.sql} = ANY(%s)"
            f" AND r.deleted_at IS NULL {type_clause} AND {scope} ORDER BY r.id",
            [*column.params, *column.params, list(titles), *type_params, *scope_params],
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]


def _people() -> dict[str, int]:
    rows = User.objects.filter(is_active=True).values_list("pk", "name", "username", "email")
    listed = list(rows)
    words = _first_or_ambiguous((flat(name), pk) for pk, name, _, _ in listed)
    words.update({flat(email): pk for pk, _, _, email in listed if email})
    words.update({flat(username): pk for pk, _, username, _ in listed})
    return words


def _first_or_ambiguous(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word, key in pairs:
        found[word] = AMBIGUOUS if word in found else key
    return found
