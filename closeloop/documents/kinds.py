"""The kinds of documents that the product writes; the apps above bring theirs from wiring."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from closeloop.documents.content import Content

Build = Callable[[Mapping[str, Any]], Content]


@dataclass(frozen=True)
class Kind:
    """One kind of document: its key, its name in each language, and who builds it.

    `build` takes the request of `write_document` with `record_id`, `record_type` and `unit_id`.
    """

    key: str
    name: Mapping[str, str]
    build: Build


class KindUnknown(RuntimeError):
    """No builder of that kind was registered in wiring."""


class Kinds:
    """Every kind by key."""

    def __init__(self) -> None:
        self._by_key: dict[str, Kind] = {}

    def register(self, kind: Kind) -> None:
        """Bring a kind (from wiring)."""
        self._by_key[kind.key] = kind

    def get(self, key: str) -> Kind:
        """The kind of that key; raises KindUnknown."""
        found = self._by_key.get(key)
        if found is None:
            raise KindUnknown(key)
        return found

    def name_of(self, key: str) -> Mapping[str, str]:
        """What the kind is called; its key where it is no longer there."""
        found = self._by_key.get(key)
        return found.name if found else {"zh-CN": key, "en-US": key}

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._by_key.values())


kinds = Kinds()


def register(kind: Kind) -> None:
    """Bring a kind (from wiring)."""
    kinds.register(kind)
