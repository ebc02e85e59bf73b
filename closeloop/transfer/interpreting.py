"""Rows of a table as values of records, a batch at a time, with every problem of every row.

The rules are compiled once per import; the validation is that of `fields`, so a row passes here
exactly where a form with the same values would.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.desk.deriving import Derived, derivers
from closeloop.fields import values as canonical
from closeloop.fields.specs import FieldSpec
from closeloop.fields.values import ValueProblem
from closeloop.org.access import Access, Verb
from closeloop.records.types import RecordType
from closeloop.transfer import columns as compiled
from closeloop.transfer.columns import Column, Fresh, Pending, ReferenceColumn, Wrong
from closeloop.transfer.lookups import Company, Titles
from closeloop.transfer.plans import (
    CREATED_AT,
    ENTERED_AT,
    OUTCOME,
    OWNER,
    STAGE,
    UNIT,
    ColumnPlan,
    Plan,
)
from closeloop.transfer.tables import Cell, Row

Problem = dict[str, Any]
_EMPTY_PLAN = ColumnPlan(column="")


@dataclass
class Batch:
    """Some rows as values: for each target one list, in the order of `numbers`."""

    numbers: list[int]
    cells: list[list[Cell]]
    values: dict[str, list[Any]] = field(default_factory=dict)
    problems: dict[int, list[Problem]] = field(default_factory=dict)
    """By place in the batch."""
    derived: dict[int, Derived] = field(default_factory=dict)
    """What a row's other values told of the field that is derived, by place."""

    def refuse(self, place: int, problem: Problem) -> None:
        """Note a problem of one row."""
        self.problems.setdefault(place, []).append(problem)

    def value(self, target: str, place: int) -> Any:
        """One row's value of a target; None where nothing gives it."""
        column = self.values.get(target)
        return None if column is None else column[place]

    def row(self, place: int, keys: Iterable[str]) -> dict[str, Any]:
        """One row's values of some targets."""
        return {key: self.values[key][place] for key in keys}


@dataclass(frozen=True)
class Setting:
    """What an import knows before its first row."""

    record_type: RecordType
    specs: Mapping[str, FieldSpec]
    access: Access
    company: Company
    owner_id: int | None
    unit_id: int | None
    makes_new: bool
    may_open: bool
    own_titles: frozenset[str] = frozenset()
    """Titles of the table's own rows, for references among them."""


