"""What capture is told of people at providers and of behaviour; what merged leads bring along."""

from collections.abc import Mapping
from typing import Any

from closeloop.behaviour import actions as behaviour
from closeloop.behaviour.actions.noting import Act
from closeloop.behaviour.kinds import KINDS
from closeloop.capture import actions as capture
from closeloop.capture import places
from closeloop.capture.arrivals import Returned
from closeloop.capture.kinds import Kind
from closeloop.capture.plugs import Arrived, Provided
from closeloop.desk.actions import takers
from closeloop.desk.deriving import derivers
from closeloop.identity.actor import SYSTEM
from closeloop.integrations import queries as linked
from closeloop.leads.merging import queries as merging
from closeloop.leads.merging.carriers import Carrier, Carriers
from closeloop.notices.channels.outcomes import GiveUp
from closeloop.notices.events import Events
from closeloop.notices.vendors.wecom import WeCom
from closeloop.nurture import actions as nurture
from closeloop.records.kin import Kin

FORMS = frozenset({Kind.FORM, Kind.WEBHOOK, Kind.OCEAN_ENGINE, Kind.BAIDU, Kind.TENCENT_ADS})
"""Channels through which people fill in a form, here or elsewhere."""
MOST_ACTS = 200


def plug(provided: Provided, events: Events, kin: Kin, carriers: Carriers) -> None:
    """Join channels to people at providers, behaviour and notices; merges to what they carry."""
    provided.person_at = _person_at
    provided.contact_at = _contact_at
    provided.arrived = _arrived
    provided.returned = _returned
    events.register(capture.CAPTURED_AGAIN)
    takers.by_type["lead"] = capture.take_record
    derivers.by_type["lead"] = places.DERIVER
    kin.merged_into["lead"] = merging.merged_into
    carriers.register(
        Carrier("submissions", capture.move_submissions, capture.move_submissions_back)
    )


def _person_at(provider: str, external_id: str) -> int | None:
    person = linked.linked_person(provider, external_id) if external_id else None
    return person.pk if person and person.is_active else None


def _contact_at(provider: str, company: str, contact: str, person: str) -> Mapping[str, Any]:
    """A contact's details by the company's account; raises GiveUp and TryLater."""
    account = linked.set_up(provider)
    if not account.is_on:
        raise GiveUp("account_missing")
    if company and account.settings["corp_id"] != company:
        raise GiveUp("another_company", account.settings["corp_id"])
    client = linked.client_of(provider)
    if not isinstance(client, WeCom):
        raise GiveUp("account_missing")
    return client.external_contact(contact, followed_by=person)


def _arrived(arrived: Arrived) -> None:
    """The visitor is this person from now on; leaving details is itself something they did."""
    if arrived.visitor:
        behaviour.identify(arrived.visitor, arrived.lead_id, why=arrived.kind, actor=SYSTEM)
    acts = [act for each in arrived.behaviour[:MOST_ACTS] if (act := _act(each))]
    if arrived.kind in FORMS:
        acts.append(Act("form", {"form": arrived.name[:200]}))
    elif arrived.kind == Kind.WECHAT_OFFICIAL:
        acts.append(Act("chat"))
    if acts:
        behaviour.note(arrived.lead_id, acts, actor=SYSTEM)


def _returned(returned: Returned) -> int | None:
    return nurture.take_back(
        returned.message_ids,
        is_permanent=returned.is_permanent,
        status=returned.status,
        said=returned.said,
        actor=SYSTEM,
    )


def _act(told: Mapping[str, Any]) -> Act | None:
    """What a program says that the person did; kinds that there are not are left out."""
    kind = str(told.get("kind") or "")
    if kind not in KINDS:
        return None
    flat = {
        key: value
        for key, value in told.items()
        if key in KINDS[kind].data and isinstance(value, str | int | float | bool)
    }
    return Act(kind, flat)
