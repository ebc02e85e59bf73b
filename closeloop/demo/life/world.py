"""The world that all agents share: its clock, its dice, its people, customers and processes."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from math import exp
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import simpy

from closeloop.demo import workdays
from closeloop.demo.company import Mix, Region, Size
from closeloop.demo.ledger.verbs import Ledger
from closeloop.demo.names import Names
from closeloop.engine.blueprint import Blueprint, MoveKind, Stage, StageKind
from closeloop.process import blueprints

Result = TypeVar("Result")
Steps = Generator[Any, Any, Result]
"""What an agent does: it yields SimPy's events while time goes by."""
DAY_S, HOUR_S = 86400.0, 3600.0


@dataclass(frozen=True)
class Flow:
    """A process as its people know it."""

    blueprint: Blueprint

    @cached_property
    def next_stage(self) -> Mapping[str, str]:
        """The stage that follows by a forward move."""
        return self._by_kind(MoveKind.FORWARD)

    @cached_property
    def stage_before(self) -> Mapping[str, str]:
        """The stage to which one steps back."""
        return self._by_kind(MoveKind.BACK)

    @cached_property
    def lost_stage(self) -> Mapping[str, str]:
        """The stage in which the record is closed as lost."""
        return self._by_kind(MoveKind.CLOSE)

    @cached_property
    def shortcut(self) -> Mapping[str, str]:
        """The stage that may be reached by a skip."""
        return self._by_kind(MoveKind.SKIP)

    def stage(self, key: str) -> Stage:
        """A stage by key."""
        return self.blueprint.stage(key)

    def is_open(self, key: str) -> bool:
        """Whether work goes on in a stage."""
        return self.stage(key).kind is StageKind.OPEN

    def survival(self, key: str) -> float:
        """The chance to leave a stage forward, from the probabilities of winning on both sides.

        The square root tempers them: what a process calls 10 % at its entry wins more often among
        the records that are kept in a system at all.
        """
        here = self.stage(key).probability or 100
        there = self.stage(self.next_stage[key]).probability or 100
        return float((here / there) ** 0.5)

    def _by_kind(self, kind: MoveKind) -> Mapping[str, str]:
        return {
            move.from_stage: move.to_stage for move in self.blueprint.moves if move.kind is kind
        }


@dataclass
class Account:
    """A customer as its salesperson knows it."""

    id: int
    name: str
    short: str
    industry: str
    region: str
    owner_id: int
    contacts: list[int] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)


@dataclass
class ProductKnown:
    """A product on sale."""

    id: int
    name: str
    family: str
    price: int


class World:
    """Holds what the agents share. All randomness comes from streams named by what they decide."""

    def __init__(
        self, *, size: Size, today: date, seed: int, zone: ZoneInfo, ledger: Ledger
    ) -> None:
        self.size = size
        self.seed = seed
        self.zone = zone
        self.ledger = ledger
        self.today = today
        self.first_day = today - timedelta(days=size.days)
        self.start = workdays.at(self.first_day, 0, zone).astimezone(ZoneInfo("UTC"))
        self.env = simpy.Environment()
        self.names = Names(self.dice("names"))
        self.regions: Mapping[str, Region] = {region.key: region for region in size.regions}
        self.accounts: list[Account] = []
        self.accounts_of: dict[int, list[Account]] = {}
        self.products: list[ProductKnown] = []
        self.deals: list[Any] = []
        self.leads: list[Any] = []
        self.decided: dict[int, bool] = {}
        """Whether requests for exceptions were granted, by id."""

    @property
    def now(self) -> datetime:
        """The simulated moment, in UTC and whole seconds."""
        return self.start + timedelta(seconds=int(self.env.now))

    @property
    def day(self) -> date:
        """The simulated date in the company's zone."""
        return self.date_at(self.env.now)

    @property
    def end_s(self) -> float:
        """When history ends: midnight before the day of the load."""
        return self.seconds(self.today, 0)

    @property
    def season(self) -> float:
        """How busy the month is."""
        return workdays.SEASON[self.day.month]

    def dice(self, name: str) -> Random:
        """A stream of random numbers of its own."""
        return Random(f"{self.seed}:{self.today.isoformat()}:{name}")

    def seconds(self, day: date, hour: float) -> float:
        """A moment of a day on the simulation's clock."""
        moment = workdays.at(day, hour, self.zone).astimezone(ZoneInfo("UTC"))
        return (moment - self.start).total_seconds()

    def until(self, day: date, hour: float) -> Any:
        """The event of a moment that lies ahead, or of now."""
        return self.env.timeout(max(self.seconds(day, hour) - self.env.now, 0))

    def date_at(self, moment_s: float) -> date:
        """The date of a moment of the simulation's clock, in the company's zone."""
        return (self.start + timedelta(seconds=moment_s)).astimezone(self.zone).date()

    def past_lunch(self, rng: Random) -> Any:
        """The event of the end of the lunch break, or of now."""
        noon, end = self.seconds(self.day, 12.1), self.seconds(self.day, 13 + rng.random())
        return self.env.timeout(end - self.env.now if noon <= self.env.now < end else 0)

    def working_day_in(self, days: float) -> date:
        """A working day about so many days ahead."""
        day = self.day + timedelta(days=max(round(days), 0))
        return day if workdays.is_workday(day) else workdays.next_workday(day)

    def add_account(self, account: Account) -> Account:
        """Take a customer in."""
        self.accounts.append(account)
        self.accounts_of.setdefault(account.owner_id, []).append(account)
        return account

    @cached_property
    def deal_flow(self) -> Flow:
        """The deals' process."""
        return _flow("deal")

    @cached_property
    def lead_flow(self) -> Flow:
        """The leads' process."""
        return _flow("lead")

    @cached_property
    def repair_flow(self) -> Flow:
        """The repairs' process."""
        return _flow("repair")


def draw(rng: Random, mix: Mix) -> str:
    """One key of a mix."""
    return rng.choices(mix.keys, mix.shares)[0]


def poisson(rng: Random, mean: float) -> int:
    """How many of rare things happen (Knuth's method: multiply until below e^-mean)."""
    limit, count, product = exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def _flow(record_type: str) -> Flow:
    loaded = blueprints.current_of(record_type)
    if loaded is None:
        raise LookupError(f"no process is published for {record_type}")
    return Flow(loaded.blueprint)
