"""The rows of the volumes as COPY's text lines: shaped like lived ones, at random but repeatable.

They are not gated one by one: a deal has the visits of a forward path to where it stands, and as
many entries as asked for. Values hold neither tabs nor backslashes, so lines are simply joined.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from closeloop.demo.company import INDUSTRIES, PRODUCTS
from closeloop.demo.names import GIVEN, TOWNS
from closeloop.demo.volume.people import Owner
from closeloop.engine.blueprint import Blueprint, StageKind, forward_path
from closeloop.records.search import grams_of

NULL = r"\N"
_ENDINGS = ("医院", "人民医院", "妇幼保健院", "医学检验实验室", "医疗器械有限公司", "体检中心")
_SOURCES = ("website", "wechat_official", "referral", "tender_notice", "exhibition")
_RIVALS = ("imported_brand", "domestic_leader", "local_dealer", "none")
_INTENTS = ("high", "medium", "low")
_ROLES = ("decision_maker", "technical", "user", "purchasing")
_BUDGETS = ("up_to_100k", "from_100k_to_300k", "from_300k_to_500k", "from_1m_to_3m")
_YEARS = 3
_WON, _LOST = 18, 30
RECORD = ("id", "type", "title", "owner_id", "unit_id", "created_by_id", "created_at", "grams")
ROW = (
    "id", "owner_id", "unit_id", "stage", "stage_entered_at", "is_opening", "version", "extra",
    "created_at", "updated_at", "last_activity_at",
)  # fmt: skip
CUSTOMER = (*ROW, "name", "industry", "region", "level")
CONTACT = (*ROW, "name", "customer_id", "chain_role", "phone", "is_primary")
DEAL = (
    *ROW, "name", "customer_id", "amount", "currency", "expected_close", "source", "intent_level",
    "budget_range", "competitor", "seal_status",
)  # fmt: skip
INSTANCE = (
    "record_id", "version_id", "stage", "entered_at", "moves", "outcome_reason", "waiting_reason",
    "is_opening", "opening_missing",
)  # fmt: skip
VISIT = ("record_id", "stage", "kind", "entered_at", "left_at", "entered_by_id", "reason")
ENTRY = ("at", "verb", "actor_id", "actor_kind", "record_id", "record_type", "unit_id", "data")


Stands = tuple[str, str, int, str, str]
"""Stage, entered, version, created, last activity."""


@dataclass(frozen=True)
class Place:
    """A stage, the forward path to it with the kinds of its visits, and why it was lost."""

    stage: str
    path: tuple[tuple[str, str], ...]
    outcomes: tuple[str, ...]


@dataclass
class Customer:
    """A customer of the volumes."""

    id: int
    name: str
    owner: Owner


@dataclass
class Shape:
    """Everything that the rows are drawn from."""

    rng: Random
    owners: Sequence[Owner]
    blueprint: Blueprint
    version_id: int
    today: datetime
    first_id: int
    deals: int
    entries: int
    customers: list[Customer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first_contact = self.first_id + self.deals // 20 + 1
        self.first_deal = self.first_contact + 2 * (self.deals // 20 + 1)
        self.last_id = self.first_deal + self.deals - 1
        self.begin = self.today - timedelta(days=365 * _YEARS)
        self.places, self.weights = _places(self.blueprint)
        words = [product.name.split(" ")[0] for product in PRODUCTS]
        self.words = words

    def customer_lines(self) -> Iterator[tuple[str, str]]:
        """Registry and own line of each customer, which are kept for their deals."""
        towns = [(region, town) for region, names in TOWNS.items() for town in names]
        rng = self.rng
        for number in range(self.first_contact - self.first_id):
            region, town = towns[number % len(towns)]
            brand = rng.choice(GIVEN)[0] + rng.choice(GIVEN)
            name = f"{town}{brand}{rng.choice(_ENDINGS)}"
            customer = Customer(self.first_id + number, name, rng.choice(self.owners))
            self.customers.append(customer)
            moment = self.begin.isoformat()
            at_rest = ("", NULL, 1, moment, moment)
            industry = rng.choice(INDUSTRIES.keys)
            yield (
                self._registry("customer", customer.id, name, customer.owner, moment),
                f"{self._row(customer.id, customer.owner, at_rest)}"
                f"\t{name}\t{industry}\t{region}\tb\n",
            )

    def contact_lines(self) -> Iterator[tuple[str, str]]:
        """Registry and own line of two contacts of each customer."""
        rng, moment = self.rng, self.begin.isoformat()
        at_rest = ("", NULL, 1, moment, moment)
        for number in range(self.first_deal - self.first_contact):
            customer = self.customers[number // 2]
            name = f"{'王李张刘陈'[number % 5]}{rng.choice(GIVEN)}"
            own_id = self.first_contact + number
            yield (
                self._registry("contact", own_id, name, customer.owner, moment),
                f"{self._row(own_id, customer.owner, at_rest)}\t{name}"
                f"\t{customer.id}\t{rng.choice(_ROLES)}\t154{number:08d}\t{'ft'[number % 2]}\n",
            )

    def deal_lines(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Registry, own, instance, visits and entries of each deal, in the order of time."""
        step = (self.today - self.begin) / max(self.deals, 1)
        for number in range(self.deals):
            yield self._deal(self.first_deal + number, self.begin + step * number)

    def _deal(self, own_id: int, created: datetime) -> tuple[str, str, str, str, str]:
        rng = self.rng
        customer = self.customers[int(rng.random() * len(self.customers))]
        owner = customer.owner
        place = rng.choices(self.places, cum_weights=self.weights)[0]
        moments = self._moments(created, len(place.path))
        since, entered = created.isoformat(), moments[-1].isoformat()
        name = f"{customer.name}{self.words[int(rng.random() * len(self.words))]}采购"
        amount = int(2.718 ** (9 + 6 * rng.random()))
        closes = (created + timedelta(days=30 + int(rng.random() * 150))).date()
        version = len(place.path)
        stands = (place.stage, entered, version, since, entered)
        outcome = rng.choice(place.outcomes) if place.outcomes else ""
        own = (
            f"{self._row(own_id, owner, stands)}\t{name}"
            f"\t{customer.id}\t{amount}.00\tCNY\t{closes}\t{rng.choice(_SOURCES)}"
            f"\t{rng.choice(_INTENTS)}\t{rng.choice(_BUDGETS)}\t{rng.choice(_RIVALS)}\tpending\n"
        )
        instance = (
            f"{own_id}\t{self.version_id}\t{place.stage}\t{entered}\t{version - 1}\t{outcome}"
            "\t\tf\t[]\n"
        )
        visits = "".join(
            f"{own_id}\t{stage}\t{kind}\t{moments[turn].isoformat()}"
            f"\t{moments[turn + 1].isoformat() if turn + 1 < version else NULL}"
            f"\t{owner.user_id}\t\n"
            for turn, (stage, kind) in enumerate(place.path)
        )
        registry = self._registry("deal", own_id, name, owner, since)
        return registry, own, instance, visits, self._entries(own_id, owner, place, moments)

    def _entries(self, own_id: int, owner: Owner, place: Place, moments: Sequence[datetime]) -> str:
        """At most so many entries: the creation, the moves, then changes."""
        if not self.entries:
            return ""
        told: list[tuple[datetime, str, dict[str, object]]] = [
            (moments[0], "deal.created", {"via": "screen", "stage": place.path[0][0]})
        ]
        for turn in range(1, len(place.path)):
            (before, _), (stage, kind) = place.path[turn - 1], place.path[turn]
            stayed_s = round((moments[turn] - moments[turn - 1]).total_seconds())
            data: dict[str, object] = {
                "from": before,
                "to": stage,
                "kind": kind,
                "via": "screen",
                "version": 1,
            }
            told.append((moments[turn], "deal.stage_entered", {**data, "stayed_s": stayed_s}))
        changed: dict[str, object] = {"via": "screen", "changes": {"intent_level": ["low", "high"]}}
        while len(told) < self.entries:
            told.append((moments[-1], "deal.changed", changed))
        return "".join(
            f"{at.isoformat()}\t{verb}\t{owner.user_id}\tperson\t{own_id}\tdeal"
            f"\t{owner.unit_id}\t{json.dumps(data)}\n"
            for at, verb, data in told[: self.entries]
        )

    def _moments(self, created: datetime, count: int) -> list[datetime]:
        left_s = (self.today - created).total_seconds()
        stay_s = min(left_s / count, 86400 * 40) * self.rng.random()
        return [created + timedelta(seconds=int(stay_s * turn)) for turn in range(count)]

    def _registry(self, kind: str, own_id: int, title: str, owner: Owner, at: str) -> str:
        grams = ",".join(grams_of(title))
        return (
            f"{own_id}\t{kind}\t{title}\t{owner.user_id}\t{owner.unit_id}\t{owner.user_id}"
            f"\t{at}\t{{{grams}}}\n"
        )

    def _row(self, own_id: int, owner: Owner, stands: Stands) -> str:
        stage, entered, version, created, active = stands
        return (
            f"{own_id}\t{owner.user_id}\t{owner.unit_id}\t{stage}\t{entered}\tf\t{version}\t{{}}"
            f"\t{created}\t{active}\t{active}"
        )


def _places(blueprint: Blueprint) -> tuple[list[Place], list[float]]:
    """Where deals may stand and their cumulated weights: open stages by their expected days."""
    places: list[Place] = []
    weights: list[float] = []
    total = 0.0
    open_stages = [stage for stage in blueprint.stages if stage.kind is StageKind.OPEN]
    for stage in blueprint.stages:
        path = forward_path(blueprint, blueprint.initial, stage.key)
        if stage.kind is StageKind.LOST:
            path = (*(each.key for each in open_stages[: len(open_stages) // 2]), stage.key)
        kinds = ["start", *["forward"] * (len(path) - 1)]
        if stage.kind is StageKind.LOST:
            kinds[-1] = "close"
        weight = {StageKind.WON: _WON, StageKind.LOST: _LOST}.get(
            stage.kind, (stage.expected_days or 7) / 2
        )
        total += weight
        outcomes = tuple(reason.key for reason in stage.outcome_reasons)
        places.append(Place(stage.key, tuple(zip(path, kinds, strict=True)), outcomes))
        weights.append(total)
    return places, weights
