"""What a rule set says, who may receive, and what a decision tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from closeloop.engine import conditions

Name = Mapping[str, str]
OTHERWISE = "otherwise"
"""The key of the branch that takes what no other branch takes."""
DEFAULT_CAP = 5
"""Open leads that a person may have before leads pass on to the next group (requirement B03)."""


class Strategy(StrEnum):
    """How one of those who have room is chosen."""

    LEAST_OPEN = "least_open"
    ROUND_ROBIN = "round_robin"
    WEIGHTED = "weighted"
    FIXED = "fixed"


class Why(StrEnum):
    """Why somebody of a group was passed over."""

    LEFT = "left"
    PAUSED = "paused"
    AWAY = "away"
    OFF_HOURS = "off_hours"
    LACKS_SKILL = "lacks_skill"
    HAD_IT = "had_it"
    AT_CAP = "at_cap"


@dataclass(frozen=True)
class Branch:
    """One branch: while its condition is met, its groups in their order. No condition: always."""

    key: str
    name: Name
    groups: tuple[str, ...]
    when: Mapping[str, Any] | None = None
    skills: tuple[str, ...] = ()

    @cached_property
    def fact_keys(self) -> tuple[str, ...]:
        """The facts that its condition asks for, in order."""
        return tuple(sorted(conditions.fact_keys(self.when))) if self.when else ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A rule set, frozen once published. The first branch that fits decides."""

    key: str
    name: Name
    record_type: str
    branches: tuple[Branch, ...]
    otherwise: Branch
    on_created: bool = True
    on_grades: frozenset[str] = frozenset()
    reroutes: int = 2
    """How often a lead goes to somebody else before it goes to the pool."""

    @property
    def all_branches(self) -> tuple[Branch, ...]:
        """Every branch in its order, the last one for what no other takes."""
        return (*self.branches, self.otherwise)

    @property
    def groups(self) -> tuple[str, ...]:
        """Every group that is named, each once."""
        named = (group for branch in self.all_branches for group in branch.groups)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may receive. `unable` says why not now, whatever the group."""

    id: int
    cap: int = DEFAULT_CAP
    skills: frozenset[str] = frozenset()
    unable: Why | None = None


@dataclass(slots=True)
class Seat:
    """Somebody's place in a group. `turn` is the group's count when they last received."""

    person: int
    place: int = 0
    weight: int = 1
    turn: int = 0
    credit: int = 0


@dataclass(slots=True)
class Group:
    """A group with its members. `given` counts what it has received."""

    key: str
    strategy: Strategy
    seats: list[Seat] = field(default_factory=list)
    given: int = 0
    by_person: dict[int, Seat] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find everybody's place once."""
        self.by_person = {seat.person: seat for seat in self.seats}


@dataclass(slots=True)
class Passed:
    """People of a group who were passed over for the same reason."""

    group: str
    why: Why
    people: tuple[int, ...]


@dataclass
class State:
    """How everybody stands at a moment: people by id, their open leads, groups by key.

    `take` alone changes it: loads grow, and `filled` counts how often somebody came to their cap.
    Who is able to receive does not change within one state.
    """

    people: Mapping[int, Person]
    loads: dict[int, int]
    groups: Mapping[str, Group]
    prepared: dict[tuple[str, tuple[str, ...]], Prepared] = field(default_factory=dict)
    filled: int = 0

    def __post_init__(self) -> None:
        """Let everybody have a load; who is not named has none open."""
        self.loads = {**dict.fromkeys(self.people, 0), **self.loads}


@dataclass(slots=True)
class Prepared:
    """A group for certain skills: who cannot receive now, and who can but for their load.

    `room` and `full` part those who can, and hold for as long as `filled` is the state's.
    """

    passed: tuple[Passed, ...]
    able: tuple[Seat, ...]
    filled: int = -1
    room: tuple[Seat, ...] = ()
    free: tuple[int, ...] = ()
    full: tuple[Passed, ...] = ()


class Room:
    """People with their loads, paired when somebody asks: there are many of them."""

    __slots__ = ("loads", "people")

    def __init__(self, people: tuple[int, ...], loads: tuple[int, ...]) -> None:
        """Keep both in the same order."""
        self.people, self.loads = people, loads

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Each person with their load."""
        return zip(self.people, self.loads, strict=True)


@dataclass(slots=True)
class Decision:
    """Where a lead goes, and why there. Without a person it goes to the pool.

    `load` and `cap` are the person's before they receive; `free` is everybody of the group who had
    room, in the order of their ids, `loads` what each of them had; `overflow` names the groups
    without room.
    """

    branch: str
    group: str | None
    person: int | None
    load: int = 0
    cap: int = 0
    passed: tuple[Passed, ...] = ()
    overflow: tuple[str, ...] = ()
    free: tuple[int, ...] = ()
    loads: tuple[int, ...] = ()

    @property
    def room(self) -> Room:
        """Everybody of the group who had room, with their load."""
        return Room(self.free, self.loads)
