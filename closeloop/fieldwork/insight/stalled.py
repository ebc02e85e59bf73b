"""Stalled customers with high intent (G11): the last three contacts with the objections in them and
how each ended, and how often the technical contact took part, week by week.

Objections are recognised by words. How a contact ended is what is known of it: a step forward
before the next contact, a next date that was kept or missed, or nothing.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncWeek

from closeloop.customers.models import Contact
from closeloop.deals.catalogue import DEAL
from closeloop.deals.models import Deal
from closeloop.fieldwork.insight import scope
from closeloop.fieldwork.insight.settings import Settings
from closeloop.fieldwork.models import FollowUp
from closeloop.identity.actor import Actor
from closeloop.process.models import Visit, VisitKind
from closeloop.records import queries as records
from closeloop.sla.models import Clock

LAST = 3
WEEKS = 12
RECENT_WEEKS = 4
MOST_SHOWN = 100
MOVED, KEPT, MISSED, PLANNED, OPEN = "moved", "kept", "missed", "planned", "open"
GROWING, STEADY, FALLING, SILENT = "growing", "steady", "falling", "silent"


def waiting(
    settings: Settings,
    *,
    actor: Actor,
    units: Collection[int] | None = None,
    limit: int = MOST_SHOWN,
) -> list[Clock]:
    """Red clocks of the policies that tell of a stall, the longest first, one for each record.

    `units`: only records of these; at most `limit` of them.
    """
    found = Clock.objects.filter(
        records.within_reach(actor=actor, prefix="record__"),
        policy__key__in=settings.stalled_policies,
        closed_at=None,
        red_since__isnull=False,
    )
    if units is not None:
        found = found.filter(record__unit_id__in=units)
    shown = found.select_related("record", "owner", "policy").order_by("red_since", "pk")
    first: dict[int | None, Clock] = {}
    for clock in shown:
        first.setdefault(clock.record_id, clock)
    return list(first.values())[:limit]


def customers_of(rows: Sequence[Clock]) -> dict[int, int]:
    """Whose contacts tell of each clock's record, by clock: a deal's customer, else the record."""
    deals = {row.record_id or 0 for row in rows if row.record_type == DEAL.key}
    customers = dict(Deal.objects.filter(pk__in=deals).values_list("pk", "customer_id"))
    return {row.pk: customers.get(row.record_id or 0) or row.record_id or 0 for row in rows}


def last_contacts(
    customer_id: int, settings: Settings, *, now: datetime, actor: Actor
) -> list[dict[str, Any]]:
    """A customer's last three contacts, the newest first, with objections and how they ended."""
    found = scope.effective().filter(records.within_reach(actor=actor, prefix="record__"))
    of_customer = found.filter(customer_id=customer_id).select_related("author", "contact")
    rows = list(of_customer.order_by("-at", "-pk")[:LAST])
    steps = _steps(rows, actor=actor)
    told = []
    for place, row in enumerate(rows):
        following = rows[place - 1] if place else None
        told.append(
            {
                "followup": row,
                "objections": objections_in(row.text, settings),
                "ending": ending_of(row, following, steps, now),
            }
        )
    return told


def objections_in(text: str, settings: Settings) -> list[Any]:
    """The objections whose words a text has."""
    return [each for each in settings.objections if any(word in text for word in each.words)]


def ending_of(
    row: FollowUp, following: FollowUp | None, steps: Sequence[datetime], now: datetime
) -> str:
    """How a contact ended, as far as it is known."""
    until = following.at if following else now
    if any(row.at <= step < until for step in steps):
        return MOVED
    if row.next_at is None:
        return OPEN
    if following is not None:
        kept = following.at.date() <= row.next_at.date()
        return KEPT if kept else MISSED
    return PLANNED if row.next_at >= now else MISSED


def technical_trend(
    customer_id: int, settings: Settings, *, now: datetime, actor: Actor
) -> dict[str, Any]:
    """How often technical contacts of a customer took part, by week, and which way it goes."""
    people = Contact.objects.filter(
        customer_id=customer_id, chain_role__in=settings.technical_roles, deleted_at=None
    )
    names = dict(people.values_list("pk", "name"))
    since = now - timedelta(weeks=WEEKS)
    found = scope.effective().filter(records.within_reach(actor=actor, prefix="record__"))
    with_them = found.filter(contact_id__in=names, at__gte=since, at__lte=now)
    weeks = dict(
        with_them.order_by()
        .annotate(week=TruncWeek("at"))
        .values_list("week")
        .annotate(count=Count("pk"))
    )
    last = with_them.order_by("-at").values_list("at", flat=True).first()
    recent = with_them.filter(at__gte=now - timedelta(weeks=RECENT_WEEKS)).count()
    before = with_them.count() - recent
    return {
        "people": [{"id": key, "name": name} for key, name in sorted(names.items())],
        "weeks": [{"week": week, "count": count} for week, count in sorted(weeks.items())],
        "last_at": last,
        "recent": recent,
        "before": before,
        "trend": trend_of(recent, before),
    }


def trend_of(recent: int, before: int) -> str:
    """The last four weeks against the eight before, per week; a quarter more or less counts."""
    if not recent:
        return SILENT
    usual = before / (WEEKS - RECENT_WEEKS)
    now = recent / RECENT_WEEKS
    if now > usual * 1.25:
        return GROWING
    return FALLING if now < usual * 0.75 else STEADY


def _steps(rows: Sequence[FollowUp], *, actor: Actor) -> list[datetime]:
    """When the records that were followed moved forward."""
    forward = Visit.objects.filter(
        records.within_reach(actor=actor, prefix="record__"),
        record_id__in={row.record_id for row in rows},
        kind__in=(VisitKind.FORWARD, VisitKind.SKIP),
    )
    return list(forward.values_list("entered_at", flat=True))
