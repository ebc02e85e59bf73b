"""Support cases of the demo company: asked from the logs, helped in time, late, never, reopened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from closeloop.demo.organising import Colleague, Organisation
from closeloop.identity import queries as identity
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.org import queries as org
from closeloop.records.models import Record
from closeloop.saleslog import setups
from closeloop.saleslog.models import LogEvent
from closeloop.sla.models import Clock
from closeloop.support import actions, choosing
from closeloop.support import setups as support
from closeloop.support.actions import turning
from closeloop.support.models import Case, CaseState, Help, Turn

WEEK = timedelta(days=7)
WAITING = ("化学发光仪开机自检报错 E17，科室等着出报告", "客户要看同级医院的实测数据")
HELPS = (
    ("solution", "已发处理步骤，并和客户电话确认"),
    ("visit", "工程师当天到场，更换备件"),
    ("replacement", "补发新批次样品，附检验报告"),
    ("joint_call", "和客户一起开了视频会，约定方案"),
    ("document", "补齐资质文件，已发到客户邮箱"),
)


@dataclass
class Told:
    """A case with what became of it."""

    case: Case
    helps: list[Help] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    said: list[tuple[str, datetime, Actor, dict[str, object]]] = field(default_factory=list)


def tell_cases(
    events: Sequence[LogEvent],
    people: Mapping[int, Colleague],
    *,
    until: datetime,
    seed: int,
) -> list[Told]:
    """A case for every event whose type asks for help, and some of the others that may."""
    types = setups.current().types
    ordered = sorted(events, key=lambda event: (event.at, event.author_id))
    asking = [
        event
        for number, event in enumerate(ordered)
        if types[event.type].asks_support or (types[event.type].support and number % 4 == 0)
    ]
    owners: dict[tuple[str, int | None], choosing.Chosen] = {}
    told = []
    for number, event in enumerate(asking):
        known = types[event.type]
        place = (known.support or "", event.unit_id)
        if place not in owners:
            owners[place] = choosing.choose(
                kind=place[0],
                unit_id=event.unit_id,
                requester_id=event.author_id,
                at=until - WEEK,
            )
        chosen = _in_turn(owners[place], event.unit_id, number)
        case = Case(
            kind=place[0],
            what=f"{known.name['zh-CN']}：{event.text}",
            customer=event.customer,
            unit_id=event.unit_id,
            requester_id=event.author_id,
            owner_id=chosen.owner_id,
            why=chosen.why,
            origin={"via": "saleslog"},
            opened_at=event.at,
        )
        event.case = case
        told.append(Told(case))
    Case.objects.bulk_create([each.case for each in told])
    actors = _actors(told)
    for number, each in enumerate(told):
        requester = people[each.case.requester_id].actor
        owner = actors.get(each.case.owner_id or 0, SYSTEM)
        _live(each, number, requester, owner, until=until, chance=Random(f"{seed}:case:{number}"))
    Case.objects.bulk_update([each.case for each in told], ["state", "reopened", "ended_at"])
    Help.objects.bulk_create([given for each in told for given in each.helps])
    Turn.objects.bulk_create([turn for each in told for turn in each.turns])
    return told


def _in_turn(chosen: choosing.Chosen, unit_id: int | None, number: int) -> choosing.Chosen:
    """Of a role's holders each in turn, as those with the fewest open cases come to be asked."""
    if chosen.why.get("target") != "role":
        return chosen
    people = org.people_with_role(str(chosen.why["value"]), unit_id)
    return choosing.Chosen(people[number % len(people)], chosen.why)


def _actors(told: Sequence[Told]) -> dict[int, Actor]:
    names = identity.names_of({each.case.owner_id for each in told if each.case.owner_id})
    return {key: Actor(user_id=key, name=name) for key, name in names.items()}


def _live(
    told: Told,
    number: int,
    requester: Actor,
    owner: Actor,
    *,
    until: datetime,
    chance: Random,
) -> None:
    """Seven of nine are helped in time; some late, some never, some are turned down first."""
    case, at = told.case, told.case.opened_at
    _turn(told, "requested", at, requester, to=case.owner_id)
    if number % 23 == 22 and at + timedelta(hours=2) < until:
        _end(told, CaseState.WITHDRAWN, "withdrawn", at + timedelta(hours=2), requester)
        return
    place = number % 9
    hours = {3: chance.uniform(26, 44), 7: 10_000.0}.get(place, chance.uniform(1, 20))
    if place == 5:
        first = at + timedelta(hours=2)
        if first + timedelta(hours=1) < until:
            _help(told, first, owner, chance, turned_down=first + timedelta(hours=1))
            case.reopened = 1
            _turn(told, "reopened", first + timedelta(hours=1), requester, note="问题还在")
        hours = chance.uniform(6, 20)
    helped = at + timedelta(hours=hours)
    if helped >= until:
        return
    _help(told, helped, owner, chance)
    case.state = CaseState.SUPPORTED
    confirmed = helped + timedelta(hours=chance.uniform(2, 30))
    if number % 4 and confirmed < until:
        _end(told, CaseState.CLOSED, "confirmed", confirmed, requester)


def _help(
    told: Told, at: datetime, owner: Actor, chance: Random, *, turned_down: datetime | None = None
) -> None:
    kind, text = chance.choice(HELPS)
    given = Help(
        case=told.case,
        kind=kind,
        is_substantive=True,
        text=text,
        by_id=owner.user_id,
        at=at,
        turned_down_at=turned_down,
    )
    told.helps.append(given)
    _turn(told, "given", at, owner, given=given, text=text)


def _end(told: Told, state: CaseState, what: str, at: datetime, by: Actor) -> None:
    told.case.state, told.case.ended_at = state, at
    _turn(told, what, at, by, note="客户自己解决了" if what == "withdrawn" else "")


def _turn(
    told: Told,
    what: str,
    at: datetime,
    by: Actor,
    *,
    to: int | None = None,
    given: Help | None = None,
    note: str = "",
    text: str = "",
) -> None:
    told.turns.append(
        Turn(case=told.case, what=what, at=at, by_id=by.user_id, to_id=to, help=given, note=note)
    )
    more: dict[str, object] = {"what": told.case.what, "note": note}
    if given is not None:
        more |= {"help": turning.help_name(given.kind), "help_kind": given.kind, "text": text}
    told.said.append((f"support.{what}", at, by, more))


def set_due(told: Sequence[Told]) -> None:
    """When help is due, as the clocks say that the entries have opened."""
    clocks: dict[int, list[Clock]] = {}
    ids = [each.case.pk for each in told]
    found = Clock.objects.filter(about_kind=turning.ABOUT, about_id__in=ids).order_by("pk")
    for held in found.only("about_id", "due_at"):
        clocks.setdefault(held.about_id or 0, []).append(held)
    for each in told:
        held_by = clocks.get(each.case.pk, [])
        if held_by:
            each.case.due_at, each.case.answer_by = held_by[0].due_at, held_by[-1].due_at
    Case.objects.bulk_update([each.case for each in told], ["due_at", "answer_by"])


def ask_now(organisation: Organisation, customers: Mapping[int, Sequence[Record]]) -> None:
    """Two problems whose 24 hours begin now."""
    seller = organisation.teams[0].sellers[0]
    for kind, what in zip(sorted(support.current().kinds)[-2:], WAITING, strict=False):
        own = customers.get(seller.actor.person_id, ())
        actions.open_case(
            kind=kind,
            what=what,
            customer_id=own[0].pk if own else None,
            record_id=None,
            unit_id=None,
            requester_id=seller.actor.person_id,
            origin={"via": "phone"},
            actor=seller.actor,
        )
