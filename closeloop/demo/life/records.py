"""What is the same for every record on its way: supplying what a gate lacks, moving, planning."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from closeloop.demo import samples, texts
from closeloop.demo.ledger.verbs import Ledger, Move
from closeloop.demo.life.persons import Person
from closeloop.demo.life.world import DAY_S, Flow, Steps, World
from closeloop.engine.blueprint import ItemKind
from closeloop.engine.gates import MissingItem

_LEFT_DAYS = (16.0, 40.0)
"""How long what was left stands still before its owner clears it out."""


class Life:
    """A record that its owner works on until it is closed."""

    def __init__(
        self, record_id: int, *, owner: Person, flow: Flow, stage: str, title: str
    ) -> None:
        self.id = record_id
        self.owner = owner
        self.flow = flow
        self.title = title
        self.stage = stage
        self.entered_s: float = owner.world.env.now
        self.touched_s = self.entered_s
        self.stay_days = 1.0
        self.is_doomed = False
        self.is_left = False
        """Whether the owner has stopped caring, without closing it."""
        self.is_kept_open = False
        """Whether it stays open all the same, for somebody to find."""
        self.waits_for = ""
        self.promised: dict[str, float] = {}
        """When somebody else will have supplied an item, by its key, in days since the stage."""

    @property
    def world(self) -> World:
        """The world."""
        return self.owner.world

    @property
    def rng(self) -> Random:
        """The owner's dice."""
        return self.owner.rng

    @property
    def ledger(self) -> Ledger:
        """The books."""
        return self.world.ledger

    @property
    def is_open(self) -> bool:
        """Whether work goes on."""
        return self.flow.is_open(self.stage)

    @property
    def days_here(self) -> float:
        """Days since the record came into its stage."""
        now_s: float = self.world.env.now
        return (now_s - self.entered_s) / DAY_S

    @property
    def is_ripe(self) -> bool:
        """Whether the customer is as far as the next stage."""
        return self.days_here >= self.stay_days

    def field_value(self, key: str) -> Any:
        """What the owner fills in when a gate asks for a field."""
        raise NotImplementedError

    def document_name(self, kind: str) -> str:
        """What a document is called, without ending."""
        return f"{samples.KINDS[kind][0]}-{self.title}"

    def meet(self, item: MissingItem) -> Steps[bool]:
        """Do what a condition or the roles ask for; False where it cannot be done yet."""
        raise NotImplementedError

    def supply(self, items: Sequence[MissingItem]) -> Steps[None]:
        """Supply items one after the other, as far as they are to be had."""
        for item in items:
            if self._is_awaited(item):
                continue
            yield self.owner.pause()
            match item.kind:
                case ItemKind.FIELD:
                    key = item.where.removeprefix("field:")
                    self.change({key: self.field_value(key)})
                case ItemKind.DOCUMENT:
                    yield from self._attach(item)
                case ItemKind.CHECKLIST:
                    yield from self._tick(item)
                case _:
                    yield from self.meet(item)

    def change(self, values: dict[str, Any]) -> None:
        """Change fields as the owner."""
        self.ledger.change(self.id, values, by=self.owner.actor, at=self.world.now)

    def missing(self, to_stage: str) -> Sequence[MissingItem]:
        """What a move lacks."""
        return self.ledger.missing(self.id, to_stage, at=self.world.now)

    def try_move(
        self, to_stage: str, *, reason: str | None = None, outcome: str | None = None
    ) -> bool:
        """Move as the owner; a lock that holds is recorded and gives False."""
        via = "drag" if self.rng.random() < 0.4 else "screen"
        move = Move(to_stage, reason=reason, outcome_reason=outcome, via=via)
        moved = self.ledger.move(self.id, move, by=self.owner.actor, at=self.world.now)
        if moved:
            self.enter(to_stage)
        return moved

    def enter(self, stage: str) -> None:
        """Stand in a stage from now on."""
        self.stage = stage
        self.entered_s = self.world.env.now
        self.promised = {}
        self.waits_for = ""

    def close(self, reasons: dict[str, float]) -> None:
        """Close as lost, with one of the reasons by their weights."""
        chosen = self.rng.choices(list(reasons), list(reasons.values()))[0]
        self.closing(chosen)
        self.try_move(self.flow.lost_stage[self.stage], outcome=chosen)

    def sit(self) -> Steps[None]:
        """Work on it once; each kind of record in its own way."""
        raise NotImplementedError

    def closing(self, reason: str) -> None:
        """Write down what goes with a loss, just before it."""

    def clear_out(self) -> Steps[None]:
        """Close at last what was left: a team tidies its lists now and then."""
        if self.is_kept_open:
            return
        still_days = (self.world.env.now - self.touched_s) / DAY_S
        if still_days < _LEFT_DAYS[0]:
            dice = self.world.dice(f"left:{self.id}")
            self.owner.plan(self, days=dice.uniform(*_LEFT_DAYS))
            return
        yield self.owner.pause()
        self.give_up()

    def give_up(self) -> None:
        """Close it as lost."""
        raise NotImplementedError

    def say(self, text: str, *mentioned: Person, by: Person | None = None) -> None:
        """Comment on the record; {name} stands for the first person mentioned."""
        words = text.format(name=mentioned[0].name) if mentioned else text
        self.ledger.comment(
            self.id,
            words,
            mentions=[person.id for person in mentioned],
            by=(by or self.owner).actor,
            at=self.world.now,
        )

    def wait_for(self, share: float) -> None:
        """Sometimes say that the record waits for the world outside, and later that it is over."""
        reasons = self.flow.stage(self.stage).waiting_reasons
        if self.waits_for and self.is_ripe:
            self.waits_for = ""
            self.ledger.wait(self.id, None, by=self.owner.actor, at=self.world.now)
        elif reasons and not self.waits_for and not self.is_ripe and self.rng.random() < share:
            self.waits_for = self.rng.choice(reasons).key
            self.ledger.wait(self.id, self.waits_for, by=self.owner.actor, at=self.world.now)

    def talk(self, share: float) -> None:
        """Sometimes write down what was talked about; careless people write nothing that helps."""
        if self.rng.random() < share:
            is_vague = self.rng.random() > self.owner.traits.diligence
            self.say(self.rng.choice(texts.VAGUE if is_vague else texts.TALKS))

    def _is_awaited(self, item: MissingItem) -> bool:
        """Whether somebody else still has to supply the item; asking begins at the first need."""
        if item.supplier in ("owner", "") or item.kind is ItemKind.CONDITION:
            return False
        if item.item_key not in self.promised:
            self.promised[item.item_key] = self.days_here + self.rng.expovariate(1 / 1.5)
            return self.promised[item.item_key] - self.days_here > 0.5
        return self.promised[item.item_key] > self.days_here

    def _attach(self, item: MissingItem) -> Steps[None]:
        kind = item.where.removeprefix("files:")
        there, wanted = int(str(item.what.actual or 0)), int(str(item.what.expected))
        keys = samples.keys_of(kind)
        first = self.rng.randrange(len(keys))
        for number in range(there, wanted):
            self.ledger.attach(
                self.id,
                keys[(first + number) % len(keys)],
                kind=kind,
                name=self.document_name(kind) + (f"-{number + 1}" if wanted > 1 else ""),
                by=self.owner.actor,
                at=self.world.now,
            )
            yield self.owner.pause()

    def _tick(self, item: MissingItem) -> Steps[None]:
        wanted, done = item.what.expected, item.what.actual
        ticks = wanted if isinstance(wanted, tuple) else ()
        for tick in ticks:
            if not (isinstance(done, tuple) and tick in done):
                self.ledger.tick(
                    self.id, f"{item.why.stage}.{tick}", by=self.owner.actor, at=self.world.now
                )
                yield self.owner.pause(5, 40)
