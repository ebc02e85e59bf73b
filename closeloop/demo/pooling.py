"""What lies in the demo company's pools: leads and customers that somebody gave back, and why."""

from __future__ import annotations

from closeloop.customers.models import Customer
from closeloop.deals.models import Deal
from closeloop.demo.organising import Colleague, Organisation
from closeloop.leads.models import Lead
from closeloop.pool import actions
from closeloop.pool.models import Pool
from closeloop.pool.plugs import plugs

LEADS, CUSTOMERS = 16, 5
"""At most so many of each; a smaller company has fewer."""
REASONS = (
    ("no_answer", "工作日打了三次，都没有人接"),
    ("nothing_needed", "今年预算已经用完，明年再问"),
    ("not_mine", ""),
    ("too_many", "本周出差，先交给有空的同事"),
)
CUSTOMER_REASONS = (("no_business", "两年内没有采购计划"), ("leaving", "转岗到售前，先放回公海"))


def fill(organisation: Organisation) -> None:
    """Every third seller gives a lead back, every tenth a customer without deals."""
    if not Pool.objects.filter(record_type="lead").exists():
        return
    sellers = [seller for team in organisation.teams for seller in team.sellers]
    stages = list(plugs.open_stages("lead") or ())
    for number, seller in enumerate(sellers[1::3][:LEADS]):
        lead = _oldest_lead(seller, stages)
        if lead is not None:
            reason, note = REASONS[number % len(REASONS)]
            actions.release("lead", lead, reason=reason, note=note, actor=seller.actor)
    with_deals = Deal.objects.values("customer_id")
    for number, seller in enumerate(sellers[2::10][:CUSTOMERS]):
        own = Customer.objects.filter(owner_id=seller.actor.person_id, deleted_at=None)
        customer = own.exclude(pk__in=with_deals).order_by("pk").first()
        if customer is not None:
            reason, note = CUSTOMER_REASONS[number % len(CUSTOMER_REASONS)]
            actions.release("customer", customer.pk, reason=reason, note=note, actor=seller.actor)


def _oldest_lead(seller: Colleague, stages: list[str]) -> int | None:
    rows = Lead.objects.filter(owner_id=seller.actor.person_id, stage__in=stages, deleted_at=None)
    return rows.order_by("pk").values_list("pk", flat=True).first()
