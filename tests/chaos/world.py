"""What the rounds happen to: people who decide, policies that fire, channels to twins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from closeloop.approvals import actions as approvals
from closeloop.identity import actions as identity
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.integrations import actions as integrations
from closeloop.notices import actions as notices
from closeloop.sla import actions as sla
from tests.builders.people import actor_of, make_unit, make_user
from tests.chaos.twins import Twins
from tests.twins import accounts, sms

OPENED, ENDED = "chaos.began", "chaos.ended"
CHANNELS = ("in_app", "mail", "sms", "wecom")
DECIDERS = 8
FLOW = "chaos"
_NAME = {"zh-CN": "演练", "en-US": "Chaos"}


@dataclass(frozen=True)
class World:
    """Who asks, who decides (with a key each), and who owns the clocks."""

    requester: User
    deciders: Sequence[User]
    secrets: Mapping[int, str]
    owners: Sequence[User]


@transaction.atomic
def make_world(twins: Twins) -> World:
    """People, one flow that any of the asked may decide, one policy for each channel."""
    office = make_unit("演练部门")
    deciders = [make_user(f"审批人{n}", role="director", unit=office) for n in range(DECIDERS)]
    owners = [make_user(f"负责人{n}", role="salesperson", unit=office) for n in range(20)]
    for place, owner in enumerate(owners):
        owner.email, owner.phone = f"owner{owner.pk}@example.com", f"138001380{place:02}"
        owner.save(update_fields=["email", "phone"])
    requester = make_user("申请人", role="salesperson", unit=office)
    approvals.publish(_flow(), actor=SYSTEM)
    for channel in CHANNELS:
        sla.publish(_policy(channel), actor=SYSTEM)
    _connect(twins, owners)
    secrets = {
        person.pk: identity.create_key(person, name="chaos", actor=actor_of(person))[1]
        for person in deciders
    }
    return World(requester, deciders, secrets, owners)


def _connect(twins: Twins, owners: Sequence[User]) -> None:
    """Mail arrives at most once, texts at least once by choice; WeCom drops repetitions."""
    mail = {
        "host": "127.0.0.1",
        "port": twins.mail.port,
        "security": "none",
        "from_address": "chaos@example.com",
    }
    text = {
        "provider": "tencent",
        "access_key_id": sms.KEY_ID,
        "access_key_secret": sms.KEY_SECRET,
        "app_id": sms.APP_ID,
        "sign_name": sms.SIGN_NAME,
        "template": sms.TEMPLATE,
        "params": "path",
        "endpoint": twins.sms.url,
        "resend_unknown": True,
    }
    notices.set_channel("mail", is_on=True, settings=mail, actor=SYSTEM)
    notices.set_channel("sms", is_on=True, settings=text, actor=SYSTEM)
    integrations.change_account(
        "wecom",
        is_on=True,
        signs_in=False,
        settings=accounts.settings_for("wecom", twins.wecom.url),
        actor=SYSTEM,
    )
    twins.wecom.add_department(1, "演练部门")
    for owner in owners:
        name = f"owner{owner.pk}"
        twins.wecom.add_member(name, owner.name, 1)
        integrations.link_by_hand("wecom", owner.pk, external_id=name, actor=SYSTEM)


def _flow() -> dict[str, Any]:
    return {
        "key": FLOW,
        "name": _NAME,
        "nodes": [
            {
                "key": "decide",
                "kind": "approve",
                "name": _NAME,
                "mode": "any",
                "sources": [{"kind": "chosen", "at_most": 2}],
            }
        ],
    }


def _policy(channel: str) -> dict[str, Any]:
    told = {"where": {"channel": channel}}
    return {
        "key": f"chaos_{channel}",
        "name": _NAME,
        "about": "task",
        "owner": "data:person_id",
        "opens": [{"verb": OPENED, **told}],
        "closes": [{"verb": ENDED, **told}],
        "target": {"hours": 1},
        "steps": [
            {"key": "due", "after": {"hours": 1}, "to": ["owner"], "channels": ["in_app", channel]}
        ],
    }
