"""Flows and cases, made by the product's own actions."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from django.db import transaction

from closeloop.approvals import actions
from closeloop.approvals.actions import Answer, NewCase
from closeloop.approvals.models import Ask, Case, FlowVersion
from closeloop.engine.blueprint import Move
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.process.models import Instance
from closeloop.records.models import Record
from tests.builders.people import actor_of

_numbers = count(1)


def words(text: str) -> dict[str, str]:
    """A name in both languages."""
    return {"zh-CN": text, "en-US": text}


def persons(*people: User) -> dict[str, Any]:
    """A source that names people."""
    return {"kind": "persons", "persons": [person.pk for person in people]}


def approve(key: str, *sources: Mapping[str, Any], **settings: Any) -> dict[str, Any]:
    """An approver node."""
    return {
        "key": key,
        "kind": "approve",
        "name": words(key),
        "sources": list(sources),
        **settings,
    }


def copy(key: str, *sources: Mapping[str, Any]) -> dict[str, Any]:
    """A node that tells people."""
    return {"key": key, "kind": "copy", "name": words(key), "sources": list(sources)}


@transaction.atomic
def make_flow(*nodes: Mapping[str, Any], key: str = "", **settings: Any) -> str:
    """A published flow; gives its key."""
    key = key or f"flow_{next(_numbers)}"
    definition = {"key": key, "name": words(key), "nodes": list(nodes), **settings}
    actions.publish(definition, actor=SYSTEM)
    return key


@transaction.atomic
def open_case(flow_key: str, requester: User, **options: Any) -> Case:
    """A case of the requester."""
    return actions.open_case(NewCase(flow_key=flow_key, **options), actor=actor_of(requester))


@transaction.atomic
def agree(case: Case, person: User, comment: str = "", **options: Any) -> Case:
    """The person agrees."""
    return actions.agree(case.pk, Answer(comment=comment, **options), actor=actor_of(person))


@transaction.atomic
def refuse(case: Case, person: User, comment: str = "不合适") -> Case:
    """The person refuses."""
    return actions.refuse(case.pk, Answer(comment=comment), actor=actor_of(person))


def waiting(case: Case) -> list[str]:
    """Who is asked now, by name."""
    asks = Ask.objects.filter(case=case, state="waiting").order_by("number")
    return list(asks.values_list("person__name", flat=True))


def states(case: Case) -> Sequence[tuple[str, str]]:
    """Everybody who was asked, in order, and how it stands with them."""
    return list(
        Ask.objects.filter(case=case).order_by("number").values_list("person__name", "state")
    )


def grant_move(record: Record, flow_key: str, *, move: Move) -> None:
    """A granted case for exactly this move of a record, as a gate wants it."""
    version = FlowVersion.objects.get(flow__key=flow_key, is_current=True)
    instance = Instance.objects.get(pk=record.pk)
    Case.objects.create(
        flow=version.flow,
        version=version,
        title=record.title,
        record=record,
        record_type=record.type,
        requester=record.owner,
        unit=record.unit,
        purpose_kind="move",
        move=f"{move.from_stage}>{move.to_stage}",
        move_version=instance.version_id,
        state="granted",
    )
