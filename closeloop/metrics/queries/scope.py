"""Whose counts somebody may read: the same reach as for the records that are counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from closeloop.engine.metrics import Metric
from closeloop.identity.actor import Actor
from closeloop.metrics.definitions import Book
from closeloop.org import queries as org
from closeloop.org.access import Reach, Verb


@dataclass(frozen=True)
class Scope:
    """A reach over counts, narrowed to a unit with all below it where one is asked for."""

    reach: Reach
    asked: frozenset[int] | None = None

    def within(self, units: frozenset[int]) -> Scope:
        """The same, of nothing but these units."""
        return replace(self, asked=units if self.asked is None else self.asked & units)

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out, so that the company's own counts are the figure."""
        return self.reach.everything and self.asked is None

    @property
    def units(self) -> frozenset[int] | None:
        """The units whose counts are read whole; None: all."""
        if self.reach.everything:
            return self.asked
        return self.reach.unit_ids if self.asked is None else self.reach.unit_ids & self.asked

    @property
    def own_of(self) -> int | None:
        """The person whose counts are read in other units too."""
        return None if self.reach.everything else self.reach.own_of

    def where(self, alias: str, person: str = "person_id") -> tuple[str, Mapping[str, Any]]:
        """The scope as SQL over the person's column and unit_id."""
        if self.is_everything:
            return "TRUE", {}
        values: dict[str, Any] = {}
        parts: list[str] = []
        if self.units:
            parts.append(f"{_unit(alias, self.units)} = ANY(%(units)s)")
            values["units"] = sorted(self.units)
        if self.own_of is not None:
            own = f"{alias}.{person} = %(own_of)s"
            values["own_of"] = self.own_of
            if self.asked is not None:
                own, values["asked"] = (
                    f"{own} AND {_unit(alias, self.asked)} = ANY(%(asked)s)",
                    sorted(self.asked),
                )
            parts.append(f"({own})")
        return (f"({' OR '.join(parts)})", values) if parts else ("FALSE", {})


def _unit(alias: str, asked: Collection[int]) -> str:
    """The unit's column; where what stands nowhere is asked for, of records too, who have none."""
    return f"coalesce({alias}.unit_id, 0)" if 0 in asked else f"{alias}.unit_id"


def scope_of(about: str, *, unit: int | None, actor: Actor) -> Scope:
    """What of the counts about a record type the actor may read."""
    reach = org.access_of(actor).reach(about, Verb.READ)
    return Scope(reach, None if unit is None else org.subtree_ids(unit))


def regions_of(metric: Metric, book: Book, *, unit: int | None, actor: Actor) -> Mapping[int, int]:
    """By unit, the one as which it is shown where a metric is broken down by unit."""
    return regions_about(book.measures[metric.numerator[0]].about, unit=unit, actor=actor)


def regions_about(about: str, *, unit: int | None, actor: Actor) -> Mapping[int, int]:
    """By unit, the one as which it is shown where things about a record type are told by unit.

    Those right below the unit that is asked for; where none is, right below the top of the actor's
    own reach: a manager sees his teams, who sees everything sees the regions of the company. Where
    that has several tops, they are the rows themselves; the base alone stands for itself.
    """
    if unit is not None:
        return org.regions_below(unit)
    reach = org.access_of(actor).reach(about, Verb.READ)
    return org.regions_below(None) if reach.everything else org.regions_within(reach.unit_ids)
