"""A person of the demo company: what they are like, what lies on their desk, how their day goes."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any, Protocol

import simpy

from closeloop.demo import workdays
from closeloop.demo.life.world import DAY_S, Steps, World
from closeloop.identity.actor import Actor

MOST_A_DAY = 14
_SEES_MENTIONS = 0.75
_LOOKS_EVERY_S = 1800.0


@dataclass(frozen=True)
class Traits:
    """How a person works: 1 is the mean of skill; the others are shares.

    `diligence`: how rarely work is forgotten. `haste`: how often a move is tried too early.
    """

    skill: float
    diligence: float
    haste: float
    pull: float
    """How many leads fall to this person, against the mean."""


class Task(Protocol):
    """Something that lies on a desk."""

    owner: "Person"

    def sit(self) -> Steps[None]:
        """Work on it once; it puts itself on the desk again when there is more to do."""


class Person:
    """An agent with a desk: tasks by the day on which they are due."""

    def __init__(
        self,
        world: World,
        *,
        actor: Actor,
        unit_id: int,
        region: str,
        title: str,
        username: str,
        traits: Traits | None = None,
    ) -> None:
        self.world = world
        self.actor = actor
        self.unit_id = unit_id
        self.region = region
        self.title = title
        self.username = username
        self.rng: Random = world.dice(f"person:{username}")
        self.traits = traits or Traits(
            skill=min(max(self.rng.gauss(1, 0.16), 0.65), 1.4),
            diligence=self.rng.betavariate(5, 2),
            haste=self.rng.uniform(0.02, 0.14),
            pull=self.rng.uniform(0.4, 1.8),
        )
        self.hands = simpy.Resource(world.env, capacity=1)
        self.mornings: list[Callable[[], Steps[None]]] = []
        self._desk: list[tuple[float, int, Task]] = []
        self._order = count()

    @property
    def id(self) -> int:
        """The person's user id."""
        return self.actor.user_id or 0

    @property
    def name(self) -> str:
        """The person's name."""
        return self.actor.name

    def plan(self, task: Task, *, days: float) -> None:
        """Put a task on the desk, to be taken up in so many days, in working hours."""
        due_s = self._in_working_hours(self.world.env.now + days * DAY_S)
        heapq.heappush(self._desk, (due_s, next(self._order), task))

    def live(self) -> Steps[None]:
        """Every working day until the end of history."""
        day = self.world.first_day
        while True:
            day = workdays.next_workday(day)
            yield self.world.until(day, 8.8 + self.rng.random() * 0.7)
            if self.rng.random() < _SEES_MENTIONS:
                self.world.ledger.see_mentions(by=self.actor, at=self.world.now)
            for begin in self.mornings:
                with self.hands.request() as turn:
                    yield turn
                    yield from begin()
            yield from self._work(self.world.seconds(day, 17.9))

    def pause(self, low_s: float = 20, high_s: float = 240) -> Any:
        """The event of a little later."""
        return self.world.env.timeout(self.rng.uniform(low_s, high_s))

    def _work(self, evening_s: float) -> Steps[None]:
        """Take up what is due, one thing after the other, until the evening."""
        done = 0
        while done < MOST_A_DAY and self.world.env.now < evening_s:
            due_s = self._desk[0][0] if self._desk else evening_s
            if due_s > self.world.env.now:
                until_s = min(due_s, evening_s, self.world.env.now + _LOOKS_EVERY_S)
                yield self.world.env.timeout(until_s - self.world.env.now + 1)
                continue
            task = heapq.heappop(self._desk)[2]
            if task.owner is not self:
                task.owner.plan(task, days=0)
                continue
            done += 1
            with self.hands.request() as turn:
                yield turn
                yield from task.sit()
            yield self.pause(300, 1500)
            yield self.world.past_lunch(self.rng)

    def _in_working_hours(self, due_s: float) -> float:
        """The moment itself, or one on the next working day."""
        world = self.world
        day = world.date_at(due_s)
        if workdays.is_workday(day) and due_s < world.seconds(day, 17.8):
            return max(due_s, world.seconds(day, 9))
        later = self.rng.randint(1, 3) if day.weekday() > workdays.FRIDAY else 1
        day = workdays.add_workdays(day, later)
        return world.seconds(day, self.rng.triangular(9, 17.5, 11))