class Interpreter:
    """Reads batches by one plan."""

    def __init__(self, plan: Plan, names: Sequence[str], setting: Setting) -> None:
        self.setting = setting
        self.fresh = Fresh()
        self.fields: tuple[str, ...] = ()
        self._width = len(names)
        self._columns: list[tuple[int, Column]] = []
        self._constants: dict[str, Any] = {}
        places = {name: place for place, name in enumerate(names)}
        for target, column in plan.by_target.items():
            self._columns.append((places[column.column], self._compile(target, column, plan)))
        for target, value in plan.constants.items():
            self._constants[target] = self._constant(target, value)
        given = {*plan.by_target, *self._constants}
        self._proposing = tuple(key for key in setting.specs if key in given)
        self._propose_defaults(given)
        proposed = {
            other
            for key in self._proposing
            for proposals in setting.specs[key].defaults.values()
            for other in proposals
        }
        self._deriver = derivers.of(setting.record_type.key) if setting.makes_new else None
        derived = {self._deriver.field} if self._deriver else set()
        usable = {*given, *self._constants, *(proposed if setting.makes_new else ()), *derived}
        self.fields = tuple(key for key in setting.specs if key in usable)
        self._dependent = {
            key: {choice.key: choice for choice in setting.specs[key].choices if choice.when}
            for key in self.fields
        }
        self._has_dependent = any(self._dependent.values())

    @property
    def references(self) -> list[ReferenceColumn]:
        """The columns that name other records."""
        return [column for _, column in self._columns if isinstance(column, ReferenceColumn)]

    def prepare(self, rows: Sequence[Row]) -> None:
        """Look up what a batch names; afterwards `fresh` says what is to be made for it."""
        self.fresh.records.clear()
        for place, column in self._columns:
            if isinstance(column, ReferenceColumn):
                column.prepare([_cell(cells, place) for _, cells in rows])

    def read(self, rows: Sequence[Row]) -> Batch:
        """The values of a batch (after `prepare`)."""
        batch = Batch([number for number, _ in rows], [cells for _, cells in rows])
        width = self._width
        even = [row if len(row) == width else _fitted(row, width) for row in batch.cells]
        by_column = list(zip(*even, strict=True)) or [()] * width
        for place, column in self._columns:
            found = column.convert(by_column[place])
            batch.values[column.target] = found
            if Wrong in set(map(type, found)) or isinstance(column, ReferenceColumn):
                self._take_problems(batch, column.target, found)
        for target, value in self._constants.items():
            batch.values[target] = [value] * len(rows)
        for place, cells in enumerate(batch.cells):
            if len(cells) > width and any(cells[width:]):
                batch.refuse(place, {"field": "", "code": "too_many_cells"})
        self._check_stage(batch)
        return batch

    def complete(self, batch: Batch, places: Sequence[int]) -> None:
        """Fill and check the rows that become new records: defaults, owner, required fields."""
        for key in self.fields:
            batch.values.setdefault(key, [None] * len(batch.numbers))
        self._fill_defaults(batch, places)
        self._fill_derived(batch, places)
        self._complete_owner(batch, places)
        required = [key for key in self.fields if self.setting.specs[key].is_required]
        for place in places:
            known = batch.problems.get(place, ())
            for key in required:
                if canonical.is_empty(batch.values[key][place]) and not _names(known, key):
                    batch.refuse(place, {"field": key, "code": "required"})
            if self._has_dependent:
                values = batch.row(place, self.fields)
                for problem in self.check_dependent(values, values):
                    batch.refuse(place, problem)

    def check_dependent(
        self, values: Mapping[str, Any], together: Mapping[str, Any]
    ) -> list[Problem]:
        """Choices that do not fit the record's other values."""
        found = []
        for key, choices in self._dependent.items():
            choice = choices.get(values.get(key, "")) if choices else None
            if choice is not None and not choice.fits(together):
                found.append({"field": key, "code": "choice_does_not_fit", "given": choice.key})
        return found

    def _compile(self, target: str, column: ColumnPlan, plan: Plan) -> Column:
        company, empties = self.setting.company, plan.empties
        words: Mapping[str, tuple[Mapping[str, Any], str]] = {
            OWNER: (company.people, "person_unknown_name"),
            UNIT: (company.units, "unit_unknown_name"),
            STAGE: (company.stages, "stage_unknown_name"),
        }
        if target in words:
            known, unknown = words[target]
            return compiled.word_column(target, column, empties, words=known, unknown=unknown)
        if target in (ENTERED_AT, CREATED_AT):
            return compiled.moment_column(target, column, empties)
        if target == OUTCOME:
            all_outcomes = {
                word: key for each in company.outcomes.values() for word, key in each.items()
            }
            return compiled.word_column(
                target, column, empties, words=all_outcomes, unknown="outcome_unknown_name"
            )
        return self._compile_field(self.setting.specs[target], column, empties)

    def _compile_field(self, spec: FieldSpec, column: ColumnPlan, empties: Sequence[str]) -> Column:
        if spec.type == "person":
            people = self.setting.company.people
            return compiled.word_column(
                spec.key, column, empties, words=people, unknown="person_unknown_name"
            )
        if spec.type != "record":
            return compiled.field_column(spec, column, empties, fresh=self.fresh)
        is_own = spec.target == self.setting.record_type.key
        return ReferenceColumn(
            spec.key,
            column,
            empties,
            titles=Titles(spec.target, self.setting.access),
            fresh=self.fresh,
            own_titles=self.setting.own_titles if is_own else frozenset(),
        )

    def _constant(self, target: str, value: Any) -> Any:
        spec = self.setting.specs.get(target)
        is_person = target == OWNER or (spec is not None and spec.type == "person")
        if is_person and isinstance(value, int) and value in self.setting.company.homes:
            return value  # somebody chosen on the screen
        column = self._compile(target, _EMPTY_PLAN, Plan())
        column.prepare([value])
        found = column.value_of(value)
        if isinstance(found, Wrong):
            raise ValueProblem("constant_invalid", **found.problem)
        return found

    def _propose_defaults(self, given: set[str]) -> None:
        for key, spec in self.setting.specs.items():
            if self.setting.makes_new and key not in given and "" in spec.defaults:
                self._constants[key] = canonical.cleaner_of(spec)(spec.defaults[""].get(key))

    def _fill_defaults(self, batch: Batch, places: Sequence[int]) -> None:
        """What a chosen key proposes for fields that nobody filled (K02)."""
        for key in self._proposing:
            proposals = self.setting.specs[key].defaults
            if not any(proposals):
                continue
            chosen = batch.values[key]
            for place in places:
                for other, default in proposals.get(chosen[place] or "", {}).items():
                    column = batch.values.get(other)
                    if chosen[place] and column is not None and canonical.is_empty(column[place]):
                        clean = canonical.cleaner_of(self.setting.specs[other])
                        column[place] = clean(default)

    def _fill_derived(self, batch: Batch, places: Sequence[int]) -> None:
        """What the values of new rows tell beside themselves, where nothing was given."""
        deriver = self._deriver
        if deriver is None:
            return
        filled = batch.values[deriver.field]
        sources = {key: batch.values[key] for key in deriver.sources if key in batch.values}
        keys, rows = tuple(sources), list(zip(*sources.values(), strict=True))
        for place in places if sources else ():
            if not filled[place]:
                found = deriver.derive(dict(zip(keys, rows[place], strict=True)))
                if found is not None:
                    filled[place] = found.value
                    batch.derived[place] = found

    def _take_problems(self, batch: Batch, target: str, found: list[Any]) -> None:
        for place, value in enumerate(found):
            if value.__class__ is Wrong:
                batch.refuse(place, dict(value.problem))
                found[place] = None
            elif value.__class__ is Pending and value.title == self._title(batch, place):
                batch.refuse(place, {"field": target, "code": "reference_to_itself"})

    def _title(self, batch: Batch, place: int) -> Any:
        title = batch.value(self.setting.record_type.title_field, place)
        return None if title.__class__ is Wrong else title

    def _complete_owner(self, batch: Batch, places: Sequence[int]) -> None:
        setting = self.setting
        if OWNER not in batch.values and UNIT not in batch.values:
            return
        reach = setting.access.reach(setting.record_type.key, Verb.CREATE)
        count = len(batch.numbers)
        owners = batch.values.setdefault(OWNER, [None] * count)
        units = batch.values.setdefault(UNIT, [None] * count)
        for place in places:
            owner = owners[place] = owners[place] or setting.owner_id
            if units[place] is None:
                home = setting.company.homes.get(owner) if owner is not None else None
                units[place] = home if home is not None else setting.unit_id
            if owner != setting.access.user_id and not reach.covers(
                owner_id=owner, unit_id=units[place]
            ):
                batch.refuse(place, {"field": OWNER, "code": "owner_outside_reach"})

    def _check_stage(self, batch: Batch) -> None:
        setting = self.setting
        for target in (ENTERED_AT, CREATED_AT, OUTCOME):
            if setting.may_open or target not in batch.values:
                continue
            for place, value in enumerate(batch.values[target]):
                if value is not None:
                    batch.refuse(place, {"field": target, "code": "opening_only"})
        for place, outcome in enumerate(batch.values.get(OUTCOME, ())):
            stage = batch.value(STAGE, place) or setting.company.initial
            if outcome and outcome not in setting.company.outcomes.get(stage, {}).values():
                batch.refuse(place, {"field": OUTCOME, "code": "outcome_not_of_stage"})


def count_titles(rows: Iterable[Row], place: int, clean: Any) -> Counter[str]:
    """How often each title stands in one column of a table."""
    found: Counter[str] = Counter()
    for _, cells in rows:
        try:
            title = clean(_cell(cells, place))
        except ValueProblem:
            continue
        if title:
            found[title] += 1
    return found


def _names(problems: Iterable[Problem], key: str) -> bool:
    return any(problem["field"] == key for problem in problems)


def _cell(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _fitted(row: Sequence[Cell], width: int) -> list[Cell]:
    return [*row[:width], *[None] * (width - len(row))]
