"""What falls due or stands somewhere now: where the things of a source are read.

Apps below know what falls due with them (clocks, agreed follow-ups, reported problems) and how
things stand (what is dormant, late, incomplete); how that is read is told here by
`config/metrics_plugs.py` and `config/state_plugs.py`, so that nobody below knows of figures.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from closeloop.engine.metrics import Threshold
from closeloop.identity.actor import Actor


@dataclass(frozen=True)
class Touched:
    """Which groups an entry of the record changes: the SQL `groups` gives their ids, for an entry
    `read` (xid, id, verb, record_id, data) that the condition `where` holds for."""

    groups: str
    where: str


@dataclass(frozen=True)
class DueSource:
    """One kind of thing that falls due.

    `ahead` says what changed: by the record's entries, or by SQL of its own that gives (xid, id,
    group_id) of what changed after `%(xid)s, %(id)s` in commit order, at most `%(limit)s` and only
    what lies behind the snapshot horizon. `rows` gives (group_id, thing_id, falls_at, day_at,
    person_id, unit_id, kind, is_met, record_id) of the groups that the condition in its place
    `{groups}` holds for. `values` are further parameters.
    """

    key: str
    ahead: str | Touched
    rows: str
    values: Callable[[], Mapping[str, Any]] = dict


Sql = tuple[str, Mapping[str, Any]]
"""SQL and its named parameters."""


@dataclass(frozen=True)
class Within:
    """Which things of a standing source are read: what somebody may see, of which moments.

    `where` gives the reach as SQL over a table with owner_id and unit_id. `since` and `until` (not
    in it) bound a dated source.
    """

    actor: Actor
    where: Callable[[str], Sql]
    since: datetime
    until: datetime
    now: datetime


@dataclass(frozen=True)
class StandingSource:
    """One kind of thing that is counted as it stands now, read each time it is asked for.

    `rows` gives (thing_id, record_id, at, owner_id, unit_id, kind, is_met, value) of what lies
    within; `value` is what is added up, NULL where the things are met or not. `is_dated`: a thing
    belongs to the day of its `at` (leads that came in the period, as they stand now); all others
    are told of now alone, whichever period is asked for.
    """

    key: str
    rows: Callable[[Within], Sql]
    is_dated: bool = False


Names = Callable[[], Mapping[str, Mapping[str, str]]]
"""The words of kinds by their key."""


@dataclass(frozen=True)
class Lines:
    """Which records belong to which product line.

    `about` is the type of records that have one. `rows` gives (record_id, line) of all of them,
    those that were removed too; the line is NULL for none. `names` are the words of lines.
    """

    about: str
    rows: str
    names: Names


@dataclass
class Sources:
    """All sources, and whose words the kinds of measures are."""

    due: dict[str, DueSource] = field(default_factory=dict)
    standing: dict[str, StandingSource] = field(default_factory=dict)
    names: dict[str, Names] = field(default_factory=dict)
    feeds: Callable[[], Mapping[str, Collection[str]]] = dict
    """What panels of boards may be read from, by chart."""
    corrections: set[str] = field(default_factory=set)
    """Verbs by which somebody sets right what is counted, beside entries that correct another."""
    norms: dict[str, Callable[[], Threshold | None]] = field(default_factory=dict)
    """Thresholds that are kept elsewhere, with their own versions and history."""
    lines: Lines | None = None
    """The product lines by which pilots may be told apart."""

    def register(self, source: DueSource) -> None:
        """Let measures count what falls due there."""
        self.due[source.key] = source

    def stand(self, source: StandingSource) -> None:
        """Let measures count how things stand there."""
        self.standing[source.key] = source

    def keys(self) -> Collection[str]:
        """What a measure may name as its source."""
        return self.due.keys() | self.standing.keys()

    def is_now(self, source: str) -> bool:
        """Whether what is counted of the source is told of now alone."""
        return source in self.standing and not self.standing[source].is_dated

    def threshold_of(self, norm: str) -> Threshold | None:
        """The thresholds that are kept under a name; none of an unknown one."""
        found = self.norms.get(norm)
        return found() if found is not None else None

    def names_of(self, key: str) -> Mapping[str, Mapping[str, str]]:
        """The words of the kinds of measures that say `names: key`; none of an unknown one."""
        found = self.names.get(key)
        return found() if found is not None else {}


sources = Sources()
