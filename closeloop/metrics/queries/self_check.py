"""The monthly self-check (G10): four figures beside their norms, and what to do about each.

Every row is a metric of the month (of now where it says how things stand), judged by its
thresholds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from closeloop.engine.metrics import Format
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.metrics.periods import Period, first_of
from closeloop.metrics.queries.figures import Asked, figures

SETTING = "self_check"
Level = Literal["good", "middle", "bad", "none"]
Unit = Literal["share", "days"]


@dataclass(frozen=True)
class Checked:
    """One row: its figure with the counts it rests on, its norm, and what to do.

    `value` None: nothing to judge, or the viewer may not see it. `of` is how many it rests on.
    """

    key: str
    name: Mapping[str, str]
    unit: Unit
    value: float | None
    hits: int | None
    of: int
    normal: float | None
    abnormal: float | None
    level: Level
    page: str
    countermeasures: Sequence[Mapping[str, str]]


def checked(month: date, *, actor: Actor) -> list[Checked]:
    """The rows of a month, as the installed pack names them. Raises MetricNotFound."""
    return [_row(each, month, actor) for each in fields.settings().get(SETTING, [])]


def _row(item: Mapping[str, Any], month: date, actor: Actor) -> Checked:
    first = first_of(month, "month")
    last = first_of(first + timedelta(days=31), "month") - timedelta(days=1)
    answer = figures(Asked(item["metric"], Period(first, last)), actor=actor)
    found, limits = answer.total, answer.metric.threshold
    is_mean = answer.metric.format is Format.MEAN
    return Checked(
        key=item["key"], name=item["name"], unit="days" if is_mean else "share",
        value=None if found.value is None else float(found.value),
        hits=None if is_mean else int(found.numerator), of=int(found.denominator or 0),
        normal=limits.good if limits else None, abnormal=limits.bad if limits else None,
        level=found.level.value, page=item["page"], countermeasures=item["countermeasures"],
    )  # fmt: skip
