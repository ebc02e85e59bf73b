"""One approval as people live through it: who looks and answers when, in working hours, by dice."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import log
from random import Random
from typing import Any

from closeloop.approvals.reading import Held
from closeloop.demo.agreeing.verbs import CaseLedger, Said, Wish
from closeloop.demo.agreeing.words import HANDED_ON, URGES, Words
from closeloop.demo.workdays import SEASON
from closeloop.engine.approvals import ApproveNode, CaseState, Directory, SourceKind, passed_nodes
from closeloop.engine.calendars import Calendar

HOUR_S = 3600
ALLOWED_H = 8
"""E04: what a single approval may take, in working hours; who waits longer begins to urge."""
_FIRST_H, _LATER_H = 4.5, 1.5
"""Half of all answers come sooner. Of the whole time most is spent waiting for the first step, the
director (E06: 41 of 57 hours)."""
_SPREAD = 0.75
_SHORTEST_S = 240


class Fate(StrEnum):
    """What befalls a case beside being agreed to."""

    AGREED = "agreed"
    REFUSED = "refused"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Story:
    """A wish, when it is uttered, what befalls it, and how hurried everybody is (1: not at all)."""

    wish: Wish
    at: datetime
    words: Words
    fate: Fate = Fate.AGREED
    haste: float = 1.0


@dataclass(frozen=True)
class Around:
    """Where a case is lived: the organisation, its working hours, how slow each person is."""

    directory: Directory
    calendar: Calendar
    pace: Mapping[int, float]


class Course:
    """Lives one case through, from the wish to its end."""

    def __init__(self, ledger: CaseLedger, story: Story, around: Around, *, dice: Random) -> None:
        self._ledger, self._story, self._around, self._dice = ledger, story, around, dice
        self._ahead: list[tuple[datetime, int, str, int]] = []
        self._awaited: set[int] = set()
        flow = story.wish.version.flow
        self._nodes = [node.key for node in flow.walk() if isinstance(node, ApproveNode)]
        self._struck = dice.choice(self._nodes)
        self._is_settled = story.fate in (Fate.AGREED, Fate.WITHDRAWN)
        self._form: dict[str, Any] = dict(story.wish.form)

    def live(self) -> Held:
        """Give the case as it ended."""
        story, dice = self._story, self._dice
        held = self._ledger.open(story.wish, at=story.at)
        if story.fate is Fate.WITHDRAWN:
            self._plan(story.at, dice.uniform(0.5, 6), "withdraw")
        self._await_answers(held)
        while self._ahead and not held.value.state.is_final:
            at, _, what, number = heapq.heappop(self._ahead)
            held = self._happen(held, what, number, at)
            self._await_answers(held)
        return held

    def _happen(self, held: Held, what: str, number: int, at: datetime) -> Held:
        waits = any(ask.number == number for ask in held.value.waiting())
        if what == "see" and waits:
            return self._ledger.see(held, number, at=at)
        if what == "answer" and waits:
            return self._answer(held, number, at)
        if what == "urge" and waits:
            return self._ledger.urge(held, self._dice.choice(URGES), at=at)
        if what == "withdraw":
            return self._ledger.withdraw(held, self._say(self._story.words.withdrawn), at=at)
        if what == "resubmit":
            comment = self._say(self._story.words.mended)
            return self._ledger.resubmit(held, self._form, comment, at=at)
        return held

    def _answer(self, held: Held, number: int, at: datetime) -> Held:
        ask, words, fate = held.value.ask(number), self._story.words, self._story.fate
        node = held.visits[ask.visit].node
        is_struck = not self._is_settled and (node == self._struck or node == self._nodes[-1])
        if not is_struck:
            return self._ledger.agree(held, Said(number, self._say(words.agreed), at))
        self._is_settled = True
        if fate is Fate.REFUSED:
            return self._ledger.refuse(held, Said(number, self._say(words.refused), at))
        if fate is Fate.TRANSFERRED:
            return self._hand_on(held, number, node, at)
        passed = [key for key in passed_nodes(held.value) if key != node]
        to_node = passed[-1] if passed and self._dice.random() < 0.3 else None
        said = Said(number, self._say(words.returned), at)
        held = self._ledger.send_back(held, said, to_node=to_node)
        if held.value.state is CaseState.RETURNED:
            self._mend()
            self._plan(at, self._dice.uniform(1, 9), "resubmit")
        return held

    def _hand_on(self, held: Held, number: int, node: str, at: datetime) -> Held:
        """To somebody of the same role, else to the superior; agree where there is nobody."""
        directory, value = self._around.directory, held.value
        source = self._story.wish.version.compiled.nodes[node]
        roles = [
            each.role
            for each in (source.sources if isinstance(source, ApproveNode) else ())
            if each.kind is SourceKind.ROLE
        ]
        own = value.ask(number).person
        peers = [each for role in roles for each in directory.holders_of(role, None)]
        asked = {ask.person for ask in value.asks} | {value.requester}
        others = [each for each in (*peers, *directory.superiors_of(own)) if each not in asked]
        if not others:
            return self._ledger.agree(held, Said(number, "", at))
        said = Said(number, self._say(HANDED_ON), at)
        return self._ledger.transfer(held, said, to=others[0])

    def _mend(self) -> None:
        """Ask for less than before, where a number was asked for."""
        lines = self._story.wish.version.flow.form
        for line in lines:
            if line.type == "number" and line.key in self._form:
                self._form[line.key] = max(1, round(self._form[line.key] * 0.8))

    def _await_answers(self, held: Held) -> None:
        """Let whoever is asked now look at it and answer, some time later."""
        first = self._nodes[0]
        for ask in held.value.waiting():
            if ask.number in self._awaited:
                continue
            self._awaited.add(ask.number)
            asked_at = held.asks[ask.number].asked_at or self._story.at
            usual = _FIRST_H if held.visits[ask.visit].node == first else _LATER_H
            season = SEASON[asked_at.month] ** 2
            hours = self._dice.lognormvariate(log(usual), _SPREAD) * season
            hours *= self._around.pace.get(ask.person, 1.0)
            self._plan(asked_at, hours * self._dice.uniform(0.3, 0.95), "see", ask.number)
            if hours > ALLOWED_H and self._dice.random() < 0.5:
                self._plan(asked_at, ALLOWED_H + self._dice.random(), "urge", ask.number)
            self._plan(asked_at, hours, "answer", ask.number)

    def _plan(self, since: datetime, hours: float, what: str, number: int = 0) -> None:
        seconds = max(_SHORTEST_S, hours * HOUR_S * self._story.haste)
        if what == "see":
            seconds /= 2
        at = self._around.calendar.add_working(since, round(seconds)).replace(microsecond=0)
        heapq.heappush(self._ahead, (at, len(self._awaited) * 10 + len(self._ahead), what, number))

    def _say(self, words: tuple[str, ...]) -> str:
        return self._dice.choice(words)
