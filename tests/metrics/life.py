"""Three weeks of a small company through the product's own actions in told time, from a seed.

Everything that figures must survive happens in it: steps back, locks, late and reset clocks, drafts
that change or go, corrections of corrections, doubts judged twice, customers given away after their
follow-up fell due, help turned down, cases withdrawn before and after their day, units moved,
records removed.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from closeloop.approvals import actions as approvals
from closeloop.approvals.actions import Answer, NewCase
from closeloop.approvals.models import Ask
from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.edge import revisions, work
from closeloop.engine.refusals import Refusal
from closeloop.fieldwork import actions as fieldwork
from closeloop.fieldwork.models import FollowUp, FollowUpDoubt
from closeloop.fieldwork.reports import Report
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.org import actions as org
from closeloop.process.models import Instance
from closeloop.sla import actions as sla
from closeloop.support import actions as support
from closeloop.support.models import Case
from tests.builders.company import Company
from tests.builders.people import actor_of
from tests.builders.records import make_customer, make_deal, make_lead, open_lock

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = 21
STAGES = ("first_contact", "first_talk", "needs_confirmed", "solution_demo")


class Life:
    """The company's people doing one thing after another; `clock` says when."""

    def __init__(self, company: Company, clock: Any, seed: int) -> None:
        self.company, self.clock, self.chance = company, clock, Random(seed)
        self.sellers = [company.seller, company.colleague, company.stranger]
        self.begins = datetime(2026, 10, 12, tzinfo=ZONE)
        self.customers: list[tuple[int, User]] = []
        self.deals: list[tuple[int, User]] = []
        self.refused: dict[str, int] = {}
        self.ways: list[Callable[[User], object]] = [
            self._meet, self._begin, self._advance, self._advance, self._advance, self._back,
            self._contact, self._contact, self._contact, self._contact, self._draft, self._change,
            self._drop, self._correct, self._doubt, self._judge, self._give, self._ask, self._ask,
            self._help, self._help, self._turn_down, self._withdraw, self._hand_on, self._remove,
            self._touch, self._rehang, self._lose, self._request, self._request, self._answer,
        ]  # fmt: skip

    def day(self, number: int, things: int = 9) -> None:
        """Live one day, from its first minute to its last, sweeping what falls due."""
        begins = self.begins + timedelta(days=number)
        minutes = [0, 24 * 60 - 1, *self.chance.sample(range(24 * 60), things)]
        for minute in sorted(minutes):
            self._tell(begins + timedelta(minutes=minute, seconds=59))
            if minute % 3 == 0:
                sla.sweep()
            self._do(self.chance.choice(self.ways), self.chance.choice(self.sellers))

    def _tell(self, moment: datetime) -> None:
        self.clock.tell(moment)
        revisions.remember(None)

    def _do(self, way: Callable[[User], object], who: User) -> None:
        try:
            with transaction.atomic():
                way(who)
        except Refusal as refused:
            work.settle(refused)
            name = way.__name__
            self.refused[name] = self.refused.get(name, 0) + 1

    def _mine(self, held: list[tuple[int, User]], who: User) -> int:
        own = [pk for pk, owner in held if owner == who]
        return self.chance.choice(own) if own else self._meet(who)

    def _meet(self, who: User) -> int:
        made = make_customer(who)
        self.customers.append((made, who))
        return made

    def _begin(self, who: User) -> None:
        if self.chance.random() < 0.4:
            make_lead(who)
        self.deals.append((make_deal(who, customer=self._mine(self.customers, who)), who))

    def _deal(self, who: User) -> tuple[int, str]:
        own = [pk for pk, owner in self.deals if owner == who]
        running = Instance.objects.filter(pk__in=own).order_by("pk").values_list("pk", "stage")
        found = [each for each in running if each[1] in STAGES]
        if not found:
            self._begin(who)
            return self._deal(who)
        return self.chance.choice(found)

    def _advance(self, who: User) -> None:
        deal, stage = self._deal(who)
        to = STAGES[(STAGES.index(stage) + 1) % len(STAGES)]
        if to != STAGES[0] and self.chance.random() < 0.6:
            open_lock("deal", deal, to)
        desk.move_record("deal", deal, MoveAsk(to_stage=to), actor=actor_of(who))

    def _back(self, who: User) -> None:
        deal, stage = self._deal(who)
        to = STAGES[max(STAGES.index(stage) - 1, 0)]
        desk.move_record("deal", deal, MoveAsk(to_stage=to, reason="退回"), actor=actor_of(who))

    def _lose(self, who: User) -> None:
        deal, _ = self._deal(who)
        ask = MoveAsk(to_stage="lost", reason="丢单", outcome_reason="price")
        desk.move_record("deal", deal, ask, actor=actor_of(who))

    def _report(self, who: User, **given: Any) -> Report:
        about = ("customer", self._mine(self.customers, who))
        if self.chance.random() < 0.3:
            about = ("deal", self._deal(who)[0])
        agreed = self.clock.now + timedelta(hours=self.chance.randint(1, 100))
        held: dict[str, Any] = {
            "client_id": uuid.UUID(int=self.chance.getrandbits(128)),
            "kind": self.chance.choice(("call", "chat")),
            "record_type": about[0],
            "record_id": about[1],
            "at": self.clock.now - timedelta(minutes=self.chance.randint(1, 300)),
            "text": f"第{self.chance.random()}次沟通，客户要求更快的报告",
            "ticks": ("need",),
            "next_at": agreed if self.chance.random() < 0.6 else None,
        }
        return Report(**{**held, **given})

    def _contact(self, who: User) -> None:
        if self.chance.random() < 0.15:
            lead = make_lead(who)
            report = self._report(who, record_type="lead", record_id=lead, next_at=None)
        else:
            report = self._report(who)
        fieldwork.record_one(report, actor=actor_of(who))

    def _draft(self, who: User) -> None:
        fieldwork.record_one(self._report(who, ticks=(), text="已联系"), actor=actor_of(who))

    def _one(self, who: User, **wanted: Any) -> FollowUp:
        found = FollowUp.objects.filter(author=who, **wanted).order_by("pk")
        if not found:
            self._contact(who)
            self._draft(who)
            return self._one(who, **wanted)
        return self.chance.choice(list(found))

    def _change(self, who: User) -> None:
        held = self._one(who, state="draft")
        ticks = ("need",) if self.chance.random() < 0.5 else ()
        report = self._report(who, client_id=held.client_id, ticks=ticks)
        fieldwork.change_draft(held.pk, report, expected_version=held.version, actor=actor_of(who))

    def _drop(self, who: User) -> None:
        held = self._one(who, state="draft")
        fieldwork.drop_draft(held.pk, expected_version=None, actor=actor_of(who))

    def _correct(self, who: User) -> None:
        held = self._one(who, state="counted", corrections=None)
        fieldwork.correct(held.pk, self._report(who), actor=actor_of(who))

    def _doubt(self, who: User) -> None:
        held = self._one(who, state="counted")
        FollowUpDoubt.objects.get_or_create(followup=held, kind="late")

    def _judge(self, who: User) -> None:
        doubts = list(FollowUpDoubt.objects.order_by("pk"))
        if not doubts:
            return self._doubt(who)
        doubt, verdict = self.chance.choice(doubts), self.chance.choice(("confirmed", "accepted"))
        fieldwork.judge_doubt(
            doubt.followup_id, doubt.kind, verdict=verdict, note="核实", actor=SYSTEM
        )
        return None

    def _give(self, who: User) -> None:
        held = self.chance.choice((self.customers, self.deals))
        if not held:
            return
        place = self.chance.randrange(len(held))
        record, _ = held[place]
        kind = "customer" if held is self.customers else "deal"
        desk.assign_record(kind, record, owner_id=who.pk, actor=SYSTEM)
        held[place] = (record, who)

    def _remove(self, who: User) -> None:
        kind, held = self.chance.choice((("customer", self.customers), ("deal", self.deals)))
        record = self.chance.choice(held)[0] if held else 0
        way = self.chance.choice((desk.remove_record, desk.restore_record))
        way(kind, record, actor=SYSTEM)

    def _touch(self, who: User) -> None:
        make_lead(who)

    def _rehang(self, who: User) -> None:
        regions = self.company.regions
        team = self.company.teams[1 + self.chance.randrange(2)]
        org.move_unit(team.pk, parent_id=self.chance.choice(regions).pk, actor=SYSTEM)
        if self.chance.random() < 0.5:
            self._remove(who)

    def _request(self, who: User) -> None:
        """A discount is asked for, now and then a deep one."""
        deal, _ = self._deal(who)
        asked = {"discount_percent": self.chance.choice((5, 10, 30)), "cause": "volume"}
        approvals.open_case(
            NewCase(flow_key="discount_approval", record_id=deal, form=asked), actor=actor_of(who)
        )

    def _answer(self, who: User) -> None:
        found = list(Ask.objects.filter(state="waiting").select_related("person").order_by("pk"))
        if not found:
            return self._request(who)
        ask = self.chance.choice(found)
        way = self.chance.choice((approvals.agree, approvals.agree, approvals.refuse))
        way(ask.case_id, Answer(comment="已看"), actor=actor_of(ask.person))
        return None

    def _ask(self, who: User) -> None:
        support.open_case(
            kind=self.chance.choice(("technical", "price", "other")), what="探头报错",
            customer_id=self._mine(self.customers, who), record_id=None, unit_id=None, origin={},
            requester_id=who.pk, actor=actor_of(who),
        )  # fmt: skip

    def _case(self, *states: str) -> Case:
        found = list(Case.objects.filter(state__in=states).order_by("pk"))
        if not found:
            self._ask(self.company.seller)
            return self._case("open")
        return self.chance.choice(found)

    def _help(self, who: User) -> None:
        kind = "received" if self.chance.random() < 0.2 else "solution"
        support.give_support(self._case("open").pk, kind=kind, text="更换探头线", actor=SYSTEM)

    def _turn_down(self, who: User) -> None:
        support.reopen_case(self._case("supported").pk, note="没有解决", actor=SYSTEM)

    def _withdraw(self, who: User) -> None:
        support.withdraw_case(self._case("open").pk, note="不需要了", actor=SYSTEM)

    def _hand_on(self, who: User) -> None:
        support.reassign_case(self._case("open").pk, to_id=who.pk, actor=SYSTEM)
