"""What a model looks at: fields and how often people did what, as numbers and categories."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.behaviour.kinds import KINDS
from closeloop.fields import queries as fields
from closeloop.fields.specs import FieldSpec
from closeloop.scoring import facts
from closeloop.scoring.learning import results
from closeloop.scoring.learning.settings import Settings

MOST_CATEGORIES = 60
"""A text with more different values is no category; with fewer it is taken for one."""
LEAST_OF_CATEGORY = 20
"""Rarer values are all taken for the same."""
COUNT = "behaviour."
RECENT_DAYS = 30
NUMBERS = frozenset({"number", "money", "boolean"})
CATEGORIES = frozenset({"choice", "text"})


@dataclass(frozen=True)
class Column:
    """One column: a number, or a category whose known values stand in `values`.

    `rising`: 1 where more must never lower the chance, -1 where it must never raise it.
    """

    key: str
    kind: str
    rising: int = 0
    values: tuple[str, ...] = ()
    codes: Mapping[str, int] = field(default_factory=dict, compare=False)

    def number(self, value: Any) -> float:
        """A value as the model takes it; NaN where nothing is known."""
        if value is None or value == "":
            return math.nan
        if self.kind == "category":
            return float(self.codes.get(str(value), 0))
        return float(value)

    def as_data(self) -> dict[str, Any]:
        """The column as it is kept with its model."""
        found = {"key": self.key, "kind": self.kind, "rising": self.rising}
        return {**found, "values": list(self.values)} if self.kind == "category" else found


def column(key: str, kind: str, *, rising: int = 0, values: Sequence[str] = ()) -> Column:
    """A column; categories are numbered from 1, what is not among them is 0."""
    codes = {value: number for number, value in enumerate(values, start=1)}
    return Column(key, kind, rising, tuple(values), codes)


def from_data(kept: Iterable[Mapping[str, Any]]) -> list[Column]:
    """The columns of a kept model."""
    return [
        column(
            each["key"], each["kind"], rising=each["rising"], values=tuple(each.get("values", ()))
        )
        for each in kept
    ]


def offered(about: str, settings: Settings) -> list[FieldSpec]:
    """The fields that a model may look at: none that the product computes, none that names
    somebody, none that tells the outcome, none that was excluded.
    """
    hidden = {*results.result_of(about, settings.outcome).betrayed_by, *settings.excluded}
    return [
        spec
        for key, spec in fields.specs_of(about).items()
        if key not in hidden and not spec.is_computed and spec.type in NUMBERS | CATEGORIES
    ]


def chosen(
    about: str, settings: Settings, rows: Sequence[Mapping[str, Any]], *, with_behaviour: bool
) -> list[Column]:
    """The columns of a model for these rows: those that say something, and differ."""
    rising = settings.rising or {}
    found = []
    for spec in offered(about, settings):
        key = fields.PREFIX + spec.key
        values = Counter(row.get(key) for row in rows)
        if len(values) < 2:
            continue
        if spec.type in NUMBERS:
            found.append(column(key, "number", rising=rising.get(spec.key, 0)))
        elif len(values) <= MOST_CATEGORIES or spec.type == "choice":
            known = sorted(
                str(value)
                for value, count in values.items()
                if value not in (None, "") and count >= LEAST_OF_CATEGORY
            )
            if known:
                found.append(column(key, "category", values=known))
    if with_behaviour:
        for kind in KINDS:
            way = -1 if kind == "unsubscribed" else 1
            if any(row.get(COUNT + kind) for row in rows):
                found.append(column(COUNT + kind, "number", rising=way))
    return found


def fact_keys(about: str, settings: Settings) -> list[str]:
    """The facts to be read for these columns."""
    known = facts.catalogue_of(about)
    keys = [fields.PREFIX + spec.key for spec in offered(about, settings)]
    return [key for key in keys if key in known]


def facts_in(chosen: Iterable[Column], about: str) -> list[str]:
    """The facts that the columns of a model ask for, as far as they are still there."""
    known = facts.catalogue_of(about)
    return [each.key for each in chosen if each.key in known]


def name_of(key: str, about: str, language: str) -> str:
    """What a column is called."""
    if key.startswith(COUNT):
        kind = KINDS.get(key.removeprefix(COUNT))
        return kind.name[language] if kind else key
    spec = fields.specs_of(about).get(key.removeprefix(fields.PREFIX))
    return spec.name.get(language, key) if spec else key


def value_of(key: str, value: Any, about: str, language: str) -> str:
    """A column's value in words; empty where nothing is known."""
    if value in (None, ""):
        return ""
    spec = fields.specs_of(about).get(key.removeprefix(fields.PREFIX))
    for choice in spec.choices if spec else ():
        if choice.key == value:
            return choice.name.get(language, choice.key)
    return f"{value:g}" if isinstance(value, float) else str(value)
