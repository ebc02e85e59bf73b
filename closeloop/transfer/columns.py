"""One column of a table, compiled once, turned into values batch by batch.

A column remembers what it made of a text: most columns of real tables say the same few things.
What cannot be turned into a value becomes a `Wrong`, which carries the problem.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.fields import values as canonical
from closeloop.fields.specs import FieldSpec
from closeloop.fields.values import ValueProblem
from closeloop.records.search import initials_of
from closeloop.transfer import translation
from closeloop.transfer.lookups import AMBIGUOUS, Titles, choice_words
from closeloop.transfer.plans import ColumnPlan
from closeloop.transfer.sheets import plain_text
from closeloop.transfer.translation import flat, text_of

MOST_REMEMBERED = 20_000
LEAST_JUDGED = 500
_UNSEEN = object()


@dataclass(frozen=True)
class Wrong:
    """A cell that says nothing its field can hold."""

    problem: Mapping[str, Any]


@dataclass(frozen=True)
class Pending:
    """A reference to a record that is not there yet: a later row of the same table, or one that a
    run would make. It is set when all rows are there.
    """

    title: str


@dataclass
class Fresh:
    """What a table brings with it: choices that are to be added, records that are to be made."""

    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    """Field key -> choice key -> its name."""
    records: dict[str, dict[str, None]] = field(default_factory=dict)
    """Field key -> titles, in the order of the table."""


Meaning = Callable[[Any], Any]


class Column:
    """The cells of one place, as values of one target."""

    def __init__(self, target: str, plan: ColumnPlan, empties: Iterable[str], one: Meaning) -> None:
        self.target = target
        self._one = one
        self._when_empty = plan.when_empty
        self._values = {key.strip(): value for key, value in plan.values.items()}
        self._empties = frozenset(text.strip() for text in empties)
        self._memo: dict[Any, Any] | None = {}

    def prepare(self, cells: Sequence[Any]) -> None:
        """Read what the batch will need (columns that look things up)."""

    def convert(self, cells: Sequence[Any]) -> list[Any]:
        """The values of a batch, in order."""
        memo, one = self._memo, self.value_of
        if memo is None:
            return [one(cell) for cell in cells]
        found: list[Any] = []
        add, get, missed = found.append, memo.get, 0
        for cell in cells:
            value = get(cell, _UNSEEN) if cell.__class__ is str else one(cell)
            if value is _UNSEEN:
                missed += 1
                memo[cell] = value = one(cell)
            add(value)
        if missed > len(cells) // 2 and len(cells) >= LEAST_JUDGED:
            self._memo = None  # a column of names or numbers: remembering costs more than it saves
        elif len(memo) > MOST_REMEMBERED:
            memo.clear()
        return found

    def value_of(self, cell: Any) -> Any:
        """What one cell says."""
        meant = self.meant(cell)
        if meant is None:
            return None
        try:
            return self._one(meant)
        except ValueProblem as problem:
            return Wrong({"field": self.target, "code": problem.code, **problem.data})

    def meant(self, cell: Any) -> Any:
        """The cell after the plan's own words: None where it means nothing."""
        if cell.__class__ is str:
            text = plain_text(cell.strip())
            if text in self._values:
                cell = self._values[text]
            else:
                cell = None if not text or text in self._empties else text
        elif cell is not None and self._values:
            cell = self._values.get(text_of(cell) or "", cell)
        return self._when_empty if cell is None else cell

    def forget(self) -> None:
        """Drop what was remembered, because what the words stand for has changed."""
        if self._memo is not None:
            self._memo.clear()


