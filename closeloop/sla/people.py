"""Who a relation names: the owner's superior, a role in the unit, whoever asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from closeloop.org import queries as org
from closeloop.org.models import AbsenceScope

_SUPERIOR = "superior"


@dataclass(frozen=True)
class Place:
    """From where relations are looked at."""

    owner_id: int | None
    unit_id: int | None
    requester_id: int | None = None
    principal_id: int | None = None
    """Whom the owner stands in for: the superiors meant are that person's."""


class Directory:
    """Resolves relations; what was looked up once is kept, so hold one for a batch, not longer."""

    def __init__(self) -> None:
        self._chains: dict[int, tuple[int, ...]] = {}
        self._roles: dict[tuple[str, int | None], list[int]] = {}
        self._heads: dict[int, int | None] = {}
        self._units: dict[int, int | None] = {}
        self._stand_ins: Mapping[int, int] | None = None

    def look_up(self, asked: Iterable[tuple[Sequence[str], Place]]) -> None:
        """Read the superiors of everybody for whom they will be asked, in one query."""
        below = {
            place.principal_id or place.owner_id
            for relations, place in asked
            if any(relation.partition(":")[0] == _SUPERIOR for relation in relations)
        }
        unknown = [each for each in below if each is not None and each not in self._chains]
        if unknown:
            self._chains |= org.lines_above(unknown)

    def people(self, relations: tuple[str, ...], place: Place) -> tuple[int, ...]:
        """The people whom relations name, each once, in order; nobody where there is none."""
        found: dict[int, None] = {}
        for relation in relations:
            for person in self._of(relation, place):
                found[person] = None
        return tuple(found)

    def stand_in(self, person_id: int, at: datetime) -> int | None:
        """Who stands in for somebody who is away, for what concerns clocks."""
        if self._stand_ins is None:
            self._stand_ins = org.stand_ins(at, scope=AbsenceScope.CLOCKS)
        return self._stand_ins.get(person_id)

    def first(self, relation: str, place: Place) -> int | None:
        """The first person whom a relation names."""
        return next(iter(self._of(relation, place)), None)

    def _of(self, relation: str, place: Place) -> tuple[int, ...] | list[int]:
        kind, _, rest = relation.partition(":")
        if kind == "role":
            return self._holders(rest, self._unit(place))
        if kind == "person":
            return (int(rest),)
        one: int | None = None
        if kind == "owner":
            one = place.owner_id
        elif kind == "requester":
            one = place.requester_id
        elif kind == "unit_head":
            unit_id = self._unit(place)
            one = self._head(unit_id) if unit_id is not None else None
        elif (below := place.principal_id or place.owner_id) is not None:
            chain = self._chain(below)
            steps = int(rest) if rest else 1
            # Whoever has fewer superiors than that answers to the last of them.
            one = chain[min(steps, len(chain)) - 1] if chain else None
        return () if one is None else (one,)

    def _chain(self, person_id: int) -> tuple[int, ...]:
        if person_id not in self._chains:
            self._chains[person_id] = org.superiors_of(person_id)
        return self._chains[person_id]

    def _head(self, unit_id: int) -> int | None:
        if unit_id not in self._heads:
            self._heads[unit_id] = org.head_of_unit(unit_id)
        return self._heads[unit_id]

    def _holders(self, role: str, unit_id: int | None) -> list[int]:
        key = (role, unit_id)
        if key not in self._roles:
            self._roles[key] = list(org.people_with_role(role, unit_id))
        return self._roles[key]

    def _unit(self, place: Place) -> int | None:
        if place.unit_id is not None or place.owner_id is None:
            return place.unit_id
        if place.owner_id not in self._units:
            self._units[place.owner_id] = org.home_unit_of(place.owner_id)
        return self._units[place.owner_id]
