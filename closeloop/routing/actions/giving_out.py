"""Giving records to people by the rules: one, many at once, and again when nobody touched them.

One path for all: records are locked, then everybody who might receive, in the order of their ids;
then loads are read, decided in the order of the records' ids, and written together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.utils import timezone

from closeloop.edge import garbage, statements
from closeloop.edge.statements import Statement
from closeloop.engine.routing import NOBODY, Branch, decide, take
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.records.types import registry
from closeloop.routing import errors, facts, rules, standing
from closeloop.routing.actions import telling
from closeloop.routing.actions.telling import Given, Kind
from closeloop.routing.branching import Branches
from closeloop.routing.plugs import Handed, Standing, plugs
from closeloop.routing.queries.waiting import waiting
from closeloop.routing.rules import Live
from closeloop.routing.standing import Stand

VIA = "routing"
_SHARES = """
    UPDATE routing_seat seat SET turn = given.turn, credit = given.credit
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS given(id, turn, credit)
    WHERE seat.id = given.id
"""
_HAD = """
    SELECT (data->>'to_owner')::bigint, data->>'kind' FROM activity_entry
    WHERE record_id = %s AND verb = %s ORDER BY id
"""


@dataclass(frozen=True)
class Left:
    """A record that was not given to anybody, and why: has_owner, closed, not_found."""

    record_id: int
    why: str


@dataclass
class Routed:
    """What became of records: the decisions, and what was left alone."""

    given: list[Given] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


class _Case(NamedTuple):
    """A locked record on which something is decided."""

    standing: Standing
    branch: Branch
    facts: Mapping[str, Any]
    earlier: frozenset[int] = NOBODY


def route(record_id: int, *, actor: Actor = SYSTEM) -> Routed:
    """Give an unowned record to whom the rules say. Raises NothingDecides, RecordNotFound."""
    found = statements.row("SELECT type FROM records_record WHERE id = %s", [record_id])
    return route_batch([record_id], record_type=found[0] if found else "", actor=actor)


def route_batch(
    record_ids: Sequence[int], *, record_type: str, actor: Actor = SYSTEM, kind: Kind = Kind.FIRST
) -> Routed:
    """The same for many records of a type, decided in the order of their ids.

    What has an owner or is closed is left alone. Raises NothingDecides.
    """
    live = rules.active(record_type)
    if live is None:
        raise errors.NothingDecides({"record_type": record_type})
    with garbage.left_alone():
        return _route_all(live, record_ids, kind=kind, actor=actor)


def _route_all(live: Live, record_ids: Sequence[int], *, kind: Kind, actor: Actor) -> Routed:
    result = Routed()
    locked = _lock(live.record_type, record_ids)
    found = {each.record_id for each in locked}
    result.left += [Left(each, "not_found") for each in record_ids if each not in found]
    result.left += [
        Left(each.record_id, "has_owner" if each.owner_id is not None else "closed")
        for each in locked
        if each.owner_id is not None or not each.is_open
    ]
    wanted = [each for each in locked if each.owner_id is None and each.is_open]
    if wanted:
        result.given = _decide_all(live, _cases(live, wanted), kind=kind, actor=actor)
    return result


def route_again(record_type: str, record_id: int, *, why: str) -> int | None:
    """Give a record that its owner has not touched to somebody else; gives the new owner.

    Only what a rule gave is taken from people. Those who had it are passed over; after as many
    times as the rules say it goes to the pool, and the last owner's superior is told.
    """
    live = rules.active(record_type)
    if live is None:
        return None
    locked = _lock(record_type, [record_id])
    if not locked or not locked[0].is_open or locked[0].owner_id is None:
        return None
    had = statements.rows(_HAD, [record_id, f"{record_type}.routed"])
    if not had or had[-1][0] != locked[0].owner_id:
        return None
    cases = _cases(live, locked, earlier=frozenset(row[0] for row in had))
    again = sum(row[1] == Kind.AGAIN for row in had)
    if again >= rules.compiled(live).rules.reroutes:
        cases = [each._replace(branch=replace(each.branch, groups=())) for each in cases]
    given = _decide_all(live, cases, kind=Kind.AGAIN, actor=SYSTEM, why=why)
    return given[0].decision.person


def route_waiting(record_type: str, *, actor: Actor = SYSTEM) -> int:
    """Give out what came while everybody was off or away; gives how many were taken.

    What still nobody can take stays in its pool, and nothing is recorded of the look.
    """
    live = rules.active(record_type)
    ids = waiting(record_type) if live is not None else []
    if live is None or not ids:
        return 0
    free = [each for each in _lock(record_type, ids) if each.owner_id is None and each.is_open]
    cases = _cases(live, free)
    return len(_decide_all(live, cases, kind=Kind.WAITED, actor=actor, leaves_rest=True))


def _decide_all(
    live: Live,
    cases: Sequence[_Case],
    *,
    kind: Kind,
    actor: Actor,
    why: str = "",
    leaves_rest: bool = False,
) -> list[Given]:
    groups = tuple(dict.fromkeys(group for each in cases for group in each.branch.groups))
    standing.lock(groups)
    stand = standing.read(live.record_type, groups, at=timezone.now())
    given = []
    for each in cases:
        decision = decide(each.branch, stand.state, earlier=each.earlier)
        if leaves_rest and decision.person is None:
            continue
        take(stand.state, decision)
        given.append(Given(each.standing, each.branch, decision, each.facts))
    _write(live, given, stand, actor)
    telling.tell(live, given, kind=kind, why=why, actor=actor)
    return given


def _write(live: Live, given: Sequence[Given], stand: Stand, actor: Actor) -> None:
    handed = [
        Handed(record_id, person, _unit(each, stand), from_owner=owner_id, from_unit=unit_id)
        for each in given
        for record_id, owner_id, unit_id, _ in [each.standing]
        if (person := each.decision.person) is not None or owner_id is not None
    ]
    if handed and plugs.hand is not None:
        plugs.hand(live.record_type, handed, actor=actor, via=VIA)
    shares = stand.changed_shares()
    if shares:
        columns = [statements.listed(column) for column in zip(*shares, strict=True)]
        statements.later(Statement(_SHARES, columns))


def _unit(given: Given, stand: Stand) -> int | None:
    """A record's unit: its owner's; without an owner the one that it has."""
    person = given.decision.person
    return stand.units.get(person) if person is not None else given.standing.unit_id


def _lock(record_type: str, ids: Sequence[int]) -> Sequence[Standing]:
    if plugs.lock is None:
        return ()
    registry.get(record_type)
    return plugs.lock(record_type, sorted(set(ids)))


def _cases(
    live: Live, locked: Sequence[Standing], *, earlier: frozenset[int] = NOBODY
) -> list[_Case]:
    compiled = rules.compiled(live)
    ids = [each.record_id for each in locked]
    known = facts.facts_of(live.record_type, ids, compiled.fact_keys)
    branches = Branches(compiled)
    return [
        _Case(each, branches.of(of_record), of_record, earlier)
        for each in locked
        if (of_record := known.get(each.record_id)) is not None
    ]
