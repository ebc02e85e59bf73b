"""Which member of an address book is which person (pure).

By the id that was linked; else by phone, else by mail, each unique on both sides; else by the name,
unique on both sides too, which is only likely.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from closeloop.notices.vendors.directory import Member

CHINA = 11
"""The digits of a mobile number, without its country code."""


@dataclass(frozen=True)
class Person:
    """A person of the organisation; `external_id` where they are linked to a member."""

    id: int
    name: str
    phone: str
    email: str
    is_active: bool
    unit_id: int | None
    unit: str
    external_id: str = ""
    superior_id: int | None = None
    superior: str = ""


@dataclass(frozen=True)
class Matched:
    """A member with the person that they are, if there is one, and what told so."""

    member: Member
    person: Person | None
    by: str = ""


Problem = tuple[str, str, tuple[str, ...]]
"""A code, a name, the names that it might be."""


def match_people(
    members: Sequence[Member], people: Sequence[Person]
) -> tuple[list[Matched], list[Problem]]:
    """Every active member with their person; members about whom there is doubt are left out."""
    active = [member for member in members if member.is_active]
    linked = {person.external_id: person for person in people if person.external_id}
    found = [Matched(one, linked[one.id], "link") for one in active if one.id in linked]
    met = {one.person.id for one in found if one.person}
    waiting = [one for one in active if one.id not in linked]
    problems: list[Problem] = []
    for by, member_key, person_key in _WAYS:
        free = [
            person
            for person in people
            if person.id not in met
            and not person.external_id
            and (person.is_active or by != "name")
        ]
        pairs, doubts, waiting = _pairs(waiting, free, member_key, person_key)
        problems += [(f"same_{by}", name, others) for name, others in doubts]
        found += [Matched(member, person, by) for member, person in pairs]
        met |= {person.id for _, person in pairs}
    found += [Matched(member, None) for member in waiting]
    return found, problems


def digits(phone: str) -> str:
    """The number as people compare it: 138 0000 0001 and +86-13800000001 are one."""
    return "".join(one for one in phone if one.isdigit())[-CHINA:]


def national(phone: str) -> str:
    """A Chinese number without its country code; any other number as it is."""
    return phone.removeprefix("+86").lstrip(" -")


def _pairs(
    members: Sequence[Member],
    people: Sequence[Person],
    member_key: Callable[[Member], str],
    person_key: Callable[[Person], str],
) -> tuple[list[tuple[Member, Person]], list[tuple[str, tuple[str, ...]]], list[Member]]:
    by_key: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person_key(person):
            by_key[person_key(person)].append(person)
    rivals: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        rivals[member_key(member)].append(member)
    pairs, doubts, rest = [], [], []
    for member in members:
        key = member_key(member)
        candidates = by_key.get(key, []) if key else []
        if not candidates:
            rest.append(member)
        elif len(candidates) == 1 and len(rivals[key]) == 1:
            pairs.append((member, candidates[0]))
        else:
            doubts.append((member.name, tuple(person.name for person in candidates)))
    return pairs, doubts, rest


_WAYS: tuple[tuple[str, Callable[[Member], str], Callable[[Person], str]], ...] = (
    ("phone", lambda member: digits(member.phone), lambda person: digits(person.phone)),
    ("email", lambda member: member.email.lower(), lambda person: person.email.lower()),
    ("name", lambda member: member.name.strip(), lambda person: person.name.strip()),
)
