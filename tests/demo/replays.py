"""Real logs lived again in the books, each thing at its own moment; books write what actions do.

The pipeline of a computer seller becomes deals that walk through the stages; each answer of a log
of declarations becomes an approval that somebody asked for and another gave.
"""

from __future__ import annotations

import csv
import lzma
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from closeloop.approvals import flows
from closeloop.demo.agreeing.casebooks import CaseBooks, Colleagues
from closeloop.demo.agreeing.verbs import Said, Wish
from closeloop.demo.ledger import writing
from closeloop.demo.ledger.books import Books
from closeloop.demo.ledger.held import Places
from closeloop.demo.ledger.verbs import Move
from closeloop.designer import actions as designer
from closeloop.designer import packs
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.org.models import Unit
from tests.builders.approvals import approve, make_flow, persons
from tests.builders.people import actor_of, make_unit, make_user

ZONE = ZoneInfo("Asia/Shanghai")
WAY = (
    "first_contact", "first_talk", "needs_confirmed", "solution_demo", "quotation",
    "contract_approval", "signing", "payment",
)  # fmt: skip
_GATES = ("exit", "entry", "checklist")


@dataclass(frozen=True)
class Company:
    """The sellers of a log by name, their regions, and one who sees all."""

    top: Unit
    regions: Mapping[str, Unit]
    managers: Mapping[str, User]
    sellers: Mapping[str, User]
    ops: User

    @property
    def places(self) -> Places:
        """Where everybody sits."""
        units = {
            position.user_id: position.unit_id
            for user in self.sellers.values()
            for position in user.positions.all()
        }
        return Places(units=units, superiors=dict.fromkeys(units))


def install_without_gates(policies: Mapping[str, Mapping[str, Any]]) -> None:
    """The standard pack, its deals free to move, some policies with another allowance."""
    pack = packs.read_pack("standard")
    freed = [_freed(each) if each["key"] == "deal" else each for each in pack.blueprints]
    clocks = [
        each | {"target": policies.get(each["key"], each["target"])} for each in pack.policies
    ]
    designer.install_pack(replace(pack, blueprints=freed, policies=clocks), actor=SYSTEM)


def _freed(blueprint: dict[str, Any]) -> dict[str, Any]:
    stages = [
        {key: value for key, value in stage.items() if key not in _GATES}
        for stage in blueprint["stages"]
    ]
    return blueprint | {"stages": stages}


def company_of(teams: Iterable[Mapping[str, str]]) -> Company:
    """Units for regions and their managers' teams, a person for each name."""
    top = make_unit("总部")
    regions: dict[str, Unit] = {}
    places: dict[str, Unit] = {}
    managers: dict[str, User] = {}
    sellers: dict[str, User] = {}
    for row in teams:
        office, chief = row["regional_office"], row["manager"]
        region = regions.setdefault(office, None) or make_unit(office, parent=top)  # type: ignore[arg-type]
        regions[office] = region
        if office not in managers:
            managers[office] = make_user(f"{office}", role="manager", unit=region)
        if chief not in places:
            places[chief] = make_unit(chief, parent=region)
        sellers[row["sales_agent"]] = make_user(
            row["sales_agent"], role="salesperson", unit=places[chief]
        )
    return Company(top, regions, managers, sellers, make_user("运营", role="sales_ops", unit=top))


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table, packed or not."""
    raw = path.read_bytes()
    text = (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode()
    return list(csv.DictReader(text.splitlines()))


def live_pipeline(company: Company, deals: Sequence[Mapping[str, str]]) -> None:
    """Each deal begins on its first day, and is won or lost on its last, stage by stage."""
    books = Books(places=company.places, samples={}, first=writing.first_ids())
    customers: dict[str, int] = {}
    begun = [deal for deal in deals if deal["engage_date"]]
    for deal in sorted(begun, key=lambda each: each["engage_date"]):
        seller = actor_of(company.sellers[deal["sales_agent"]])
        since, account = _at(deal["engage_date"], 9), deal["account"] or "未注明客户"
        if account not in customers:
            values = {"name": account, "industry": "other"}
            customers[account] = books.create("customer", values, by=seller, at=since)
        values = {"name": deal["opportunity_id"], "customer": customers[account]}
        _walk(books, books.create("deal", values, by=seller, at=since), deal, seller, since)
    writing.write(books)


def _walk(books: Books, pk: int, deal: Mapping[str, str], seller: Any, since: datetime) -> None:
    first = since + timedelta(hours=1)
    assert books.move(pk, Move("first_talk"), by=seller, at=first)
    if not deal["close_date"]:
        return
    last = _at(deal["close_date"], 17)
    if deal["deal_stage"] == "Lost":
        assert books.move(
            pk, Move("lost", reason="丢单", outcome_reason="price"), by=seller, at=last
        )
        return
    for number, stage in enumerate(WAY[2:], start=1):
        at = first + (last - first) * number / len(WAY[2:])
        assert books.move(pk, Move(stage), by=seller, at=at)


def _at(day: str, hour: int) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=ZONE)


@dataclass(frozen=True)
class Answer:
    """An answer of a log: who gave it, how, and from when to when it took."""

    role: str
    is_agreed: bool
    since: datetime
    at: datetime


def answers_of(events: Iterable[Mapping[str, str]]) -> list[Answer]:
    """Every answer to a declaration, from the event before it in its case."""
    since: dict[str, datetime] = {}
    found = []
    for event in events:
        case, name = event["case:concept:name"], event["concept:name"]
        at = datetime.fromisoformat(event["time:timestamp"])
        is_answer = "APPROVED by" in name or (
            "REJECTED by" in name and not name.endswith("EMPLOYEE")
        )
        if is_answer and case in since:
            found.append(Answer(event["org:role"], "APPROVED" in name, since[case], at))
        if is_answer or name == "Declaration SUBMITTED by EMPLOYEE":
            since[case] = at
    return found


def live_answers(answers: Sequence[Answer], *, unit: Unit, asker: User, deal: int) -> None:
    """Each answer is an approval of its own: asked for when it began, given when it was."""
    people = {role: make_user(role, role="manager", unit=unit) for role in _roles(answers)}
    keys = {role: _flow(who) for role, who in people.items()}
    versions = {role: flows.current_of(key) for role, key in keys.items()}
    books = CaseBooks(organisation=Colleagues(answers[0].since))
    for answer in answers:
        wish = Wish(versions[answer.role], deal, "deal", "报销", asker.pk, unit.pk)
        held = books.open(wish, at=answer.since)
        (ask,) = held.value.waiting()
        said = Said(ask.number, "意见", answer.at)
        (books.agree if answer.is_agreed else books.refuse)(held, said)
    entries = SimpleNamespace(added=SimpleNamespace(entries=books.write()))
    writing.write_entries(entries)  # type: ignore[arg-type]


def _flow(person: User) -> str:
    step = approve("step", persons(person), policy="approval_step")
    return make_flow(step, record_type="deal")


def _roles(answers: Sequence[Answer]) -> list[str]:
    return sorted({each.role for each in answers})
