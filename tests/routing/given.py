"""Rules and groups for tests, made by the product's own actions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from closeloop.desk import actions as desk
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.routing import actions
from closeloop.routing.actions import GroupGiven, ReceiverGiven, SeatGiven


def words(text: str) -> dict[str, str]:
    """A name in both languages."""
    return {"zh-CN": text, "en-US": text}


def where(field: str, operator: str, value: Any) -> dict[str, Any]:
    """A condition of one row."""
    row = {"field": field, "operator": operator, "value": value}
    return {"combinator": "and", "rules": [row]}


@transaction.atomic
def make_group(
    key: str,
    *people: User,
    strategy: str = "least_open",
    cap: int = 5,
    weights: Mapping[User, int] | None = None,
    skills: Sequence[str] = (),
    hours: str = "always",
) -> str:
    """A group in which everybody has the same cap and is always there; gives its key."""
    members = tuple(
        SeatGiven(each.pk, (weights or {}).get(each, 1), cap, tuple(skills)) for each in people
    )
    given = GroupGiven(key, words(key), strategy, members)
    actions.write_group(given, is_new=True, actor=SYSTEM)
    for each in people:
        actions.change_receiver(each.pk, ReceiverGiven(hours=hours), actor=SYSTEM)
    return key


def branch(key: str, when: Mapping[str, Any] | None, *groups: str, **more: Any) -> dict[str, Any]:
    """A branch of a rule set."""
    return {"key": key, "name": words(key), "when": when, "groups": list(groups), **more}


@transaction.atomic
def publish(*branches: Mapping[str, Any], otherwise: Sequence[str] = (), **more: Any) -> int:
    """Publish the rules of leads; gives the version's number."""
    definition = {
        "key": "leads",
        "name": words("线索分配"),
        "record_type": "lead",
        "branches": list(branches),
        "otherwise": {"groups": list(otherwise)},
        **more,
    }
    return actions.publish(definition, actor=SYSTEM).number


@transaction.atomic
def new_lead(**values: Any) -> int:
    """A lead that no person makes: it comes from a channel, without an owner."""
    given = {"name": "王女士", "source": "website", **values}
    return desk.create_record("lead", given, actor=SYSTEM, via="capture")
