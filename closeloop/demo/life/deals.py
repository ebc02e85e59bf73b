"""A deal's life: stages by the blueprint's days and probabilities, and what tends to go wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from closeloop.demo import texts
from closeloop.demo.company import BUDGETS, Mix
from closeloop.demo.life import customers
from closeloop.demo.life.persons import Person
from closeloop.demo.life.records import Life
from closeloop.demo.life.world import Account, ProductKnown, Steps, World, draw
from closeloop.engine.blueprint import ItemKind
from closeloop.engine.gates import MissingItem

_PACE: Mapping[str, float] = {
    "public_tertiary_hospital": 1.15, "public_secondary_hospital": 1.05, "private_hospital": 0.75,
    "primary_care": 0.75, "distributor": 0.6, "pharma": 0.9,
}  # fmt: skip
"""How long a customer class takes, against the blueprint's expected days."""
_RIVALS = Mix(
    {
        "imported_brand": 28, "domestic_leader": 32, "local_dealer": 17, "none": 10, "in_house": 4,
        "unknown_rival": 9,
    }
)  # fmt: skip
_LOST = {
    "price": 26.0, "relation": 19.0, "budget_withdrawn": 15.0, "timing": 14.0, "function": 12.0,
    "no_response": 9.0, "service": 5.0,
}  # fmt: skip
_CHOICES = {
    "source": Mix({"referral": 40, "cold_call": 25, "tender_notice": 20, "exhibition": 15}),
    "intent_level": Mix({"high": 35, "medium": 45, "low": 18, "none": 2}),
    "demo_feedback": Mix({"enthusiastic": 25, "positive": 45, "needs_change": 24, "negative": 6}),
    "competitor": _RIVALS,
    "payment_terms": Mix(
        {"deposit": 45, "on_delivery": 20, "instalments": 20, "monthly": 10, "prepaid": 5}
    ),
}
SEAL_ITEM, SEAL_WAIT = "contract_seal_status", "offline_seal"
OFFLINE_CLASS = "public_tertiary_hospital"
"""The customer class whose contracts are sealed on paper (requirements, settled question 7)."""
SEAL_DAYS = 2.5
"""Mean days that an offline seal takes (requirements C12)."""
CALM_DAYS = 75
"""So many days before the end, waiting reasons came into use and the fake step-backs ended."""
_NEGLECT = 0.09


@dataclass(frozen=True)
class DealPlan:
    """What is known when a deal begins."""

    account: Account
    product: ProductKnown
    amount: Decimal
    source: str | None
    quality: float
    """How good the chance is, against the mean."""
    pace: float = 1.0
    """How long it takes, against others of its customer class."""


