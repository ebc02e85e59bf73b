"""What channels cost, counted day by day (A07)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet

from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.leads.channels.figures import CHANNEL
from closeloop.leads.channels.standard import DEAL, LEAD
from closeloop.leads.models import ChannelSpend
from closeloop.org import queries as org
from closeloop.org.access import Access, Capability, Verb

HOME = "CNY"
"""The currency where deals have no choice of one."""


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


_COSTS = """
    SELECT channel, round(sum(amount
        * (least(last_day, %(until)s::date) - greatest(first_day, %(since)s::date) + 1)
        / (last_day - first_day + 1)), 2)
    FROM leads_channelspend
    WHERE withdrawn_at IS NULL AND currency = %(currency)s
        AND last_day >= %(since)s AND first_day <= %(until)s
    GROUP BY channel
"""
