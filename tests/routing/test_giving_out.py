"""New leads without an owner get one by the rules, with the reason."""

import pytest

from closeloop.leads.models import Lead
from closeloop.notices.models import Notice
from tests.builders.activity import entries
from tests.builders.records import make_lead
from tests.routing.given import branch, make_group, new_lead, publish, where

pytestmark = pytest.mark.django_db
HOSPITAL = where("field.industry", "=", "public_tertiary_hospital")


def owner_of(lead):
    return Lead.objects.get(pk=lead).owner


def test_the_first_branch_that_fits_gives_the_lead_to_who_has_the_fewest_open(company):
    make_group("hospitals", company.seller, company.colleague)
    make_group("others", company.stranger)
    publish(branch("hospital", HOSPITAL, "hospitals"), otherwise=["others"])
    make_lead(company.seller)
    lead = new_lead(industry="public_tertiary_hospital")
    assert owner_of(lead) == company.colleague
    assert Lead.objects.get(pk=lead).unit == company.teams[0]
    (told,) = entries("lead.routed")
    assert (told["branch"], told["group"], told["load"], told["cap"]) == (
        "hospital", "hospitals", 0, 5,
    )  # fmt: skip
    assert told["values"] == {"industry": "public_tertiary_hospital"}
    assert sorted(told["room"]) == sorted([[company.seller.pk, 1], [company.colleague.pk, 0]])
    assert owner_of(new_lead(industry="software")) == company.stranger
    notice = Notice.objects.get(person=company.colleague, event="lead.routed")
    assert notice.link == f"/r/lead/{lead}"
