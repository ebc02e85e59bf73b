"""Converting a lead into a customer, a contact and a deal, under the gate of its process."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.desk import actions as desk
from closeloop.desk import rows
from closeloop.desk.actions import MoveAsk
from closeloop.desk.queries import locked_row, visible_row
from closeloop.engine.blueprint import StageKind
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.leads import errors
from closeloop.leads.catalogue import LEAD
from closeloop.leads.models import Lead
from closeloop.org.access import Verb
from closeloop.process import blueprints
from closeloop.process import queries as process
from closeloop.records.models import RecordRow
from closeloop.records.types import registry

SHARED_WITH_CUSTOMER = ("industry", "region", "source")
SHARED_WITH_CONTACT = ("name", "phone", "email", "wechat")
SHARED_WITH_DEAL = ("source", "intent_level", "budget_range")


@dataclass(frozen=True)
class ConversionAsk:
    """What becomes of a lead. Values left out are the lead's; `deal` None makes no deal."""

    customer_id: int | None = None
    customer: Mapping[str, Any] | None = None
    contact: Mapping[str, Any] | None = None
    deal: Mapping[str, Any] | None = None
    expected_version: int | None = None


@dataclass(frozen=True)
class Converted:
    """The records that a lead became."""

    customer_id: int
    contact_id: int
    deal_id: int | None


def convert_lead(lead_id: int, ask: ConversionAsk, *, actor: Actor) -> Converted:
    """Make customer, contact and deal, and move the lead to its process's won stage.

    All or nothing: raises StageLocked with what is missing, EditConflict, AlreadyConverted,
    ValuesInvalid, NotAllowed.
    """
    record_type = registry.get("lead")
    row = locked_row(record_type, lead_id, actor=actor, verb=Verb.MOVE)
    lead = Lead.objects.get(pk=row.pk)
    if lead.converted_at is not None:
        raise errors.AlreadyConverted({"customer_id": lead.customer_id, "deal_id": lead.deal_id})
    move = MoveAsk(
        to_stage=_won_stage(lead_id), via=LEAD.won_by, expected_version=ask.expected_version
    )
    desk.move_record("lead", lead_id, move, actor=actor)
    made = _make(row, ask, actor)
    Lead.objects.filter(pk=lead_id).update(
        customer_id=made.customer_id,
        contact_id=made.contact_id,
        deal_id=made.deal_id,
        converted_at=Now(),
    )
    activity.record(
        Happening(
            verb="lead.converted",
            record_id=lead_id,
            record_type="lead",
            unit_id=row.unit_id,
            data=vars(made),
        ),
        actor=actor,
    )
    return made


def _won_stage(lead_id: int) -> str:
    instance = process.instance_of(lead_id)
    version = blueprints.loaded(instance.version_id) if instance else None
    for stage in version.stages if version else ():
        if stage.kind is StageKind.WON:
            return stage.key
    raise errors.NoConversionStage


def _make(row: RecordRow, ask: ConversionAsk, actor: Actor) -> Converted:
    lead = {
        key: value
        for key, value in rows.values_of(registry.get("lead"), row).items()
        if value is not None
    }
    customer_id = ask.customer_id
    if customer_id is not None:
        visible_row(registry.get("customer"), customer_id, actor=actor)
    else:
        customer = {**_carried("customer", lead, SHARED_WITH_CUSTOMER), **(ask.customer or {})}
        customer.setdefault("name", lead.get("company"))
        if not customer.get("name"):
            raise errors.CustomerNotGiven
        customer_id = _create("customer", customer, row, actor)
    contact = {
        **_carried("contact", lead, SHARED_WITH_CONTACT),
        **(ask.contact or {}),
        "customer": customer_id,
    }
    contact_id = _create("contact", contact, row, actor)
    deal_id = None
    if ask.deal is not None:
        deal = {
            **_carried("deal", lead, SHARED_WITH_DEAL),
            **ask.deal,
            "customer": customer_id,
            "lead": row.pk,
        }
        deal.setdefault("name", lead.get("company") or lead["name"])
        deal_id = _create("deal", deal, row, actor)
    return Converted(customer_id=customer_id, contact_id=contact_id, deal_id=deal_id)


def _create(type_key: str, values: Mapping[str, Any], lead: RecordRow, actor: Actor) -> int:
    return desk.create_record(
        type_key,
        values,
        actor=actor,
        via="conversion",
        owner_id=lead.owner_id,
        unit_id=lead.unit_id,
    )


def _carried(type_key: str, lead: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """The lead's values that fit the other type's fields; a choice only where it exists there."""
    specs = fields.specs_of(type_key)
    return {
        key: lead[key]
        for key in keys
        if key in lead
        and key in specs
        and (specs[key].type != "choice" or lead[key] in specs[key].choice_keys)
    }
