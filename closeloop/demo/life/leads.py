"""Leads: where they come from, how they behave, and what becomes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from closeloop.demo import samples, texts, workdays
from closeloop.demo.company import INDUSTRIES, SOURCES, WARMTH, Mix
from closeloop.demo.ledger.verbs import ConversionGiven
from closeloop.demo.life import customers, deals
from closeloop.demo.life.deals import DealLife
from closeloop.demo.life.persons import Person
from closeloop.demo.life.records import Life
from closeloop.demo.life.world import DAY_S, Account, Steps, World, draw, poisson
from closeloop.engine.gates import MissingItem
from closeloop.identity.actor import Actor

_ONLINE = {"website", "wechat_official", "search_ad", "feed_ad"}
_EVENTS = {"exhibition", "academic_meeting"}
_INTERESTS = Mix(
    {
        "in_vitro_diagnostics": 34, "imaging": 18, "life_support": 14, "surgery": 9,
        "sterilisation": 8, "rehabilitation": 4, "consumables": 8, "software_service": 5,
    }
)  # fmt: skip
_TIMES = Mix(
    {"within_1_month": 10, "within_3_months": 30, "within_6_months": 25, "later": 10,
     "undecided": 25}
)  # fmt: skip
_NO = {"no_need": 34.0, "no_budget": 24.0, "wrong_region": 6.0, "competitor_probe": 5.0,
       "duplicate": 7.0, "false_data": 6.0}  # fmt: skip
_DORMANT = 0.16
_BUYING = 0.6
_MINUTES = "interview_minutes"


class LeadLife(Life):
    """A lead that somebody should reach."""

    def __init__(
        self, record_id: int, *, owner: Person, values: dict[str, Any], heat: float
    ) -> None:
        flow = owner.world.lead_flow
        super().__init__(
            record_id, owner=owner, flow=flow, stage=flow.blueprint.initial, title=values["name"]
        )
        self.values = values
        self.heat = heat
        self.calls = 0
        self.has_booked = False
        self.has_minutes = False
        """Whether the deep interview was thought of: its minutes uploaded, or forgotten."""
        self.stay_days = 0.0
        self.is_left = self.rng.random() < _DORMANT * (1.5 - owner.traits.diligence)

    def enter(self, stage: str) -> None:
        """Draw how long the stage takes."""
        super().enter(stage)
        expected = self.flow.stage(stage).expected_days or 1
        self.stay_days = expected * self.rng.lognormvariate(-0.5, 0.7)

    def begin(self) -> None:
        """Put the lead on its owner's desk; most wait longer than the golden two hours."""
        self.owner.plan(self, days=self.rng.lognormvariate(-2.2, 1.4))

    @property
    def is_in_a_hurry(self) -> bool:
        """Whether the person came to buy: what channels won shows within a quarter, not a year."""
        return self.heat > _BUYING

    def sit(self) -> Steps[None]:
        """Call; if reached, write down what was learned and move on."""
        if not self.is_open:
            return
        if self.is_left:
            yield from self.clear_out()
            return
        self.touched_s = self.world.env.now
        yield self.owner.pause()
        self.calls += 1
        if self.calls <= 3 and self.rng.random() > 0.55 + 0.4 * self.heat:
            self.owner.plan(self, days=self.rng.uniform(1, 4))
            return
        if self.heat < 0.28 and (self.calls > 3 or self.rng.random() < 0.5):
            self.give_up()
            return
        self._write_minutes()
        if not self.is_ripe:
            self.owner.plan(self, days=self.rng.uniform(1, 5))
            return
        yield from self._go_on()
        if self.is_open:
            yield from self._plan_next()

    def change(self, values: dict[str, Any]) -> None:
        """Change fields as the owner, who remembers them."""
        super().change(values)
        self.values |= values

    def field_value(self, key: str) -> Any:
        """What was learned on the telephone."""
        match key:
            case "intent_level":
                return "high" if self.heat > 0.68 else "medium" if self.heat > 0.38 else "low"
            case "company":
                return self.world.names.any_institution(
                    industry=draw(self.rng, INDUSTRIES), region=self.owner.region
                )
            case "phone":
                return self.world.names.mobile()
            case "product_interest":
                return draw(self.rng, _INTERESTS)
            case "industry":
                return draw(self.rng, INDUSTRIES)
            case "budget_range":
                return self.rng.choice(("from_100k_to_300k", "from_300k_to_500k"))
        raise LookupError(f"nobody knows what to fill in for {key}")

    def meet(self, item: MissingItem) -> Steps[bool]:
        """Book the demo, or write down a high intent with its budget, where there is interest."""
        yield self.owner.pause()
        if item.where == "field:demo_booked" and self.heat > 0.5:
            self.has_booked = True
            self.change({"demo_booked": True})
            return True
        if item.where == "field:intent_level" and self.heat > 0.62:
            self.change({"intent_level": "high", "budget_range": self.field_value("budget_range")})
            return True
        return False

    def _go_on(self) -> Steps[None]:
        if self.flow.next_stage[self.stage] not in self.flow.next_stage:
            yield from self._convert()
            return
        to_stage = self.flow.next_stage[self.stage]
        if self.has_booked and self.stage in self.flow.shortcut:
            to_stage = self.flow.shortcut[self.stage]
        missing = self.missing(to_stage)
        if missing and self.rng.random() < self.owner.traits.haste:
            self.try_move(to_stage)
            yield self.owner.pause()
        yield from self.supply(missing)
        if not self.missing(to_stage):
            self.try_move(to_stage)
        elif self.days_here > 35 and self.rng.random() < 0.6:
            self.give_up()
        self.talk(0.05)

    def _write_minutes(self) -> None:
        """Upload the minutes of the deep interview, once, as the diligent do (B06)."""
        if self.has_minutes or self.stage == self.flow.blueprint.initial:
            return
        dice = self.world.dice(f"minutes:{self.id}")
        self.has_minutes = True
        if dice.random() < 0.35 + 0.5 * self.owner.traits.diligence:
            self.ledger.attach(
                self.id,
                dice.choice(samples.keys_of(_MINUTES)),
                kind=_MINUTES,
                name=self.document_name(_MINUTES),
                by=self.owner.actor,
                at=self.world.now,
            )

    def _convert(self) -> Steps[None]:
        won = self.flow.next_stage[self.stage]
        yield from self.supply(self.missing(won))
        if self.missing(won):
            return
        owner, world = self.owner, self.world
        yield owner.pause()
        account = self._known_account()
        values = {} if account else self._customer_values()
        if account is None:
            account = Account(
                0, values["name"], customers.short_of(values["name"]), values["industry"],
                owner.region, owner.id,
            )  # fmt: skip
        role = customers.new_role(account, self.rng) or "user"
        contact = {"chain_role": role, "title": self.rng.choice(texts.TITLES[role])}
        warmth = 0.8 + 0.5 * self.heat
        plan = deals.make_plan(
            world,
            owner,
            account,
            source=self.values["source"],
            warmth=warmth,
            budget=self.values.get("budget_range") or deals.usual_budget(self.values["industry"]),
        )
        if self.is_in_a_hurry:
            plan = deals.hurried(plan)
        deal = deals.first_values(owner, plan)
        given = ConversionGiven(account.id or None, values, contact, _without(deal, "customer"))
        made = world.ledger.convert(self.id, given, by=owner.actor, at=world.now)
        if made is None:
            return
        self.enter(won)
        if account.id == 0:
            account.id = made.customer_id
            world.add_account(account)
        account.contacts.append(made.contact_id)
        account.roles.add(role)
        stage = world.deal_flow.blueprint.initial
        deals.remember(world, DealLife(made.deal_id, plan, owner=owner, stage=stage), deal)

    def _customer_values(self) -> dict[str, Any]:
        """The new customer. A name that another customer has was verified and put right."""
        company = self.values["company"]
        values = customers.invent_customer(
            self.world,
            self.rng,
            region=self.owner.region,
            name=company if self.world.names.claim(company) else "",
            industry=self.values["industry"],
        )
        if values["name"] != company:
            self.change({"company": values["name"]})
        return {**values, "source": self.values["source"]}

    def _known_account(self) -> Account | None:
        known = self.world.accounts_of.get(self.owner.id, [])
        return self.rng.choice(known) if known and self.rng.random() < 0.25 else None

    def give_up(self) -> None:
        """Close it, most often because nobody answered."""
        reasons = _NO if self.calls <= 3 else {**_NO, "unreachable": 60.0}
        self.close(reasons)

    def _plan_next(self) -> Steps[None]:
        if self.rng.random() < 0.05 * (1.3 - self.owner.traits.diligence):
            self.is_left = True
            yield from self.clear_out()
            return
        self.owner.plan(self, days=max(self.stay_days * self.rng.uniform(0.4, 0.9), 0.8))


