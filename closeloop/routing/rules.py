"""What decides now: the active rule sets, the groups and who is in them, loaded once per change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from closeloop.edge import revisions
from closeloop.edge.revisions import CachedByRevision
from closeloop.engine.routing import Compiled, Known, Strategy, compile_rules, parse_rules
from closeloop.fields import queries as fields
from closeloop.routing import facts, models
from closeloop.routing.models import RuleSetVersion
from closeloop.routing.plugs import plugs

REVISION = "routing"
CREATED, GRADED = "created", "graded"


@dataclass(frozen=True)
class Live:
    """The version of a rule set that decides."""

    key: str
    record_type: str
    number: int
    definition: Mapping[str, Any]
    name: Mapping[str, str]
    listens: frozenset[str]


@dataclass(frozen=True)
class Enrolled:
    """Somebody as they were enrolled: cap, skills, hours."""

    person_id: int
    cap: int
    skills: frozenset[str]
    hours: str
    is_receiving: bool


@dataclass(frozen=True)
class Place:
    """Somebody's seat in a group, without what changes with each decision."""

    seat_id: int
    person_id: int
    place: int
    weight: int


@dataclass(frozen=True)
class Table:
    """A group as it was made."""

    id: int
    key: str
    name: Mapping[str, str]
    strategy: Strategy
    places: tuple[Place, ...]


def active(record_type: str) -> Live | None:
    """The version that decides for a record type, or None where nothing does."""
    return _active.get().get(record_type)


def record_types() -> list[str]:
    """The types of which rules decide now."""
    return list(_active.get())


def verbs() -> frozenset[str]:
    """The verbs upon which something is decided."""
    return _verbs(revisions.number(REVISION))


def compiled(live: Live) -> Compiled:
    """A live version ready to decide, as fields and stages are now."""
    return compiled_of(live.definition, live.record_type)


def compiled_of(definition: Mapping[str, Any], record_type: str) -> Compiled:
    """A definition ready to decide. Raises RulesInvalid where it is no rule set at all."""
    return _compiled(
        _Frozen(definition), record_type, revisions.number(fields.REVISION), _stages(record_type)
    )


def tables() -> Mapping[str, Table]:
    """Every group by key, in their order."""
    return _tables.get()


def enrolled() -> Mapping[int, Enrolled]:
    """Everybody who receives by rule, by id."""
    return _enrolled.get()


def known(record_type: str) -> Known:
    """What a rule set of a record type may name."""
    people = enrolled()
    grades = plugs.grades(record_type)
    return Known(
        catalogue=facts.catalogue_of(record_type),
        groups={
            key: [people[place.person_id].skills for place in table.places]
            for key, table in tables().items()
        },
        grades=frozenset(key for key, _ in grades),
    )


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    for held in (_active, _tables, _enrolled):
        held.clear()
    _verbs.cache_clear()
    _compiled.cache_clear()


class _Frozen:
    """A definition as a key of the cache: equal to any other that says the same."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self.definition = definition

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and self.definition == other.definition

    def __hash__(self) -> int:
        return hash(self.definition.get("key"))


@lru_cache(maxsize=64)
def _compiled(
    frozen: _Frozen, record_type: str, _fields: int, _stages: tuple[str, ...]
) -> Compiled:
    return compile_rules(parse_rules(frozen.definition), facts.catalogue_of(record_type))


def _stages(record_type: str) -> tuple[str, ...]:
    return tuple(plugs.stages(record_type))


@lru_cache(maxsize=4)
def _verbs(_revision: int) -> frozenset[str]:
    return frozenset(
        f"{live.record_type}.{ending}" for live in _active.get().values() for ending in live.listens
    )


def _load_active() -> dict[str, Live]:
    versions = RuleSetVersion.objects.filter(is_current=True, rule_set__is_active=True)
    return {each.rule_set.record_type: _live(each) for each in versions.select_related("rule_set")}


def _live(version: RuleSetVersion) -> Live:
    parsed = parse_rules(version.definition)
    heard = {CREATED} if parsed.on_created else set()
    return Live(
        key=version.rule_set.key,
        record_type=version.rule_set.record_type,
        number=version.number,
        definition=version.definition,
        name=parsed.name,
        listens=frozenset(heard | ({GRADED} if parsed.on_grades else set())),
    )


def _load_tables() -> dict[str, Table]:
    found = models.Group.objects.prefetch_related("seats").order_by("position", "pk")
    return {
        group.key: Table(
            id=group.pk,
            key=group.key,
            name=group.name,
            strategy=Strategy(group.strategy),
            places=tuple(
                Place(seat.pk, seat.receiver_id, seat.place, seat.weight)
                for seat in sorted(group.seats.all(), key=lambda seat: (seat.place, seat.pk))
            ),
        )
        for group in found
    }


def _load_enrolled() -> dict[int, Enrolled]:
    return {
        each.pk: Enrolled(each.pk, each.cap, frozenset(each.skills), each.hours, each.is_receiving)
        for each in models.Receiver.objects.all()
    }


_active = CachedByRevision(REVISION, _load_active)
_tables = CachedByRevision(REVISION, _load_tables)
_enrolled = CachedByRevision(REVISION, _load_enrolled)