class ReferenceColumn(Column):
    """A column whose cells name other records by their title."""

    def __init__(
        self,
        target: str,
        plan: ColumnPlan,
        empties: Iterable[str],
        *,
        titles: Titles,
        fresh: Fresh,
        own_titles: frozenset[str],
    ) -> None:
        super().__init__(target, plan, empties, self._reference)
        self.titles = titles
        self._fresh = fresh
        self._own_titles = own_titles
        self.missing_values = plan.create_missing
        self._rejected: dict[str, str] = {}
        self._clean_title = canonical.cleaner_of(titles.spec)

    def prepare(self, cells: Sequence[Any]) -> None:
        """Look the batch's titles up at once, and note those that are to be made."""
        titles = {title for cell in set(cells) if (title := self._title(cell)) is not None}
        self.titles.prefetch(titles)
        self.forget()
        if self.missing_values is not None:
            missing = (title for title in map(self._title, cells) if title is not None)
            wanted = self._fresh.records.setdefault(self.target, {})
            for title in missing:
                if self.titles.get(title) is None and title not in self._own_titles:
                    wanted[title] = None

    def reject(self, title: str, why: str) -> None:
        """Note that a record of this title could not be made."""
        self._rejected[title] = why

    def _title(self, cell: Any) -> str | None:
        meant = self.meant(cell)
        try:
            return None if meant is None else self._clean_title(text_of(meant))
        except ValueProblem:
            return None

    def _reference(self, meant: Any) -> Any:
        title = self._clean_title(text_of(meant))
        found = self.titles.get(title)
        if found == AMBIGUOUS:
            raise ValueProblem("reference_ambiguous", given=title)
        if found is not None:
            return found
        if title in self._own_titles:
            return Pending(title)
        if title in self._rejected:
            raise ValueProblem("reference_not_made", given=title, why=self._rejected[title])
        if self.missing_values is not None:
            return Pending(title)  # a run has made it by now; only a preview comes here
        raise ValueProblem("reference_unknown_title", given=title)


def field_column(
    spec: FieldSpec, plan: ColumnPlan, empties: Iterable[str], *, fresh: Fresh
) -> Column:
    """The column of a field that is neither person nor record."""
    if spec.type == "choice":
        return Column(spec.key, plan, empties, _choice(spec, plan, fresh))
    if spec.type == "choices":
        one = _choice(spec, plan, fresh)

        def several(meant: Any) -> list[str]:
            given = meant if isinstance(meant, list) else translation.several_of(meant)
            return sorted({key for part in given if (key := one(part)) is not None})

        return Column(spec.key, plan, empties, several)
    clean = canonical.cleaner_of(spec)
    own = translation.translators(plan.date_order)
    translate: Meaning = own.get(spec.type, text_of)
    return Column(spec.key, plan, empties, lambda meant: clean(translate(meant)))


def word_column(
    target: str,
    plan: ColumnPlan,
    empties: Iterable[str],
    *,
    words: Mapping[str, Any],
    unknown: str,
) -> Column:
    """The column whose cells are words for something known: a person, a unit, a stage."""

    def one(meant: Any) -> Any:
        given = text_of(meant) or ""
        found = words.get(flat(given))
        if found is None:
            raise ValueProblem(unknown, given=given[:80])
        if found == AMBIGUOUS:
            raise ValueProblem("name_ambiguous", given=given[:80])
        return found

    return Column(target, plan, empties, one)


def moment_column(target: str, plan: ColumnPlan, empties: Iterable[str]) -> Column:
    """The column that says when something happened."""
    translate = translation.translators(plan.date_order)["datetime"]
    return Column(target, plan, empties, translate)


def _choice(spec: FieldSpec, plan: ColumnPlan, fresh: Fresh) -> Meaning:
    words = choice_words(spec)

    def one(meant: Any) -> str | None:
        given = (text_of(meant) or "").strip()
        if not given:
            return None
        key = words.get(flat(given))
        if key is not None or plan.unmatched == "empty":
            return key
        if plan.unmatched == "refuse":
            raise ValueProblem("choice_unknown", given=given[:80])
        added = fresh.choices.setdefault(spec.key, {})
        key = _new_key(given, taken={*words.values(), *added})
        added[key] = given
        words[flat(given)] = key
        return key

    return one


def _new_key(label: str, *, taken: set[str]) -> str:
    """A key for a new choice: its Latin letters, else its pinyin initials, else a digest."""
    plain = unicodedata.normalize("NFKD", label).lower()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or initials_of(label)
    key = re.sub(r"[^a-z0-9_]", "", key)[:40]
    if not key or not key[0].isalpha():
        key = f"c_{key}" if key else f"c_{hashlib.sha256(label.encode()).hexdigest()[:8]}"
    candidate, count = key, 2
    while candidate in taken:
        candidate = f"{key}_{count}"
        count += 1
    return candidate
