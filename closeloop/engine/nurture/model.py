"""What a nurture path says: what starts and ends it, and its steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Name = Mapping[str, str]
Tree = Mapping[str, Any]
OPENED_LAST, CLICKED_LAST = "nurture.opened_last", "nurture.clicked_last"
"""Whether the last message of the enrolment was opened; whether a link in it was followed."""
OPENED, CLICKED = "nurture.opened:", "nurture.clicked:"
"""Prefixes of the same about the message of one step; the step's key follows."""
SENT = "nurture.sent"
"""How many messages of the enrolment have left."""
HAS_OWNER = "has_owner"


class StepKind(StrEnum):
    """What a step does."""

    WAIT = "wait"
    BRANCH = "branch"
    SEND = "send"
    SCORE = "score"
    HAND_OVER = "hand_over"
    END = "end"


class Channel(StrEnum):
    """How people outside are reached."""

    MAIL = "mail"
    SMS = "sms"
    WECOM = "wecom"


class TimeUnit(StrEnum):
    """In what a wait is counted."""

    HOURS = "hours"
    DAYS = "days"


class Basis(StrEnum):
    """Which time counts: any hour, or the calendar's."""

    NATURAL = "natural"
    WORKING = "working"


class Target(StrEnum):
    """To whom a lead is handed over."""

    ROUTING = "routing"
    POOL = "pool"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Wait:
    """A pause; `until` is a time of day in seconds to go on to, `until_working` asks for work."""

    key: str
    name: Name
    amount: int
    unit: TimeUnit = TimeUnit.DAYS
    basis: Basis = Basis.NATURAL
    until: int | None = None
    until_working: bool = False
    kind = StepKind.WAIT


@dataclass(frozen=True, slots=True)
class Branch:
    """One of two lists of steps; afterwards the list in which the branch stands goes on."""

    key: str
    name: Name
    when: Tree
    then: tuple[Step, ...]
    otherwise: tuple[Step, ...]
    kind = StepKind.BRANCH


@dataclass(frozen=True, slots=True)
class Send:
    """One message by a template."""

    key: str
    name: Name
    channel: Channel
    template: str
    kind = StepKind.SEND


@dataclass(frozen=True, slots=True)
class Score:
    """Points for the lead, or off it, with what stands beside them."""

    key: str
    name: Name
    points: int
    reason: Name
    kind = StepKind.SCORE


@dataclass(frozen=True, slots=True)
class HandOver:
    """The lead goes to somebody; the path ends."""

    key: str
    name: Name
    to: Target
    role: str = ""
    note: Name | None = None
    kind = StepKind.HAND_OVER


@dataclass(frozen=True, slots=True)
class End:
    """The path ends here."""

    key: str
    name: Name
    kind = StepKind.END


Step = Wait | Branch | Send | Score | HandOver | End


@dataclass(frozen=True, slots=True)
class Starts:
    """Upon which verbs a lead that meets the condition begins, and when once more (None: never)."""

    on: frozenset[str] = frozenset()
    when: Tree | None = None
    again_after_days: int | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Why a lead leaves: a condition, verbs, or both. Without verbs it is asked at every look."""

    key: str
    name: Name
    on: frozenset[str] = frozenset()
    when: Tree | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """A nurture path, frozen once published."""

    key: str
    name: Name
    record_type: str
    starts: Starts
    leaves: tuple[Leave, ...]
    steps: tuple[Step, ...]

    @property
    def all_steps(self) -> tuple[Step, ...]:
        """Every step in the order of the document, those of branches too."""
        return tuple(walk(self.steps))

    @property
    def templates(self) -> frozenset[str]:
        """The templates that its steps send."""
        return frozenset(step.template for step in self.all_steps if isinstance(step, Send))


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Every step below some, in the order of the document."""
    for step in steps:
        yield step
        if isinstance(step, Branch):
            yield from walk(step.then)
            yield from walk(step.otherwise)
