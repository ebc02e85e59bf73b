"""A month of problems from the field, in told time, through the product's own actions.

Problems come day and night; whoever is asked answers within hours, late, or never, sometimes with a
mere 已收到 first; whoever asked confirms, turns the help down, or says nothing. Experts are away
for days, some with a stand-in. Everything is drawn from one seed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import simpy
from django.db import transaction

from closeloop.edge import revisions
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.org import actions as org
from closeloop.org.actions import AbsencePlanned
from closeloop.sla import actions as sla
from closeloop.support import actions, setups
from closeloop.support.models import Case
from tests.builders.people import actor_of

HOURS = 30 * 24
SPEED = {"quick": (0.5, 8.0), "slow": (8.0, 23.5), "late": (24.5, 60.0)}
SHARES = (("quick", 0.45), ("slow", 0.25), ("late", 0.18), ("never", 0.12))
WITHDRAWN, NOTED, TURNED_DOWN, CONFIRMED = 0.08, 0.2, 0.2, 0.6
SWEEPS_EVERY = 12


@dataclass
class Month:
    """Who asks, who is asked, and when it began."""

    begins: datetime
    requesters: list[User]
    experts: list[User]
    time: object
    cases: int = 120
    seed: int = 8
    opened: list[int] = field(default_factory=list)

    def run(self, *, until_hours: float = HOURS) -> None:
        """Live through the month."""
        self.chance = Random(self.seed)
        self.kinds = sorted(setups.current().kinds)
        self.env = simpy.Environment()
        self._plan_absences()
        for at in sorted(self.chance.uniform(0, HOURS) for _ in range(self.cases)):
            self.env.process(self._problem(at))
        self.env.process(self._sweeps())
        self.env.run(until=until_hours)
        self._now()

    def _now(self) -> datetime:
        moment = self.begins + timedelta(hours=self.env.now)
        self.time.tell(moment)
        revisions.remember(None)
        return moment

    def _plan_absences(self) -> None:
        for place, expert in enumerate(self.experts):
            begins = self.begins + timedelta(days=3 + 7 * place)
            delegate = self.experts[place - 1].pk if place % 2 else None
            absence = AbsencePlanned(
                person_id=expert.pk,
                from_at=begins,
                to_at=begins + timedelta(days=4),
                delegate_id=delegate,
            )
            with transaction.atomic():
                org.plan_absence(absence, actor=SYSTEM)

    def _sweeps(self):
        while True:
            yield self.env.timeout(SWEEPS_EVERY)
            self._now()
            sla.sweep()

    def _problem(self, at: float):
        yield self.env.timeout(at)
        self._now()
        asker = self.chance.choice(self.requesters)
        kind = self.chance.choice(self.kinds)
        case = actions.open_case(
            kind=kind,
            what="现场问题",
            customer_id=None,
            record_id=None,
            unit_id=None,
            requester_id=asker.pk,
            origin={"via": "phone"},
            actor=actor_of(asker),
        )
        self.opened.append(case.pk)
        speed = self._drawn(SHARES)
        if self.chance.random() < WITHDRAWN:
            yield self.env.timeout(self.chance.uniform(1, 40))
            self._now()
            actions.withdraw_case(case.pk, note="客户不需要了", actor=actor_of(asker))
            return
        while speed != "never":
            if self.chance.random() < NOTED:
                yield self.env.timeout(0.25)
                self._now()
                self._help(case, "received", "")
            yield self.env.timeout(self.chance.uniform(*SPEED[speed]))
            self._now()
            self._help(case, "solution", "按步骤处理")
            if self.chance.random() >= TURNED_DOWN:
                break
            yield self.env.timeout(self.chance.uniform(0.5, 30))
            self._now()
            actions.reopen_case(case.pk, note="没有解决", actor=actor_of(asker))
            speed = self._drawn(SHARES)
        if speed != "never" and self.chance.random() < CONFIRMED:
            yield self.env.timeout(self.chance.uniform(0.5, 48))
            self._now()
            actions.confirm_support(case.pk, actor=actor_of(asker))

    def _help(self, case: Case, kind: str, text: str) -> None:
        owner = Case.objects.select_related("owner").get(pk=case.pk).owner
        by = SYSTEM if owner is None else actor_of(owner)
        actions.give_support(case.pk, kind=kind, text=text, actor=by)

    def _drawn(self, shares: tuple[tuple[str, float], ...]) -> str:
        drawn = self.chance.random()
        for name, share in shares:
            drawn -= share
            if drawn < 0:
                return name
        return shares[-1][0]
