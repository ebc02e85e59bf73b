"""What is recorded of a decision, in full, and who is told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.engine.routing import Branch, Decision
from closeloop.identity.actor import Actor
from closeloop.notices import actions as notices
from closeloop.notices.actions import Message
from closeloop.org import queries as org
from closeloop.records.models import Record
from closeloop.records.types import registry
from closeloop.routing import rules, sentences
from closeloop.routing.plugs import Standing
from closeloop.routing.rules import Live

ROUTED, ROUTED_MANY, NOT_ROUTED = "lead.routed", "lead.routed_many", "lead.not_routed"
NOBODY_FREE, NOT_TOUCHED, NO_GROUP = "nobody_free", "not_touched", "no_group"
_SOME = 3
"""From so many records at once on, a person is told in one notice."""


class Kind(StrEnum):
    """Upon what a record was given: as new, by hand, or because nobody touched it."""

    FIRST = "first"
    BY_HAND = "by_hand"
    AGAIN = "again"


@dataclass(frozen=True)
class Given:
    """A record as it stood, the branch that fitted, the decision, and the facts asked for."""

    standing: Standing
    branch: Branch
    decision: Decision
    facts: Mapping[str, Any]


def tell(live: Live, given: Sequence[Given], *, kind: Kind, why: str, actor: Actor) -> None:
    """Record every decision, and tell the receivers; of what nobody touched, the superior."""
    happened = [_happening(live, each, kind, why) for each in given]
    activity.record_all(happened, actor=actor)
    _tell_receivers(live, given, kind)
    if kind is Kind.AGAIN:
        _tell_superiors(live, given)


def reason_of(given: Given, kind: Kind) -> str:
    """Why a record goes to the pool, as a code."""
    if kind is Kind.AGAIN and not given.branch.groups:
        return NOT_TOUCHED
    return NOBODY_FREE if given.branch.groups else NO_GROUP


def _happening(live: Live, given: Given, kind: Kind, why: str) -> Happening:
    decision, record = given.decision, given.standing
    data: dict[str, Any] = {
        "rule_set": live.key,
        "version": live.number,
        "branch": decision.branch,
        "name": given.branch.name,
        "kind": kind,
        "values": sentences.values_of(given.branch, given.facts),
        "from_owner": record.owner_id,
        "overflow": decision.overflow,
        "passed_over": [
            {"group": each.group, "why": each.why, "people": each.people}
            for each in decision.passed
        ],
    }
    if why:
        data["why"] = why
    if decision.person is None:
        verb = "not_routed"
        data["reason"] = reason_of(given, kind)
    else:
        verb = "routed"
        table = rules.tables().get(decision.group or "")
        data |= {
            "group": decision.group,
            "group_name": table.name if table else {},
            "strategy": table.strategy if table else "",
            "to_owner": decision.person,
            "load": decision.load,
            "cap": decision.cap,
            "room": decision.room,
        }
    return Happening(
        verb=f"{live.record_type}.{verb}",
        record_id=record.record_id,
        record_type=live.record_type,
        unit_id=record.unit_id,
        data=data,
    )


def _tell_receivers(live: Live, given: Sequence[Given], kind: Kind) -> None:
    counts = Counter(each.decision.person for each in given if each.decision.person is not None)
    single = [
        each
        for each in given
        if each.decision.person is not None and counts[each.decision.person] < _SOME
    ]
    titles = _titles([each.standing.record_id for each in single])
    messages = [
        _message(live, each, titles.get(each.standing.record_id, "—"), kind) for each in single
    ]
    messages += [
        Message(
            event=ROUTED_MANY,
            to=(person,),
            link=f"/r/{live.record_type}?mine=1",
            data={"count": count, "type": dict(registry.get(live.record_type).plural)},
        )
        for person, count in counts.items()
        if count >= _SOME
    ]
    notices.send_all(messages)


def _message(live: Live, given: Given, title: str, kind: Kind) -> Message:
    decision, record_id = given.decision, given.standing.record_id
    table = rules.tables().get(decision.group or "")
    return Message(
        event=ROUTED,
        to=(decision.person or 0,),
        record_id=record_id,
        record_type=live.record_type,
        link=f"/r/{live.record_type}/{record_id}",
        data={
            "record": title,
            "type": dict(registry.get(live.record_type).name),
            "branch": dict(given.branch.name),
            "group": dict(table.name) if table else {},
            "load": decision.load + 1,
            "cap": decision.cap,
            "is_again": kind is Kind.AGAIN,
        },
    )


def _tell_superiors(live: Live, given: Sequence[Given]) -> None:
    pooled = [each for each in given if each.decision.person is None]
    titles = _titles([each.standing.record_id for each in pooled])
    for each in pooled:
        owner, record_id = each.standing.owner_id, each.standing.record_id
        superior = org.superior_of(owner) if owner is not None else None
        if superior is not None:
            message = Message(
                event=NOT_ROUTED,
                to=(superior,),
                record_id=record_id,
                record_type=live.record_type,
                link=f"/r/{live.record_type}/{record_id}",
                data={
                    "record": titles.get(record_id, "—"),
                    "type": dict(registry.get(live.record_type).name),
                },
            )
            notices.send(message)


def _titles(ids: Sequence[int]) -> dict[int, str]:
    return dict(Record.objects.filter(pk__in=ids).values_list("pk", "title")) if ids else {}
