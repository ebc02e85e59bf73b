"""After-sales repairs: another department on the same engine, over a user-defined record type."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from closeloop.demo import texts
from closeloop.demo.company import Mix
from closeloop.demo.life.persons import Person
from closeloop.demo.life.records import Life
from closeloop.demo.life.world import Account, Steps, World, draw, poisson
from closeloop.engine.gates import MissingItem
from closeloop.fields import queries as fields

_DEVICES = Mix({"analyser": 40, "imaging": 18, "monitor": 22, "steriliser": 14, "other_device": 6})
_DEVICE_NAMES = {
    "analyser": "分析仪", "imaging": "影像设备", "monitor": "监护设备", "steriliser": "灭菌器",
    "other_device": "设备",
}  # fmt: skip
_WARRANTY = Mix({"in_warranty": 45, "contract": 30, "out_of_warranty": 25})
_CHOICES = {
    "urgency": Mix({"clinical_stop": 15, "urgent": 35, "normal": 50}),
    "diagnosis": Mix(
        {"part_failure": 45, "calibration": 20, "software": 12, "misuse": 12, "environment": 6,
         "no_fault": 5}
    ),
    "work_done": Mix(
        {"part_replaced": 46, "calibrated": 22, "software_updated": 12, "trained": 14, "swapped": 6}
    ),
    "satisfaction": Mix({"satisfied": 70, "neutral": 22, "dissatisfied": 8}),
}  # fmt: skip
_OUTCOMES = {"repaired": 86.0, "swapped": 7.0, "no_fault_found": 7.0}


class RepairLife(Life):
    """A repair that its engineer works on."""

    def __init__(self, record_id: int, *, owner: Person, title: str, device: str) -> None:
        flow = owner.world.repair_flow
        super().__init__(
            record_id, owner=owner, flow=flow, stage=flow.blueprint.initial, title=title
        )
        self.device = device
        self.enter(self.stage)

    def enter(self, stage: str) -> None:
        """Draw how long the stage takes."""
        super().enter(stage)
        expected = self.flow.stage(stage).expected_days or 1
        self.stay_days = expected * self.rng.lognormvariate(-0.3, 0.6)

    def sit(self) -> Steps[None]:
        """Work on the repair: supply what the stage asks for, and move on."""
        if not self.is_open:
            return
        yield self.owner.pause()
        if self.stage == self.flow.blueprint.initial and self.rng.random() < 0.03:
            self.close({"solved_by_customer": 6, "duplicate": 2, "fee_declined": 1})
            return
        to_stage = self.flow.next_stage[self.stage]
        self.wait_for(0.15)
        if self.is_ripe:
            yield from self.supply(self.missing(to_stage))
            outcome = self._outcome(to_stage)
            self.try_move(to_stage, outcome=outcome)
        if self.is_open:
            days = max(self.stay_days * self.rng.uniform(0.3, 0.8), 0.6)
            self.owner.plan(self, days=days)

    def field_value(self, key: str) -> Any:
        """What the engineer finds."""
        match key:
            case "fault_kind":
                spec = fields.specs_of("repair")[key]
                fitting = [
                    choice.key
                    for choice in spec.choices
                    if choice.fits({"device_kind": self.device})
                ]
                return self.rng.choice(fitting)
            case "engineer":
                return self.owner.id
            case "visit_on":
                return self.world.working_day_in(1)
        return draw(self.rng, _CHOICES[key])

    def meet(self, item: MissingItem) -> Steps[bool]:
        """Have the customer confirm the fee."""
        yield self.owner.pause()
        fee = Decimal(self.rng.randint(8, 120) * 100)
        self.change({"repair_fee": fee, "fee_confirmed": self.rng.random() < 0.8})
        return True

    def _outcome(self, to_stage: str) -> str | None:
        if not self.flow.stage(to_stage).outcome_reasons:
            return None
        return self.rng.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0]


class Hotline:
    """Where repairs come in: the head of service takes them and gives them to engineers."""

    def __init__(self, world: World, *, head: Person, engineers: list[Person]) -> None:
        self.world = world
        self.head = head
        self.engineers = engineers
        self.a_day = world.size.repairs / (world.size.days * 0.67)
        head.mornings.append(self.take_calls)

    def take_calls(self) -> Steps[None]:
        """Enter the repairs of the morning."""
        for _ in range(poisson(self.head.rng, self.a_day)):
            yield self.head.pause(120, 1800)
            self._enter(self.head.rng.choice(self.world.accounts))

    def _enter(self, account: Account) -> None:
        rng, engineer = self.head.rng, self.head.rng.choice(self.engineers)
        device = draw(rng, _DEVICES)
        title = f"{account.short}{_DEVICE_NAMES[device]}{rng.choice(texts.FAULTS)}"
        values: dict[str, Any] = {
            "name": title,
            "customer": account.id,
            "device_kind": device,
            "warranty": draw(rng, _WARRANTY),
        }
        if rng.random() < 0.8:
            values["device_serial"] = f"SN-{rng.randrange(10**8):08d}"
        record_id = self.world.ledger.create(
            "repair", values, by=self.head.actor, at=self.world.now, owner_id=engineer.id
        )
        engineer.plan(
            RepairLife(record_id, owner=engineer, title=account.short, device=device),
            days=rng.uniform(0.1, 0.8),
        )
