"""What channels cost: entered for a span of days, withdrawn where wrong, counted daily (A07)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.leads import errors
from closeloop.leads.channels.figures import CHANNEL
from closeloop.leads.channels.standard import DEAL, LEAD
from closeloop.leads.models import ChannelSpend
from closeloop.org import queries as org
from closeloop.org.access import Access, Capability, Verb

HOME = "CNY"
"""The currency where deals have no choice of one."""


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
    if new.channel not in channels():
        raise errors.SpendInvalid(_fault("channel", "choice_unknown", new.channel))
    if new.currency not in currencies():
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


def entries(*, since: date, until: date, actor: Actor) -> QuerySet[ChannelSpend]:
    """What was entered for days of a span (both counted), the latest days first."""
    org.access_of(actor).require_capability(Capability.MANAGE_CHANNELS)
    rows = ChannelSpend.objects.select_related("entered_by").filter(withdrawn_at=None)
    return rows.filter(last_day__gte=since, first_day__lte=until).order_by("-last_day", "-pk")


def costs(*, since: date, until: date, currency: str) -> dict[str, Decimal]:
    """What each channel cost from one day to another (both counted), in a currency.

    An amount is spread evenly over its days, so that part of a month has its part of the money.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COSTS, {"since": since, "until": until, "currency": currency})
        return dict(cursor.fetchall())


def tells_costs(access: Access) -> bool:
    """Whether costs may be set against what the reader sees: only where that is every lead."""
    return access.reach(LEAD, Verb.READ).everything


def channels() -> Mapping[str, Mapping[str, str]]:
    """The names of the channels by key."""
    spec = fields.specs_of(LEAD).get(CHANNEL)
    return {choice.key: choice.name for choice in (spec.choices if spec else ())}


def currencies() -> Sequence[str]:
    """The currencies that amounts may be in, the company's own first."""
    spec = fields.specs_of(DEAL).get("currency")
    return [choice.key for choice in spec.choices] if spec else [HOME]


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


_COSTS = """
    SELECT channel, round(sum(amount
        * (least(last_day, %(until)s::date) - greatest(first_day, %(since)s::date) + 1)
        / (last_day - first_day + 1)), 2)
    FROM leads_channelspend
    WHERE withdrawn_at IS NULL AND currency = %(currency)s
        AND last_day >= %(since)s AND first_day <= %(until)s
    GROUP BY channel
"""
