"""What is under way on the demo company's last day can be finished."""

import pytest

from closeloop.approvals import actions as approvals
from closeloop.approvals.actions import Answer
from closeloop.approvals.models import Ask, Case
from closeloop.deals.models import Deal
from closeloop.demo import underway
from closeloop.process.models import Instance
from tests.approvals.test_gate import TO_CONTRACT
from tests.builders.people import actor_of, make_user
from tests.builders.records import advance, make_deal

pytestmark = pytest.mark.django_db


def next_asked(case):
    asks = Ask.objects.filter(case=case, state="waiting").order_by("pk")
    return asks.first()


def test_the_late_contract_moves_its_deal_once_everybody_has_agreed(company):
    for role in ("legal", "presales", "finance", "sales_bp"):
        make_user(role, role=role, unit=company.head_office)
    deal = make_deal(company.seller, name="省医院 CT")
    advance("deal", deal, *TO_CONTRACT)
    case = underway.submit(Deal.objects.get(pk=deal), company.actor)
    while (ask := next_asked(case)) is not None:
        approvals.agree(case.pk, Answer(), actor=actor_of(ask.person))
    done = Case.objects.get(pk=case.pk)
    assert (done.state, done.purpose_kind, done.carried_out) == ("granted", "move", True)
    assert Instance.objects.get(pk=deal).stage == "signing"
