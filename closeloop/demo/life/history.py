"""A whole history: everybody at work from the first day to the eve of the load."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from closeloop.demo.company import Size
from closeloop.demo.ledger.verbs import Ledger
from closeloop.demo.life import planted
from closeloop.demo.life.beginning import Beginning, NewBusiness
from closeloop.demo.life.leads import Channels
from closeloop.demo.life.persons import Person, Traits
from closeloop.demo.life.repairs import Hotline
from closeloop.demo.life.superiors import OpenRequests, Superior
from closeloop.demo.life.world import Steps, World
from closeloop.demo.organising import SERVICE_HEAD, Colleague, Organisation
from closeloop.identity.actor import ActorKind

_MANAGERS_OWN_SHARE = 0.2
_HANDOVERS = 4
_AS_ON_PAPER = {"sales": Traits(skill=1.05, diligence=0.7, haste=0.16, pull=1.3)}
"""Who is not left to the dice: the seller of the sign-in page is good, quick and forgetful."""


class History:
    """The people of an organisation at work in one world."""

    def __init__(
        self,
        organisation: Organisation,
        *,
        size: Size,
        today: date,
        seed: int,
        zone: ZoneInfo,
        ledger: Ledger,
        open_requests: OpenRequests,
    ) -> None:
        self.organisation = organisation
        self.world = World(size=size, today=today, seed=seed, zone=zone, ledger=ledger)
        self.open_requests = open_requests
        self.people = {each.username: self._person(each) for each in organisation.everybody}
        self.sellers = [self._at(each) for team in organisation.teams for each in team.sellers]

    def run(self) -> World:
        """Live until the eve of the load; gives the world as it then is."""
        world = self.world
        ops = self.people["ops"].actor.acting_as(ActorKind.IMPORT)
        program = self.people["integrator"].actor.acting_as(ActorKind.API_KEY)
        managers = [self._at(team.manager) for team in self.organisation.teams]
        beginning = Beginning(world, ops=ops, sellers=self.sellers, managers=managers)
        channels = Channels(world, sellers=self._by_region(), program=program, ops=ops)
        for process in (beginning.run(), channels.run(), channels.import_cards()):
            world.env.process(process)
        self._employ_sellers()
        self._employ_superiors()
        self._employ_service()
        self._plant()
        for person in self.people.values():
            world.env.process(person.live())
        world.env.run(until=world.end_s)
        return world

    def _employ_sellers(self) -> None:
        for seller in self.sellers:
            NewBusiness(seller, a_year=self.world.size.deals_a_head)
            seller.mornings.append(partial(planted.step_back_honestly, seller))
            self.world.env.process(planted.tidy_fridays(seller))

    def _employ_superiors(self) -> None:
        organisation = self.organisation
        for team in organisation.teams:
            manager = self._at(team.manager)
            sellers = {self._at(each).id: self._at(each) for each in team.sellers}
            superior = Superior(manager, team=sellers, open_requests=self.open_requests)
            NewBusiness(manager, a_year=self.world.size.deals_a_head * _MANAGERS_OWN_SHARE)
            self.world.env.process(self._hand_over(superior, list(sellers.values())))
        for director in organisation.directors:
            team_of_region = {
                self._at(team.manager).id: self._at(team.manager)
                for team in organisation.teams
                if team.manager.region == director.region
            }
            Superior(self._at(director), team=team_of_region, open_requests=self.open_requests)

    def _employ_service(self) -> None:
        names = [name for name in self.people if name.startswith(SERVICE_HEAD)]
        engineers = [self.people[name] for name in names if name != SERVICE_HEAD]
        Hotline(self.world, head=self.people[SERVICE_HEAD], engineers=engineers)

    def _plant(self) -> None:
        first = self.organisation.teams[0]
        team = [self._at(each) for each in first.sellers]
        world = self.world
        seller, manager = team[0], self._at(first.manager)
        director = self._at(self.organisation.directors[0])
        world.env.process(planted.flap(world))
        world.env.process(planted.keep_busy(world, seller, deals_each=7))
        world.env.process(planted.keep_busy(world, manager, deals_each=3))
        world.env.process(planted.leave_standing(world, team))
        world.env.process(planted.last_days(world, seller, manager, director))

    def _hand_over(self, superior: Superior, sellers: list[Person]) -> Steps[None]:
        """Once in the year a team shares its work anew."""
        rng = superior.person.rng
        day = self.world.first_day + timedelta(days=round(self.world.size.days * rng.random()))
        yield self.world.until(day, 15.5)
        giver, taker = rng.sample(sellers, 2)
        with superior.person.hands.request() as turn:
            yield turn
            yield from superior.hand_over(giver=giver, taker=taker, count=_HANDOVERS)

    def _by_region(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for seller in self.sellers:
            found.setdefault(seller.region, []).append(seller)
        return found

    def _person(self, colleague: Colleague) -> Person:
        return Person(
            self.world,
            actor=colleague.actor,
            unit_id=colleague.unit_id,
            region=colleague.region,
            title=colleague.title,
            username=colleague.username,
            traits=_AS_ON_PAPER.get(colleague.username),
        )

    def _at(self, colleague: Colleague) -> Person:
        return self.people[colleague.username]
