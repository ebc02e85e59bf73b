"""What falls due: where the things of a source are read, and what says that one has changed.

Apps below know what falls due with them (clocks, agreed follow-ups, reported problems); how that is
read is told here by `config/metrics_plugs.py`, so that nobody below knows of figures.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class DueSource:
    """One kind of thing that falls due.

    `ahead` is SQL that gives (xid, id, group_id) of what changed after `%(xid)s, %(id)s` in commit
    order, at most `%(limit)s` and only what lies behind the snapshot horizon. `rows` gives
    (group_id, thing_id, falls_at, day_at, person_id, unit_id, kind, is_met, record_id) of the
    groups that the condition in its place `{groups}` holds for. `values` are further parameters.
    """

    key: str
    ahead: str
    rows: str
    values: Callable[[], Mapping[str, Any]] = dict


Names = Callable[[], Mapping[str, Mapping[str, str]]]
"""The words of kinds by their key."""


@dataclass
class Sources:
    """All sources, and whose words the kinds of measures are."""

    due: dict[str, DueSource] = field(default_factory=dict)
    names: dict[str, Names] = field(default_factory=dict)
    feeds: Callable[[], Mapping[str, Collection[str]]] = dict
    """What panels of boards may be read from, by chart."""
    corrections: set[str] = field(default_factory=set)
    """Verbs by which somebody sets right what is counted, beside entries that correct another."""

    def register(self, source: DueSource) -> None:
        """Let measures count what falls due there."""
        self.due[source.key] = source

    def keys(self) -> Collection[str]:
        """What a measure may name as its source."""
        return self.due.keys()

    def names_of(self, key: str) -> Mapping[str, Mapping[str, str]]:
        """The words of the kinds of measures that say `names: key`; none of an unknown one."""
        found = self.names.get(key)
        return found() if found is not None else {}


sources = Sources()
