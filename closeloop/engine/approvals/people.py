"""Who is asked: sources become people, people who are away or gone become others.

The organisation is asked through a `Directory`, so that the rules stand apart from where it lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from closeloop.engine.approvals.model import OwnRequest, Source, SourceKind, Whose
from closeloop.engine.approvals.state import Case


class Directory(Protocol):
    """The organisation as approvals ask it. Ids are those of people and units."""

    def superiors_of(self, person: int) -> tuple[int, ...]:
        """Give the chain of superiors, nearest first."""
        ...

    def unit_of(self, person: int) -> int | None:
        """Give the unit of a person's primary position."""
        ...

    def head_of_unit(self, unit: int) -> int | None:
        """Give the head of a unit, or of the nearest one above it."""
        ...

    def holders_of(self, role: str, unit: int | None) -> tuple[int, ...]:
        """Give the holders of a role in a unit, else in the nearest unit above, else anywhere."""
        ...

    def has_role(self, person: int, role: str) -> bool:
        """Tell whether a person holds a role."""
        ...

    def is_active(self, person: int) -> bool:
        """Tell whether a person's account is open."""
        ...

    def stand_in_for(self, person: int) -> int | None:
        """Give who stands in for a person who is away now; None where the person is there."""
        ...

    def administrators(self) -> tuple[int, ...]:
        """Give the active people who look after approvals."""
        ...


@dataclass(frozen=True, slots=True)
class Seat:
    """A person to be asked, perhaps on behalf of somebody who is away."""

    person: int
    on_behalf_of: int | None = None
    part: int = 0


def named_by(
    sources: tuple[Source, ...], case: Case, *, node: str, directory: Directory
) -> tuple[int, ...]:
    """Give the people that sources name, in order, each once, whether they can be asked or not."""
    found: dict[int, None] = {}
    for source in sources:
        for person in _people_of(source, case, node, directory):
            found[person] = None
    return tuple(found)


def seated(
    people: tuple[int, ...], case: Case, *, own_request: OwnRequest, directory: Directory
) -> tuple[Seat, ...]:
    """Give who is really asked in their places: nobody twice, nobody who has left."""
    found: dict[int, Seat] = {}
    for person in people:
        seat = seat_of(person, case, own_request=own_request, directory=directory)
        if seat is not None and (seat.person not in found or seat.on_behalf_of is None):
            found[seat.person] = seat
    return tuple(found.values())


def seat_of(
    person: int, case: Case, *, own_request: OwnRequest, directory: Directory
) -> Seat | None:
    """Give who is asked in a person's place, or None where that is nobody."""
    if person == case.requester and own_request is not OwnRequest.ASK:
        above = _first_able(directory.superiors_of(person), case, directory)
        if own_request is OwnRequest.SKIP or above is None:
            return None
        person = above
    if not directory.is_active(person):
        return None
    stand_in = directory.stand_in_for(person)
    if stand_in is None or stand_in == person:
        return Seat(person)
    if _is_able(stand_in, case, directory):
        return Seat(stand_in, on_behalf_of=person)
    above = _first_able(directory.superiors_of(person), case, directory)
    # Somebody away is still somebody; nobody is worse.
    return Seat(person) if above is None else Seat(above, on_behalf_of=person)


def in_place_of(person: int, case: Case, directory: Directory) -> Seat | None:
    """Give who takes over from a person who has left: a superior, else an administrator."""
    chain = (*directory.superiors_of(person), *directory.administrators())
    above = _first_able(chain, case, directory)
    return (
        None
        if above is None
        else seat_of(above, case, own_request=OwnRequest.SUPERIOR, directory=directory)
    )


def _people_of(source: Source, case: Case, node: str, directory: Directory) -> Iterator[int]:
    whose = case.requester if source.whose is Whose.REQUESTER else case.owner or case.requester
    match source.kind:
        case SourceKind.SUPERIOR:
            chain = directory.superiors_of(whose)
            # Where the chain is shorter than asked for, its last one decides.
            yield from chain[source.level - 1 : source.level] or chain[-1:]
        case SourceKind.LEVELS:
            yield from _levels(source, directory.superiors_of(whose), directory)
        case SourceKind.UNIT_HEAD:
            unit = _unit_of(source, case, directory)
            head = None if unit is None else directory.head_of_unit(unit)
            yield from () if head is None else (head,)
        case SourceKind.ROLE:
            yield from directory.holders_of(source.role, _unit_of(source, case, directory))
        case SourceKind.PERSONS:
            yield from source.persons
        case SourceKind.CHOSEN:
            yield from case.chosen.get(node, ())
        case SourceKind.OWNER:
            yield from () if case.owner is None else (case.owner,)
        case SourceKind.REQUESTER:
            yield case.requester


def _levels(source: Source, chain: tuple[int, ...], directory: Directory) -> Iterator[int]:
    for person in chain[: source.level]:
        yield person
        if source.until_role and directory.has_role(person, source.until_role):
            return


def _unit_of(source: Source, case: Case, directory: Directory) -> int | None:
    if source.whose is Whose.OWNER and case.owner is not None:
        return case.unit if case.unit is not None else directory.unit_of(case.owner)
    return directory.unit_of(case.requester)


def _first_able(people: tuple[int, ...], case: Case, directory: Directory) -> int | None:
    return next((each for each in people if _is_able(each, case, directory)), None)


def _is_able(person: int, case: Case, directory: Directory) -> bool:
    return person != case.requester and directory.is_active(person)
