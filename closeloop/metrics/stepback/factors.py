"""What may go together with a step-back: when, where, whose customer, which stage, whose move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from closeloop.customers.catalogue import CUSTOMER
from closeloop.deals.catalogue import DEAL
from closeloop.edge import messages
from closeloop.engine.association import Observation, Trait
from closeloop.fields import queries as fields
from closeloop.identity import queries as identity
from closeloop.metrics.stepback.moves import Move
from closeloop.org import queries as org
from closeloop.org.access import Access
from closeloop.process import blueprints

WEEKDAY_HOUR, WEEKDAY, HOUR = "weekday_hour", "weekday", "hour"
STAGE, PERSON, UNIT = "stage", "person", "unit"
CUSTOMER_FIELDS = ("industry", "level")
"""The fields of a customer by which it is classed; whoever may not read one gets no row of it."""
FACTORS = (WEEKDAY_HOUR, WEEKDAY, HOUR, *CUSTOMER_FIELDS, STAGE, UNIT, PERSON)


def read_by(access: Access) -> frozenset[str]:
    """The factors that somebody may see."""
    hidden = fields.hidden_from(CUSTOMER.key, access)
    return frozenset(each for each in FACTORS if each not in hidden)


def traits_of(move: Move, factors: frozenset[str], zone: tzinfo) -> frozenset[Trait]:
    """The levels of every factor that hold for a move."""
    at = move.at.astimezone(zone)
    weekday, hour = str(at.isoweekday()), str(at.hour)
    levels: Mapping[str, object] = {
        WEEKDAY_HOUR: f"{weekday}-{hour}",
        WEEKDAY: weekday,
        HOUR: hour,
        "industry": move.industry,
        "level": move.level,
        STAGE: move.from_stage,
        UNIT: move.unit,
        PERSON: move.person,
    }
    return frozenset(
        (factor, str(level))
        for factor, level in levels.items()
        if level is not None and factor in factors
    )


def observed(
    moves: Iterable[Move], factors: frozenset[str], zone: tzinfo
) -> list[tuple[Move, Observation]]:
    """Moves as observations: a step-back is a hit, the moves of a deal are one cluster."""
    return [
        (move, Observation(move.deal, move.is_back, traits_of(move, factors, zone)))
        for move in moves
    ]


@dataclass(frozen=True)
class Labels:
    """What levels are called in a language."""

    language: str
    people: Mapping[int, str]
    units: Mapping[int, str]
    stages: Mapping[str, Mapping[str, str]]
    choices: Mapping[str, Mapping[str, Mapping[str, str]]]

    def of(self, trait: Trait) -> str:
        """The name of a level."""
        factor, level = trait
        if factor == WEEKDAY_HOUR:
            weekday, _, hour = level.partition("-")
            return f"{self._weekday(weekday)} {self._hour(hour)}"
        if factor == WEEKDAY:
            return self._weekday(level)
        if factor == HOUR:
            return self._hour(level)
        if factor in (PERSON, UNIT):
            names = self.people if factor == PERSON else self.units
            return names.get(int(level), "—")
        if factor == STAGE:
            return self.stage(level)
        return self._in_language(self.choices.get(factor, {}).get(level), level)

    def stage(self, key: str) -> str:
        """The name of a stage."""
        return self._in_language(self.stages.get(key), key)

    def _weekday(self, weekday: str) -> str:
        return messages.say(f"stepbacks.weekday.{weekday}", self.language)

    def _hour(self, hour: str) -> str:
        return f"{int(hour):02}:00–{int(hour) + 1:02}:00"

    def _in_language(self, name: Mapping[str, str] | None, key: str) -> str:
        return (name or {}).get(self.language) or key


def labels(moves: Iterable[Move], language: str) -> Labels:
    """The names of everything that moves have to do with."""
    people = {each for move in moves for each in (move.person, move.owner) if each is not None}
    version = blueprints.current_of(DEAL.key)
    specs = fields.specs_of(CUSTOMER.key)
    return Labels(
        language=language,
        people=identity.names_of(people),
        units=org.unit_names(),
        stages={stage.key: stage.name for stage in (version.stages if version else ())},
        choices={
            key: {choice.key: choice.name for choice in specs[key].choices}
            for key in CUSTOMER_FIELDS
            if key in specs
        },
    )
