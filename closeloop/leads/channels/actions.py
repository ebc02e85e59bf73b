"""Entering what a channel cost, and withdrawing what was wrong."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor
from closeloop.leads import errors
from closeloop.leads.channels import spending
from closeloop.leads.models import ChannelSpend
from closeloop.org import queries as org
from closeloop.org.access import Capability


@dataclass(frozen=True)
class NewSpend:
    """Money for a channel, both days counted."""

    channel: str
    first_day: date
    last_day: date
    amount: Decimal
    currency: str
    note: str = ""


def enter_spend(new: NewSpend, *, actor: Actor) -> ChannelSpend:
    """Note what a channel cost; raises SpendInvalid with the field at fault."""
    org.access_of(actor).require_capability(Capability.MANAGE_CHANNELS)
    if new.channel not in spending.channels():
        raise errors.SpendInvalid(_fault("channel", "choice_unknown", new.channel))
    if new.currency not in spending.currencies():
        raise errors.SpendInvalid(_fault("currency", "choice_unknown", new.currency))
    if new.last_day < new.first_day:
        raise errors.SpendInvalid(_fault("last_day", "span_backwards"))
    spend = ChannelSpend.objects.create(**vars(new), entered_by_id=actor.user_id)
    _record("channel_spend.entered", spend, actor)
    return spend


def withdraw_spend(spend_id: int, *, actor: Actor) -> None:
    """Take a wrong entry out of the sums; it stays readable in the audit log."""
    org.access_of(actor).require_capability(Capability.MANAGE_CHANNELS)
    spend = ChannelSpend.objects.select_for_update().filter(pk=spend_id, withdrawn_at=None).first()
    if spend is None:
        raise errors.SpendNotFound({"id": spend_id})
    spend.withdrawn_at, spend.withdrawn_by_id = Now(), actor.user_id
    spend.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record("channel_spend.withdrawn", spend, actor)


def _record(verb: str, spend: ChannelSpend, actor: Actor) -> None:
    data = {
        "spend_id": spend.pk,
        "channel": spend.channel,
        "first_day": spend.first_day.isoformat(),
        "last_day": spend.last_day.isoformat(),
        "amount": str(spend.amount),
        "currency": spend.currency,
        "note": spend.note,
    }
    activity.record(Happening(verb=verb, data=data), actor=actor)


def _fault(field: str, code: str, given: str = "") -> dict[str, object]:
    return {"errors": [{"field": field, "code": code, "given": given}]}