class Channels:
    """Where leads come from, day and night, and who gets them."""

    def __init__(
        self, world: World, *, sellers: dict[str, list[Person]], program: Actor, ops: Actor
    ) -> None:
        self.world = world
        self.rng = world.dice("channels")
        self.sellers = sellers
        self.program = program
        self.ops = ops
        self.cards: list[tuple[Person, dict[str, Any], float]] = []

    def run(self) -> Steps[None]:
        """Let leads come in, more on working days."""
        day = self.world.first_day
        while True:
            is_busy = workdays.is_workday(day)
            mean = self.world.size.leads_a_day * workdays.SEASON[day.month] * 1.12
            count = poisson(self.rng, mean if is_busy else mean * 0.45)
            hours = sorted(self.rng.triangular(7, 23, 14) for _ in range(count))
            for hour in hours:
                yield self.world.until(day, hour)
                self._arrive()
            day = self.world.day + timedelta(days=1)
            yield self.world.until(day, 0.1)

    def import_cards(self) -> Steps[None]:
        """Import the cards of fairs and meetings, every Monday morning."""
        day = self.world.first_day
        while True:
            day += timedelta(days=7 - day.weekday())
            yield self.world.until(day, 10.2)
            cards, self.cards = self.cards, []
            for owner, values, heat in cards:
                self._take(owner, values, heat, by=self.ops, via="import")
                yield self.world.env.timeout(1)

    def _arrive(self) -> None:
        source = draw(self.rng, SOURCES)
        region = self.rng.choices(
            list(self.sellers), [len(people) for people in self.sellers.values()]
        )[0]
        people = self.sellers[region]
        owner = self.rng.choices(people, [person.traits.pull for person in people])[0]
        heat = min(max(self.rng.betavariate(2, 3.1) * WARMTH[source], 0.02), 0.98)
        values = self._invent(source, region)
        if source in _EVENTS:
            self.cards.append((owner, values, heat))
        elif source in _ONLINE:
            self._take(owner, values, heat, by=self.program, via="api")
        else:
            self._take(owner, values, heat, by=owner.actor, via="screen")

    def _invent(self, source: str, region: str) -> dict[str, Any]:
        values: dict[str, Any] = {"name": self.world.names.person(), "source": source}
        values["region"] = region
        if self.rng.random() < 0.94:
            values["phone"] = self.world.names.mobile()
        industry = draw(self.rng, INDUSTRIES)
        if self.rng.random() < 0.72:
            values["company"] = self.world.names.any_institution(industry=industry, region=region)
        if self.rng.random() < 0.55:
            values["industry"] = industry
        if self.rng.random() < 0.5:
            values["product_interest"] = draw(self.rng, _INTERESTS)
        if self.rng.random() < 0.3:
            values["purchase_time"] = draw(self.rng, _TIMES)
        return values

    def _take(
        self, owner: Person, values: dict[str, Any], heat: float, *, by: Actor, via: str
    ) -> None:
        record_id = self.world.ledger.create(
            "lead", values, by=by, at=self.world.now, via=via, owner_id=owner.id
        )
        life = LeadLife(record_id, owner=owner, values=values, heat=heat)
        self.world.leads.append(life)
        life.begin()
        if via == "api":
            self.world.env.process(self._behave(life))

    def _behave(self, life: LeadLife) -> Steps[None]:
        """What the lead does on the website: forms, product videos, a demo that it books."""
        views = 0
        while life.is_open and self.rng.random() < life.heat:
            yield self.world.env.timeout(self.rng.expovariate(1 / (4 * DAY_S)))
            if not life.is_open:
                return
            views += 1
            seen: dict[str, Any] = {"product_video_views": views}
            if self.rng.random() < 0.55:
                seen["form_submitted"] = True
            if views > 1 and self.rng.random() < 0.3 * life.heat:
                seen["demo_booked"] = life.has_booked = True
            self.world.ledger.change(life.id, seen, by=self.program, at=self.world.now, via="api")


def _without(values: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != key}
