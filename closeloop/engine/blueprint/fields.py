"""One object of a document being read: its fields by type, every fault noted with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from closeloop.engine.problems import ProblemList

LOCALES = ("zh-CN", "en-US")
_SLUG = re.compile(r"^[a-z][a-z0-9_]{0,62}$")
_Choice = TypeVar("_Choice", bound=StrEnum)


class Node:
    """A JSON object inside a document. A field that is wrong is noted and read as empty."""

    def __init__(self, data: object, path: str, problems: ProblemList) -> None:
        """Read `data`, which stands at the JSON Pointer `path`."""
        self.path = path
        self.problems = problems
        self.data: Mapping[object, object] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            problems.add("value.not_an_object", path)

    def quiet(self) -> Node:
        """Give the same object, read a second time without noting faults again."""
        return Node(self.data, self.path, ProblemList())

    def at(self, name: str) -> str:
        """Give the JSON Pointer of a field."""
        return f"{self.path}/{name}"

    def problem(self, code: str, name: str, **data: object) -> None:
        """Note a fault at a field."""
        self.problems.add(code, self.at(name), **data)

    def has(self, name: str) -> bool:
        """Tell whether the field is given."""
        return self.data.get(name) is not None

    def raw(self, name: str) -> object:
        """Give the field as it stands."""
        return self.data.get(name)

    def only(self, names: Iterable[str]) -> None:
        """Note every field that is not among `names`."""
        known = set(names)
        for name in self.data:
            if name not in known:
                self.problem("value.unknown_key", str(name))

    def text(self, name: str) -> str:
        """Give a text that must be there."""
        value = self.data.get(name)
        if isinstance(value, str) and value.strip():
            return value
        self.problem("value.missing" if value in (None, "") else "value.not_text", name)
        return ""

    def slug(self, name: str) -> str:
        """Give a key that must be there: small letters, digits, underscores."""
        value = self.text(name)
        if value and not _SLUG.match(value):
            self.problem("value.not_a_key", name, value=value)
        return value

    def slugs(self, name: str) -> tuple[str, ...]:
        """Give a list of keys without repetition; none when the field is absent."""
        values = self._list(name)
        found: list[str] = []
        for index, value in enumerate(values):
            if not isinstance(value, str) or not _SLUG.match(value):
                self.problem("value.not_a_key", f"{name}/{index}", value=value)
            elif value in found:
                self.problem("key.duplicate", f"{name}/{index}", key=value)
            else:
                found.append(value)
        return tuple(found)

    def words(self, name: str) -> dict[str, str]:
        """Give words by locale that must be there, in one locale at least."""
        value = self.data.get(name)
        if value is None:
            self.problem("value.missing", name)
            return {}
        if not isinstance(value, Mapping) or not value:
            self.problem("value.not_words", name)
            return {}
        for locale, text in value.items():
            if locale not in LOCALES:
                self.problem("value.locale_unknown", f"{name}/{locale}")
            elif not isinstance(text, str) or not text.strip():
                self.problem("value.not_text", f"{name}/{locale}")
        return {str(locale): str(text) for locale, text in value.items()}

    def words_or_none(self, name: str) -> dict[str, str] | None:
        """Give words by locale, or None when the field is absent."""
        return self.words(name) if self.has(name) else None

    def whole(self, name: str, *, at_least: int, at_most: int | None = None) -> int | None:
        """Give a whole number within bounds, or None when the field is absent."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.problem("value.not_whole", name)
            return None
        if value < at_least or (at_most is not None and value > at_most):
            self.problem("value.out_of_range", name, at_least=at_least, at_most=at_most)
            return None
        return value

    def flag(self, name: str, default: bool) -> bool:
        """Give a boolean, or `default` when the field is absent."""
        value = self.data.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.problem("value.not_boolean", name)
            return default
        return value

    def one_of(self, name: str, kinds: type[_Choice], default: _Choice) -> _Choice:
        """Give one of the values of an enum, or `default` when the field is absent."""
        value = self.data.get(name)
        if value is None:
            return default
        for kind in kinds:
            if kind.value == value:
                return kind
        self.problem("value.not_a_choice", name, choices=[kind.value for kind in kinds])
        return default

    def nodes(self, name: str) -> tuple[Node, ...]:
        """Give the objects of a list; none when the field is absent."""
        return tuple(
            Node(value, self.at(f"{name}/{index}"), self.problems)
            for index, value in enumerate(self._list(name))
        )

    def _list(self, name: str) -> list[object]:
        value = self.data.get(name)
        if value is None:
            return []
        if isinstance(value, list | tuple):
            return list(value)
        self.problem("value.not_a_list", name)
        return []