class DealLife(Life):
    """A deal that its owner works on."""

    def __init__(self, record_id: int, plan: DealPlan, *, owner: Person, stage: str) -> None:
        flow = owner.world.deal_flow
        super().__init__(record_id, owner=owner, flow=flow, stage=stage, title=plan.account.short)
        self.plan = plan
        self.closes_on: date | None = None
        self.seal_due_days: float | None = None
        self.request_id: int | None = None
        self.hard_item = ""
        self.enter(stage)

    def enter(self, stage: str) -> None:
        """Draw how long the stage takes and whether the customer is lost in it."""
        super().enter(stage)
        self.request_id, self.seal_due_days, self.hard_item = None, None, ""
        if not self.is_open:
            return
        traits = self.owner.traits
        pace = _PACE.get(self.plan.account.industry, 1.0) * self.plan.pace
        expected = self.flow.stage(stage).expected_days or 7
        median = expected * 0.72 * pace / traits.skill**0.5
        self.stay_days = median * self.rng.lognormvariate(0, 0.6)
        chance = self.flow.survival(stage) ** (1 / self.plan.quality)
        self.is_doomed = self.rng.random() > chance

    def begin(self) -> None:
        """Put the deal on its owner's desk for the first time."""
        self.owner.plan(self, days=self.rng.uniform(0.5, 3))

    def sit(self) -> Steps[None]:
        """One sitting: supply what is missing, try the move when the customer is ready."""
        if not self.is_open:
            return
        if self.is_left:
            yield from self.clear_out()
            return
        self.touched_s = self.world.env.now
        if self.is_doomed and self.is_ripe:
            yield from self._lose()
            return
        yield self.owner.pause()
        self._care_for_date()
        if not self.awaits_seal:
            self.wait_for(0.05)
        to_stage = self.flow.next_stage[self.stage]
        missing = self.missing(to_stage)
        if missing and self.rng.random() < self.owner.traits.haste:
            self.try_move(to_stage)
            yield self.owner.pause(60, 300)
        progress = min(self.days_here / max(self.stay_days, 0.5), 1.0)
        count = len(missing) if self.is_ripe else round(len(missing) * progress)
        yield from self.supply([item for item in missing[:count] if not self._is_hard(item)])
        self.talk(0.07)
        if self.is_ripe and not self.is_doomed:
            yield from self._advance(to_stage)
        self._plan_next()

    def step_back(self, reason: str) -> bool:
        """Go one stage back; the work that was done stays done."""
        moved = self.try_move(self.flow.stage_before[self.stage], reason=reason)
        if moved:
            self.stay_days, self.is_doomed = 0.0, False
        return moved

    def field_value(self, key: str) -> Any:
        """What the owner fills in."""
        match key:
            case "intent_level" if self.plan.quality >= 1.1:
                return "high"
            case "demo_feedback" if self.is_doomed:
                return "negative"
            case "budget_range":
                return budget_of(self.plan.amount)
            case "signed_on":
                return self.world.day
        return draw(self.rng, _CHOICES[key])

    def meet(self, item: MissingItem) -> Steps[bool]:
        """Find another person who decides, get the seal, or fill amount and date."""
        if item.kind is ItemKind.ROLES:
            wanted, there = int(str(item.what.expected)), int(str(item.what.actual))
            for _ in range(wanted - there):
                role = customers.new_role(self.plan.account, self.rng)
                if role is not None:
                    customers.add_contact(
                        self.world, self.plan.account, role=role, owner=self.owner
                    )
                    yield self.owner.pause()
            return True
        if item.item_key == SEAL_ITEM:
            return (yield from self._get_sealed())
        self.change({"amount": self.plan.amount, "expected_close": self._date_ahead()})
        return True

    @property
    def awaits_seal(self) -> bool:
        """Whether an offline seal is under way."""
        return self.seal_due_days is not None and self.days_here < self.seal_due_days

    def _get_sealed(self) -> Steps[bool]:
        is_offline = self.plan.account.industry == OFFLINE_CLASS or self.rng.random() < 0.3
        if self.seal_due_days is None:
            days = self.rng.gammavariate(3, SEAL_DAYS / 3) + 1 if is_offline else 0.3
            self.seal_due_days = self.days_here + days
            days_left = (self.world.end_s - self.world.env.now) / 86400
            if is_offline and days_left < CALM_DAYS:
                self.ledger.wait(self.id, SEAL_WAIT, by=self.owner.actor, at=self.world.now)
            yield self.owner.pause()
            return False
        if self.awaits_seal:
            return False
        self.change({"seal_status": "stamped" if is_offline else "esign"})
        return True

    def _lose(self) -> Steps[None]:
        if self.rng.random() > self.owner.traits.diligence + 0.25:
            self.is_left = True  # nobody says that it is lost: it goes stale
            yield from self.clear_out()
            return
        yield self.owner.pause()
        self.give_up()

    def give_up(self) -> None:
        """Close it as lost, for the reasons that its customer class has."""
        reasons = dict(_LOST)
        if self.plan.account.industry == OFFLINE_CLASS:
            reasons["relation"] *= 1.6
        self.close(reasons)

    def _advance(self, to_stage: str) -> Steps[None]:
        missing = self.missing(to_stage)
        if not missing:
            yield self.owner.pause()
            self.try_move(to_stage)
            return
        awaits = any(item.item_key == SEAL_ITEM for item in missing)
        if self.world.decided.get(self.request_id or 0):
            yield self.owner.pause()
            self.try_move(to_stage)
        elif self.request_id is None and not awaits and self.rng.random() < self._urge(missing):
            yield self.owner.pause()
            self.ask_exception(to_stage)
        elif self.rng.random() < 0.25 + self.owner.traits.haste:
            yield self.owner.pause()
            self.try_move(to_stage)

    def ask_exception(self, to_stage: str, reason: str = "") -> None:
        """Ask the superior to let the move pass."""
        self.request_id = self.ledger.ask_exception(
            self.id,
            to_stage,
            reason or self.rng.choice(texts.EXCEPTION_REASONS),
            by=self.owner.actor,
            at=self.world.now,
        )

    def _is_hard(self, item: MissingItem) -> bool:
        """Some documents are not to be had for weeks; then an exception is asked for."""
        if item.kind is not ItemKind.DOCUMENT:
            return False
        if not self.hard_item:
            self.hard_item = item.item_key if self.rng.random() < 0.05 else "-"
        is_over = self.days_here > self.stay_days + 12 or self._is_refused
        return item.item_key == self.hard_item and not is_over

    def _urge(self, missing: Sequence[MissingItem]) -> float:
        """How likely an exception is asked for: likelier for what cannot be had."""
        return 0.5 if any(item.item_key == self.hard_item for item in missing) else 0.05

    @property
    def _is_refused(self) -> bool:
        return self.request_id is not None and self.world.decided.get(self.request_id) is False

    def closing(self, reason: str) -> None:
        """Keep the reason with the deal as well."""
        self.change({"lost_reason": reason})

    def _care_for_date(self) -> None:
        is_past = self.closes_on is not None and self.closes_on < self.world.day
        if is_past and self.rng.random() < 0.5 * self.owner.traits.diligence:
            self.change({"expected_close": self._date_ahead()})

    def _date_ahead(self) -> date:
        here, days, key = False, 0, self.stage
        for stage in self.flow.blueprint.stages:
            here = here or stage.key == key
            days += (stage.expected_days or 0) if here else 0
        self.closes_on = self.world.day + timedelta(days=round(days * self.rng.uniform(0.6, 1.1)))
        return self.closes_on

    def expect(self) -> date:
        """The date by which the owner hopes to close."""
        return self._date_ahead()

    def _plan_next(self) -> None:
        if not self.is_open:
            return
        if self.rng.random() < _NEGLECT * (1.25 - self.owner.traits.diligence):
            days = self.rng.uniform(15, 70)
        elif self.is_ripe or self.seal_due_days is not None:
            days = self.rng.uniform(0.8, 2.6)
        else:
            days = max(self.stay_days * self.rng.uniform(0.25, 0.5), 1.0)
        self.owner.plan(self, days=days)


