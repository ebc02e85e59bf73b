"""The decision: the first branch that fits, its groups in order, one person who has room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from closeloop.engine.conditions import Condition, compile_condition
from closeloop.engine.facts import Catalogue
from closeloop.engine.refusals import ConditionInvalid
from closeloop.engine.routing.model import (
    Branch,
    Decision,
    Group,
    Passed,
    Prepared,
    RuleSet,
    Seat,
    State,
    Strategy,
    Why,
)

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Compiled:
    """A rule set whose conditions are ready to be asked."""

    rules: RuleSet
    conditions: tuple[Condition | None, ...]
    fact_keys: frozenset[str]
    broken: frozenset[str] = frozenset()
    """Branches whose condition names what has gone since: they are never taken."""

    def branch_for(self, facts: Mapping[str, object]) -> Branch:
        """The first branch whose condition is met; an unknown answer is not met."""
        for branch, condition in zip(self.rules.branches, self.conditions, strict=True):
            if condition is None:
                if branch.key not in self.broken:
                    return branch
            elif condition.test(facts) is True:
                return branch
        return self.rules.otherwise


def compile_rules(rules: RuleSet, catalogue: Catalogue) -> Compiled:
    """A rule set ready to decide."""
    conditions: list[Condition | None] = []
    keys, broken = set[str](), set[str]()
    for branch in rules.branches:
        condition = None
        if branch.when is not None:
            try:
                condition = compile_condition(branch.when, catalogue)
                keys |= condition.fact_keys
            except ConditionInvalid:
                broken.add(branch.key)
        conditions.append(condition)
    return Compiled(rules, tuple(conditions), frozenset(keys), frozenset(broken))


def decide(branch: Branch, state: State, *, earlier: frozenset[int] = NOBODY) -> Decision:
    """Who receives by a branch; `earlier` are those who had it before and are passed over.

    Changes nothing but what the state keeps prepared; `take` makes it so.
    """
    passed: list[Passed] = []
    overflow: list[str] = []
    for key in branch.groups:
        group = state.groups.get(key)
        if group is None:
            overflow.append(key)
            continue
        room = _room(group, branch.skills, state, earlier, passed)
        if room:
            seat = _choose(group.strategy, room, state.loads)
            loads = tuple([(each.person, state.loads.get(each.person, 0)) for each in room])
            return Decision(
                branch=branch.key,
                group=key,
                person=seat.person,
                load=state.loads.get(seat.person, 0),
                cap=state.people[seat.person].cap,
                passed=tuple(passed),
                overflow=tuple(overflow),
                room=loads,
            )
        overflow.append(key)
    return Decision(branch.key, None, None, passed=tuple(passed), overflow=tuple(overflow))


def take(state: State, decision: Decision) -> None:
    """Let the state be as it is once the decision is carried out."""
    if decision.person is None or decision.group is None:
        return
    state.loads[decision.person] = decision.load + 1
    group = state.groups[decision.group]
    group.given += 1
    free = {person for person, _ in decision.room}
    total = 0
    for seat in group.seats:
        if seat.person in free:
            if group.strategy is Strategy.WEIGHTED:
                seat.credit += seat.weight
                total += seat.weight
            if seat.person == decision.person:
                seat.turn = group.given
                chosen = seat
    chosen.credit -= total


def _room(
    group: Group,
    skills: tuple[str, ...],
    state: State,
    earlier: frozenset[int],
    passed: list[Passed],
) -> list[Seat]:
    """Those who have room; the others are added to `passed`, each with the reason."""
    held = state.prepared.get((group.key, skills))
    if held is None:
        held = _prepare(group, skills, state)
        state.prepared[(group.key, skills)] = held
    passed.extend(held.passed)
    if held.full is not None and not earlier:
        if held.full.people:
            passed.append(held.full)
        return []
    room, full, had = list[Seat](), list[int](), list[int]()
    loads, people = state.loads, state.people
    for seat in held.able:
        person = seat.person
        if person in earlier:
            had.append(person)
        elif loads.get(person, 0) < people[person].cap:
            room.append(seat)
        else:
            full.append(person)
    if had:
        passed.append(Passed(group.key, Why.HAD_IT, tuple(had)))
    if full:
        at_cap = Passed(group.key, Why.AT_CAP, tuple(full))
        passed.append(at_cap)
        if not room and not earlier:
            # Loads only grow within a state, so this holds as long as the state does.
            held.full = at_cap
    return room


def _prepare(group: Group, skills: tuple[str, ...], state: State) -> Prepared:
    reasons: dict[Why, list[int]] = {}
    able: list[Seat] = []
    wanted = frozenset(skills)
    for seat in sorted(group.seats, key=lambda each: each.person):
        person = state.people.get(seat.person)
        why = Why.LEFT if person is None else person.unable
        if why is None and person is not None and not wanted <= person.skills:
            why = Why.LACKS_SKILL
        if why is None:
            able.append(seat)
        else:
            reasons.setdefault(why, []).append(seat.person)
    order = [why for why in Why if why in reasons]
    passed = tuple(Passed(group.key, why, tuple(reasons[why])) for why in order)
    return Prepared(passed, tuple(able))


def _choose(strategy: Strategy, room: list[Seat], loads: Mapping[int, int]) -> Seat:
    """One of those who have room. What is equal goes to who has waited longest, then by id."""
    match strategy:
        case Strategy.LEAST_OPEN:
            return min(room, key=lambda seat: (loads.get(seat.person, 0), seat.turn, seat.person))
        case Strategy.ROUND_ROBIN:
            return min(room, key=lambda seat: (seat.turn, seat.person))
        case Strategy.WEIGHTED:
            # Smooth weighted round robin, as in nginx (ngx_http_upstream_round_robin.c).
            return min(room, key=lambda seat: (-(seat.credit + seat.weight), seat.person))
        case Strategy.FIXED:
            return min(room, key=lambda seat: (seat.place, seat.person))
