"""WeCom names a contact by an id alone: the details are asked for until told, or refused."""

import json
from pathlib import Path

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from closeloop.capture import jobs
from closeloop.capture.models import Submission
from closeloop.identity.actor import SYSTEM
from closeloop.integrations import actions as integrations
from closeloop.integrations.models import PersonLink
from closeloop.leads.models import Identity, Lead
from closeloop.notices.channels.outcomes import TryLater
from closeloop.notices.vendors.tokens import tokens
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_lead
from tests.capture.senders import make_channel
from tests.twins.accounts import settings_for
from tests.twins.platforms import KEY, CustomerContact
from tests.twins.wecom import CORP_ID, WeComTwin

pytestmark = pytest.mark.django_db
CONTACT = "woAJ2GCAAAXtWyujaWJHDDGi0mAAAA"
ADDED = Path(__file__).parent / "fixtures" / "wecom_contact_add.json"


@pytest.fixture
def wecom():
    tokens.clear()
    with WeComTwin() as running:
        yield running


@pytest.fixture
def account(wecom, company):
    """The company's account, switched on; the colleague who adds contacts is known by it."""
    integrations.change_account(
        "wecom", is_on=True, signs_in=False, settings=settings_for("wecom", wecom.url), actor=SYSTEM
    )
    PersonLink.objects.create(
        provider="wecom", external_id="zhangsan", person=company.seller, source="hand"
    )


def added(**more):
    """Somebody adds the contact in WeCom; gives the submission that waits."""
    channel, _ = make_channel(
        "wecom_contact",
        settings={"corp_id": CORP_ID},
        secrets={"callback_token": "wecom-token", "callback_key": KEY},
        **more,
    )
    path = f"/api/capture/callbacks/{channel.token}"

    def post(query, body, content_type, headers):
        return Client().generic("POST", path + query, body, content_type=content_type)

    told = json.loads(ADDED.read_text(encoding="utf-8"))["body"]
    assert CustomerContact(post, lambda: from_now().timestamp()).send(told).content == b"success"
    return Submission.objects.get(channel=channel)


def test_the_details_fill_the_lead(company, wecom, account):
    noted = {"remark_mobiles": ["138 1234 5678"], "remark_corp_name": "一院", "state": "展会"}
    wecom.add_contact(CONTACT, "林晓", "zhangsan", unionid="union-1", noted=noted)
    row = added()
    assert ProcrastinateJob.objects.filter(
        task_name="capture.look_up", args={"submission_id": row.pk}
    ).exists()

    assert jobs.ask_provider(row.pk, is_last=False) == "taken"

    lead = Lead.objects.get()
    assert (lead.name, lead.company, lead.phone, lead.source, lead.owner) == (
        "林晓", "一院", "13812345678", "exhibition", company.seller,
    )  # fmt: skip
    assert set(Identity.objects.values_list("kind", "value")) == {
        ("external_user", CONTACT),
        ("unionid", "union-1"),
    }
    row.refresh_from_db()
    assert (row.rest["state"], row.state) == ("展会", "taken")
    assert jobs.ask_provider(row.pk, is_last=False) == ""
    assert Lead.objects.count() == 1


def test_another_colleagues_notes_are_not_taken(company, wecom, account):
    wecom.add_contact(CONTACT, "林晓", "lisi", noted={"remark_mobiles": ["13900001111"]})

    jobs.ask_provider(added().pk, is_last=False)

    assert Lead.objects.values_list("name", "phone").get() == ("林晓", None)


def test_somebody_who_is_known_by_the_mobile_is_no_second_lead(company, wecom, account):
    lead = make_lead(company.seller, "林晓", phone="13812345678")
    wecom.add_contact(CONTACT, "晓晓", "zhangsan", noted={"remark_mobiles": ["13812345678"]})

    assert jobs.ask_provider(added().pk, is_last=False) == "attached"

    assert Lead.objects.get().pk == lead


def test_a_path_of_the_answer_can_be_assigned_to_a_field(company, wecom, account):
    wecom.add_contact(CONTACT, "林晓", "zhangsan", noted={"state": "qr7", "description": "杭州"})

    row = added(mapping={"place": "follow_user.description"})
    jobs.ask_provider(row.pk, is_last=False)

    assert Lead.objects.get().extra["place"] == "杭州"


def test_a_busy_provider_is_asked_again_and_at_last_somebody_looks(company, wecom, account):
    wecom.add_contact(CONTACT, "林晓", "zhangsan")
    wecom.is_busy = True
    row = added()

    with pytest.raises(TryLater):
        jobs.ask_provider(row.pk, is_last=False)
    assert Submission.objects.get().state == "asked"
    assert jobs.ask_provider(row.pk, is_last=True) == "quarantined"

    ops = client_as(company.ops)
    (waiting,) = ops.get("/capture/submissions").json()["items"]
    assert waiting["reasons"][0]["code"] == "details_not_told"
    assert "wecom_-1" in waiting["reasons"][0]["message"]
    wecom.is_busy = False
    assert ops.post(f"/capture/submissions/{row.pk}/retry", {}).json()["state"] == "asked"
    assert jobs.ask_provider(row.pk, is_last=False) == "taken"
    assert Lead.objects.get().name == "林晓"


@pytest.mark.parametrize("reason", ["account_missing", "another_company", "84061"])
def test_what_cannot_be_told_waits_and_can_be_filled_in(company, wecom, reason, request):
    if reason != "account_missing":
        request.getfixturevalue("account")
    if reason == "another_company":
        integrations.change_account(
            "wecom", is_on=True, signs_in=False, settings={"corp_id": "ww0"}, actor=SYSTEM
        )
    row = added()

    assert jobs.ask_provider(row.pk, is_last=False) == "quarantined"
    assert reason in Submission.objects.get().reasons[0]["given"]
    assert Lead.objects.count() == 0

    mended = {"values": {"name": "林晓", "phone": "13812345678"}}
    told = client_as(company.ops).post(f"/capture/submissions/{row.pk}/retry", mended).json()
    assert told["state"] == "taken"
    assert Lead.objects.get().name == "林晓"
