"""The decision: the first branch that fits, its groups in order, one person who has room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

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
_turn, _place = attrgetter("turn"), attrgetter("place")


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
        room, free = _room(group, branch.skills, state, earlier, passed)
        if room:
            loads = tuple(map(state.loads.__getitem__, free))
            person = _choose(group.strategy, room, loads).person
            return Decision(
                branch=branch.key,
                group=key,
                person=person,
                load=state.loads[person],
                cap=state.people[person].cap,
                passed=tuple(passed),
                overflow=tuple(overflow),
                free=free,
                loads=loads,
            )
        overflow.append(key)
    return Decision(branch.key, None, None, passed=tuple(passed), overflow=tuple(overflow))


def take(state: State, decision: Decision) -> None:
    """Let the state be as it is once the decision is carried out."""
    if decision.person is None or decision.group is None:
        return
    state.loads[decision.person] = decision.load + 1
    if decision.load + 1 >= decision.cap:
        state.filled += 1
    group = state.groups[decision.group]
    group.given += 1
    chosen = group.by_person[decision.person]
    chosen.turn = group.given
    if group.strategy is Strategy.WEIGHTED:
        free = frozenset(decision.free)
        having_room = [seat for seat in group.seats if seat.person in free]
        for seat in having_room:
            seat.credit += seat.weight
        chosen.credit -= sum(seat.weight for seat in having_room)


def _room(
    group: Group,
    skills: tuple[str, ...],
    state: State,
    earlier: frozenset[int],
    passed: list[Passed],
) -> tuple[Sequence[Seat], tuple[int, ...]]:
    """Those who have room, and their ids; the others are added to `passed`, with the reason."""
    held = state.prepared.get((group.key, skills))
    if held is None:
        held = state.prepared[(group.key, skills)] = _prepare(group, skills, state)
    if held.filled != state.filled:
        _part(held, group, state)
    passed += held.passed
    if not earlier:
        passed += held.full
        return held.room, held.free
    had = [seat.person for seat in held.able if seat.person in earlier]
    if had:
        passed.append(Passed(group.key, Why.HAD_IT, tuple(had)))
    others = [each for full in held.full for each in full.people if each not in earlier]
    if others:
        passed.append(Passed(group.key, Why.AT_CAP, tuple(others)))
    room = [seat for seat in held.room if seat.person not in earlier]
    return room, tuple(seat.person for seat in room)


def _part(held: Prepared, group: Group, state: State) -> None:
    """Tell those who have room from those at their cap, anew since somebody has come to it."""
    loads, people = state.loads, state.people
    having = [loads[seat.person] < people[seat.person].cap for seat in held.able]
    room = [seat for seat, has in zip(held.able, having, strict=True) if has]
    full = [seat.person for seat, has in zip(held.able, having, strict=True) if not has]
    if held.filled < 0 or len(room) < len(held.room):
        held.room, held.free = tuple(room), tuple(seat.person for seat in room)
        held.full = (Passed(group.key, Why.AT_CAP, tuple(full)),) if full else ()
    held.filled = state.filled


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


def _choose(strategy: Strategy, room: Sequence[Seat], loads: Sequence[int]) -> Seat:
    """One of those who have room, whose loads stand in the same order: that of their ids.

    What is equal goes to who has waited longest, then to the first of them.
    """
    match strategy:
        case Strategy.LEAST_OPEN:
            least = min(loads)
            if loads.count(least) == 1:
                return room[loads.index(least)]
            tied = [seat for seat, load in zip(room, loads, strict=True) if load == least]
            return min(tied, key=_turn)
        case Strategy.ROUND_ROBIN:
            return min(room, key=_turn)
        case Strategy.WEIGHTED:
            # Smooth weighted round robin, as in nginx (ngx_http_upstream_round_robin.c).
            return max(room, key=lambda seat: seat.credit + seat.weight)
        case Strategy.FIXED:
            return min(room, key=_place)
