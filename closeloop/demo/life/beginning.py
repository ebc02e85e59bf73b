"""The first days: what the company brings with it when it starts to use the product.

Products and customers are imported; deals that were under way enter at their stages as opening
entries (期初), marked and with what they lack.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from closeloop.demo.company import PRODUCTS, Mix
from closeloop.demo.ledger.verbs import OpeningGiven
from closeloop.demo.life import customers, deals
from closeloop.demo.life.deals import DealLife
from closeloop.demo.life.persons import Person
from closeloop.demo.life.world import Account, ProductKnown, Steps, World, draw
from closeloop.engine.blueprint import StageKind
from closeloop.identity.actor import Actor

_CLOSED_SHARE = 0.3
_MANAGERS_CUSTOMERS = 2


class Beginning:
    """What sales operations imports on the first days."""

    def __init__(
        self,
        world: World,
        *,
        ops: Actor,
        sellers: Sequence[Person],
        managers: Sequence[Person],
    ) -> None:
        self.world = world
        self.ops = ops
        self.sellers = list(sellers)
        self.managers = list(managers)
        self.rng = world.dice("beginning")

    def run(self) -> Steps[None]:
        """Import products, groups, customers with contacts, and deals under way."""
        yield self.world.until(self.world.first_day, 8.0)
        for given in PRODUCTS:
            product_id = self._create("product", vars(given))
            if given.is_active:
                known = ProductKnown(product_id, given.name, given.family, int(given.price))
                self.world.products.append(known)
        yield from self._import_groups()
        for number in range(self.world.size.customers):
            self._import_customer(self.sellers[number % len(self.sellers)], parent=None)
            yield self.world.env.timeout(1)
        for manager in self.managers * _MANAGERS_CUSTOMERS:
            self._import_customer(manager, parent=None)
            yield self.world.env.timeout(1)
        for _ in range(self.world.size.openings):
            self._import_deal(self.rng.choice(self.sellers))
            yield self.world.env.timeout(1)

    def _import_groups(self) -> Steps[None]:
        """Hospital groups whose houses lie in several regions (I01)."""
        for _ in range(self.world.size.groups):
            owner = self.rng.choice(self.sellers)
            values = customers.invent_customer(
                self.world,
                self.rng,
                region=owner.region,
                name=self.world.names.group(),
                industry="private_hospital",
            )
            parent_id = self._create("customer", {**values, "level": "key_account"}, owner)
            brand = values["name"][:2]
            for member in self.rng.sample(self.sellers, min(len(self.sellers), 3)):
                self._import_customer(member, parent=parent_id, brand=brand)
                yield self.world.env.timeout(1)

    def _import_customer(self, owner: Person, *, parent: int | None, brand: str = "") -> Account:
        name = f"{owner.world.names.town(owner.region)}{brand}医院" if brand else ""
        if name and not self.world.names.claim(name):
            name = ""
        values = customers.invent_customer(
            self.world,
            self.rng,
            region=owner.region,
            name=name,
            industry="private_hospital" if brand else "",
        )
        values |= {"source": "import", "parent": parent}
        customer_id = self._create("customer", values, owner)
        account = customers.take_in(self.world, customer_id, values, owner=owner)
        for _ in range(self.rng.choices((0, 1, 2, 3, 4), (10, 35, 30, 17, 8))[0]):
            role = draw(self.rng, customers.ROLES)
            customers.add_contact(
                self.world, account, role=role, owner=owner, by=self.ops, via="import"
            )
        return account

    def _import_deal(self, owner: Person) -> None:
        world, flow = self.world, self.world.deal_flow
        account = self.rng.choice(world.accounts_of[owner.id])
        plan = deals.make_plan(world, owner, account, source="import", warmth=1.1)
        values: dict[str, Any] = {
            **deals.first_values(owner, plan), "amount": plan.amount, "source": "import",
        }  # fmt: skip
        is_closed = self.rng.random() < _CLOSED_SHARE
        ends = [stage for stage in flow.blueprint.stages if stage.kind is not StageKind.OPEN]
        opens = [stage for stage in flow.blueprint.stages if stage.kind is StageKind.OPEN][1:]
        stage = self.rng.choice(ends if is_closed else opens)
        reasons = [reason.key for reason in stage.outcome_reasons]
        entered = self.rng.uniform(2, 60)
        opening = OpeningGiven(
            stage=stage.key,
            entered_at=world.now - timedelta(days=round(entered)),
            created_at=world.now - timedelta(days=round(entered + self.rng.uniform(10, 150))),
            outcome_reason=self.rng.choice(reasons) if reasons else "",
        )
        record_id = world.ledger.open_at(
            "deal", values, opening, by=self.ops, at=world.now, owner_id=owner.id
        )
        life = DealLife(record_id, plan, owner=owner, stage=stage.key)
        deals.remember(world, life, values)

    def _create(self, type_key: str, values: dict[str, Any], owner: Person | None = None) -> int:
        return self.world.ledger.create(
            type_key,
            values,
            by=self.ops,
            at=self.world.now,
            via="import",
            owner_id=owner.id if owner else None,
        )


class NewBusiness:
    """A seller's own new deals, opened in the morning with customers they know."""

    _SOURCES = Mix({"referral": 34, "tender_notice": 26, "academic_meeting": 16, "cold_call": 14,
                    "channel_partner": 10})  # fmt: skip

    def __init__(self, seller: Person, *, a_year: float) -> None:
        self.seller = seller
        self.a_day = a_year / 244
        seller.mornings.append(self.open_deals)

    def open_deals(self) -> Steps[None]:
        """Open a deal now and then, more often in busy months; sometimes with a new customer."""
        world, rng = self.seller.world, self.seller.rng
        known = world.accounts_of.get(self.seller.id, [])
        energy = world.regions[self.seller.region].energy
        if rng.random() > self.a_day * world.season * energy or not known:
            return
        yield self.seller.pause(60, 2400)
        account = self._new_customer() if rng.random() < 0.06 else rng.choice(known)
        deals.open_deal(world, self.seller, account, source=draw(rng, self._SOURCES), warmth=1.05)

    def _new_customer(self) -> Account:
        world, seller = self.seller.world, self.seller
        values = customers.invent_customer(world, seller.rng, region=seller.region)
        values["source"] = "cold_call"
        customer_id = world.ledger.create("customer", values, by=seller.actor, at=world.now)
        return customers.take_in(world, customer_id, values, owner=seller)
