"""What a measure counts and what a metric is: names, parts, thresholds with their source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from closeloop.engine.sla import Event

Name = Mapping[str, str]
AT = "at"
ACTOR = "actor"


ENTRIES = "entries"
"""The source of what is counted as it was recorded; all others give what falls due."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Which things are counted, and what each counts for.

    Of recorded things (`source` is `entries`): `events`, any of them fits; `day` and `person` are
    `at` and `actor`, or a key in the entry's data; a day is a date or an aware time, a person an
    id. `kind` is a key in the data by which counts are told apart (such as `to`, the stage
    entered), `value` one that is added up.

    Every other source knows what falls due, on which day, who owes it, and whether it was met:
    each thing counts once, from the moment it fell due, and its value is 1 when it was met. `of`
    narrows a measure to some of the source's kinds. `names` says whose words the kinds are, and
    `about` the record type whose readers may see the counts.
    """

    key: str
    name: Name
    events: tuple[Event, ...] = ()
    day: str = AT
    person: str = ACTOR
    kind: str = ""
    value: str = ""
    source: str = ENTRIES
    of: tuple[str, ...] = ()
    names: str = ""
    about: str = "customer"


class Format(StrEnum):
    """What a metric says: a share of two measures, the met or the missed share of what fell due, a
    count, a sum, a mean per counted thing.
    """

    SHARE = "share"
    MET = "met"
    MISSED = "missed"
    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Threshold:
    """From where on a figure is good and where it is bad; `source` says who set that.

    A figure between the two is neither. `bad` below `good` means that more is better.
    """

    good: float
    bad: float
    source: Name

    @property
    def more_is_better(self) -> bool:
        """Whether a larger figure is the better one."""
        return self.good >= self.bad


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure with everything that the screen must be able to say about it (G05).

    `numerator` and `denominator` are keys of measures, added up; a share has both, the others a
    numerator alone. `parts` says both in words, `exclusions` what is in neither. `period` is how
    far it is looked back where nobody says: `day`, `week`, `month` or `quarter`. What is added up
    is divided by `per` (86400: seconds are told as days). `norm` names thresholds that are kept
    elsewhere; they stand in for `threshold`. `can_target`: units and people may be given targets of
    it, month by month; only of what adds up.
    """

    key: str
    name: Name
    format: Format
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    parts: tuple[Name, Name] = field(default_factory=lambda: ({}, {}))
    source: Name = field(default_factory=dict)
    exclusions: Name = field(default_factory=dict)
    unit: Name = field(default_factory=dict)
    threshold: Threshold | None = None
    period: str = "week"
    per: int = 1
    norm: str = ""
    can_target: bool = False
