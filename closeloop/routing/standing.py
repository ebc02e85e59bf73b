"""How everybody stands at a moment: loads, absences, working hours, turns."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from closeloop.edge import statements
from closeloop.edge.statements import Statement
from closeloop.engine.routing import Group, Person, Seat, State, Why
from closeloop.routing import rules
from closeloop.routing.models import Hours
from closeloop.routing.plugs import plugs
from closeloop.routing.rules import Enrolled, Table
from closeloop.sla import calendars

_LOCK = """
    SELECT 1 FROM routing_receiver WHERE person_id = ANY(%s::bigint[])
    ORDER BY person_id FOR NO KEY UPDATE
"""
_PEOPLE = """
    SELECT person.id, person.is_active, home.unit_id, EXISTS (
        SELECT FROM org_absence absence WHERE absence.person_id = person.id
            AND absence.from_at <= %(at)s AND absence.to_at > %(at)s
            AND (absence.cancelled_at IS NULL OR absence.cancelled_at > %(at)s))
    FROM identity_user person
    LEFT JOIN org_position home ON home.user_id = person.id AND home.is_primary
    WHERE person.id = ANY(%(people)s::bigint[])
"""
_UNSHARED = (0, 0)
_SHARES = "SELECT id, turn, credit FROM routing_seat WHERE group_id = ANY(%s::bigint[])"


@dataclass(frozen=True)
class Stand:
    """The state that decisions are made in, and the unit of each person.

    `shares` are turn and credit of each seat as they were read, by the seat's id.
    """

    state: State
    units: Mapping[int, int | None]
    tables: Sequence[Table]
    shares: Mapping[int, tuple[int, int]]

    def changed_shares(self) -> list[tuple[int, int, int]]:
        """The seats whose turn or credit decisions have changed: id, turn, credit."""
        return [
            (place.seat_id, seat.turn, seat.credit)
            for table in self.tables
            for place, seat in zip(table.places, self.state.groups[table.key].seats, strict=True)
            if self.shares.get(place.seat_id, _UNSHARED) != (seat.turn, seat.credit)
        ]


def lock(groups: Iterable[str]) -> None:
    """Lock everybody in some groups, in the order of their ids: nobody else decides about them.

    Goes with the trip that reads how they stand, before it.
    """
    people = _people_in(_named(groups))
    if people:
        statements.later(Statement(_LOCK, [statements.listed(sorted(people))]))


def read(record_type: str, groups: Iterable[str], *, at: datetime) -> Stand:
    """How everybody in some groups stands. Under `lock` it is exact until the transaction ends."""
    found = _named(groups)
    people = _people_in(found)
    loads = plugs.loads(record_type, people)
    seen, shares = statements.together(
        Statement(_PEOPLE, {"at": at, "people": statements.listed(people)}),
        Statement(_SHARES, [statements.listed(table.id for table in found)]),
    )
    held = {seat_id: (turn, credit) for seat_id, turn, credit in shares}
    listed = rules.enrolled()
    units = {person_id: unit_id for person_id, _, unit_id, _ in seen}
    persons = {
        person_id: _person(listed[person_id], is_here, unit_id, is_away, at)
        for person_id, is_here, unit_id, is_away in seen
        if person_id in listed
    }
    state = State(
        people=persons,
        loads=dict(loads),
        groups={table.key: _group(table, held) for table in found},
    )
    return Stand(state, units, found, held)


@dataclass(frozen=True)
class Seen:
    """Somebody's open records, and why they cannot receive now, if they cannot."""

    load: int
    unable: Why | None


def seen(record_type: str, people: Collection[int], *, at: datetime) -> dict[int, Seen]:
    """How some people stand, whether or not they are in a group."""
    loads, listed = plugs.loads(record_type, people), rules.enrolled()
    rows = statements.rows(_PEOPLE, {"at": at, "people": statements.listed(people)})
    return {
        row[0]: Seen(
            loads.get(row[0], 0), _person(listed[row[0]], row[1], row[2], row[3], at).unable
        )
        for row in rows
        if row[0] in listed
    }


def free(groups: Iterable[str]) -> State:
    """The same as if everybody were at work and had no open record."""
    found = _named(groups)
    listed = rules.enrolled()
    people = {
        person_id: Person(person_id, listed[person_id].cap, listed[person_id].skills)
        for person_id in _people_in(found)
    }
    return State(people=people, loads={}, groups={table.key: _group(table, {}) for table in found})


def why_not(enrolled: Enrolled, unit_id: int | None, *, is_away: bool, at: datetime) -> Why | None:
    """Why somebody who works here cannot receive at a moment."""
    if not enrolled.is_receiving:
        return Why.PAUSED
    if is_away:
        return Why.AWAY
    if enrolled.hours == Hours.CALENDAR and not calendars.for_unit(unit_id).calendar.is_working(at):
        return Why.OFF_HOURS
    return None


def _person(
    enrolled: Enrolled, is_here: bool, unit_id: int | None, is_away: bool, at: datetime
) -> Person:
    unable = why_not(enrolled, unit_id, is_away=is_away, at=at)
    # Whoever has no unit can own nothing.
    gone = not is_here or unit_id is None
    return Person(enrolled.person_id, enrolled.cap, enrolled.skills, Why.LEFT if gone else unable)


def _group(table: Table, shares: dict[int, tuple[int, int]]) -> Group:
    seats = []
    for each in table.places:
        turn, credit = shares.get(each.seat_id, _UNSHARED)
        seats.append(Seat(each.person_id, each.place, each.weight, turn, credit))
    given = max((seat.turn for seat in seats), default=0)
    return Group(table.key, table.strategy, seats, given)


def _named(groups: Iterable[str]) -> list[Table]:
    known = rules.tables()
    return [known[key] for key in dict.fromkeys(groups) if key in known]


def _people_in(tables: Collection[Table]) -> set[int]:
    return {place.person_id for table in tables for place in table.places}