def open_deal(
    world: World, owner: Person, account: Account, *, source: str | None, warmth: float = 1.0
) -> DealLife:
    """Begin a deal with a known customer."""
    plan = make_plan(world, owner, account, source=source, warmth=warmth)
    values = first_values(owner, plan)
    stage = world.deal_flow.blueprint.initial
    record_id = world.ledger.create("deal", values, by=owner.actor, at=world.now)
    return remember(world, DealLife(record_id, plan, owner=owner, stage=stage), values)


def remember(world: World, life: DealLife, values: dict[str, Any]) -> DealLife:
    """Keep a deal among those that its owner works on."""
    life.closes_on = values.get("expected_close")
    world.deals.append(life)
    life.begin()
    return life


def make_plan(
    world: World,
    owner: Person,
    account: Account,
    *,
    source: str | None,
    warmth: float,
    budget: str = "",
) -> DealPlan:
    """Draw product, amount and how good the chance is."""
    rng = owner.rng
    low, high = BUDGETS[budget or usual_budget(account.industry)]
    fitting = [each for each in world.products if low * 0.08 <= each.price <= high * 1.2]
    product = rng.choice(fitting)
    price = product.price * rng.lognormvariate(0, 0.25)
    amount = min(max(price, low * rng.uniform(0.9, 1.7)), high * rng.uniform(0.7, 1.1))
    quality = owner.traits.skill * world.regions[owner.region].energy * warmth
    return DealPlan(
        account=account,
        product=product,
        amount=Decimal(round(amount / 1000) * 1000),
        source=source,
        quality=min(max(quality * rng.uniform(0.8, 1.2), 0.35), 2.2),
    )


def hurried(plan: DealPlan) -> DealPlan:
    """The plan of somebody who knows what they want: a small order, soon decided, mostly won."""
    return replace(plan, pace=_HURRY, quality=max(plan.quality, 1.0) * _SURE)


_HURRY, _SURE = 0.16, 3.0
_MODEL = re.compile(r" [A-Z]+[A-Z0-9]*-?[0-9A-Z]*[0-9][0-9A-Z]*$")


def _without_model(product: str) -> str:
    """A product's name as people say it in a deal: without the model's number at its end."""
    return _MODEL.sub("", product).replace(" ", "")


def first_values(owner: Person, plan: DealPlan) -> dict[str, Any]:
    """What a deal is entered with; the gates ask for the rest later."""
    rng = owner.rng
    values: dict[str, Any] = {
        "name": f"{plan.account.short}{_without_model(plan.product.name)}采购",
        "customer": plan.account.id,
        "product": plan.product.id,
    }
    if plan.source and rng.random() < 0.9:
        values["source"] = plan.source
    if rng.random() < 0.85:
        values["amount"] = plan.amount
    if rng.random() < 0.8:
        values["expected_close"] = owner.world.day + timedelta(days=rng.randint(45, 150))
    return values


def budget_of(amount: Decimal) -> str:
    """The budget range that an amount falls into."""
    for key, (_, high) in BUDGETS.items():
        if amount <= high:
            return key
    return "above_3m"


def usual_budget(industry: str) -> str:
    """The budget range that an industry usually has, as the standard pack proposes it."""
    usual = {
        "public_tertiary_hospital": "from_1m_to_3m", "public_secondary_hospital": "from_500k_to_1m",
        "primary_care": "up_to_100k", "research_institute": "from_100k_to_300k",
        "distributor": "from_100k_to_300k", "cdc": "from_500k_to_1m", "pharma": "from_500k_to_1m",
    }  # fmt: skip
    return usual.get(industry, "from_300k_to_500k")
