"""Superiors: they decide exceptions, ask after what stands still, hand work over."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from closeloop.demo import texts
from closeloop.demo.ledger.books import Books
from closeloop.demo.ledger.held import ExceptionHeld
from closeloop.demo.life.deals import DealLife
from closeloop.demo.life.persons import Person
from closeloop.demo.life.world import DAY_S, Steps, World

_STANDS_STILL_DAYS = 9
_GRANTED = 0.68


class Superior:
    """A manager or director beside their own work."""

    def __init__(
        self, person: Person, *, team: Mapping[int, Person], open_requests: OpenRequests
    ) -> None:
        self.person = person
        self.team = team
        self.open_requests = open_requests
        person.mornings.append(self.decide)

    @property
    def world(self) -> World:
        """The world."""
        return self.person.world

    def decide(self) -> Steps[None]:
        """Decide some of the requests that wait; on Mondays also review the team's deals."""
        for request_id in self.open_requests(self.person.id):
            if self.person.rng.random() < 0.7:
                yield self.person.pause(120, 900)
                is_granted = self.person.rng.random() < _GRANTED
                words = texts.GRANTS if is_granted else texts.REFUSALS
                self.world.ledger.decide_exception(
                    request_id,
                    is_granted=is_granted,
                    note=self.person.rng.choice(words),
                    by=self.person.actor,
                    at=self.world.now,
                )
                self.world.decided[request_id] = is_granted
        if self.world.day.weekday() == 0:
            yield from self._review()

    def _review(self) -> Steps[None]:
        waiting = [life for life in self.world.deals if self._stands_still(life)]
        for life in self.person.rng.sample(waiting, min(len(waiting), 1)):
            yield self.person.pause(60, 600)
            life.say(self.person.rng.choice(texts.REVIEWS), life.owner, by=self.person)
            if self.person.rng.random() < 0.5:
                life.owner.plan(life, days=self.person.rng.uniform(0.1, 2))

    def _stands_still(self, life: DealLife) -> bool:
        still_s = self.world.env.now - life.touched_s
        return still_s > _STANDS_STILL_DAYS * DAY_S and life.owner.id in self.team and life.is_open

    def hand_over(self, *, giver: Person, taker: Person, count: int) -> Steps[None]:
        """Give some of one person's open deals to another."""
        own = [life for life in self.world.deals if life.is_open and life.owner is giver]
        for life in self.person.rng.sample(own, min(len(own), count)):
            yield self.person.pause()
            self.world.ledger.assign(life.id, taker.id, by=self.person.actor, at=self.world.now)
            life.owner = taker
            life.say(texts.HANDOVERS, taker, by=self.person)
            taker.plan(life, days=self.person.rng.uniform(0.5, 4))


OpenRequests = Callable[[int], list[int]]
"""The open requests that wait for somebody, by user id."""


def open_requests_in(books: Books) -> OpenRequests:
    """Read the open requests from the books."""

    def found(decider_id: int) -> list[int]:
        return [each.id for each in books.added.exceptions.values() if _waits(each, decider_id)]

    return found


def _waits(request: ExceptionHeld, decider_id: int) -> bool:
    return request.state == "open" and request.decider_id == decider_id
