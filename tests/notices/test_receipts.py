"""What providers say later about the messages that they took."""

from datetime import timedelta

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.notices import actions
from closeloop.notices.channels import sms_aliyun, sms_tencent
from closeloop.notices.channels.sms import phone
from closeloop.notices.models import Delivery
from tests.builders.people import make_user
from tests.notices.working import after, tell, work
from tests.twins import sms
from tests.twins.documented import payload, strays
from tests.twins.loopback import Answer
from tests.twins.sms import AliyunSmsTwin, TencentSmsTwin

pytestmark = pytest.mark.django_db
TWINS = {"tencent": TencentSmsTwin, "aliyun": AliyunSmsTwin}
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=sorted(TWINS))
def provider(request):
    return request.param


@pytest.fixture
def carrier(provider, clock):
    with TWINS[provider]() as running:
        settings = {
            "provider": provider,
            "access_key_id": sms.KEY_ID,
            "access_key_secret": sms.KEY_SECRET,
            "sign_name": sms.SIGN_NAME,
            "template": sms.TEMPLATE,
            "endpoint": running.url,
        }
        if provider == "tencent":
            settings["app_id"] = sms.APP_ID
        actions.set_channel("sms", is_on=True, settings=settings, actor=SYSTEM)
        yield running


def sent(clock):
    person = make_user()
    person.phone = "13800138000"
    person.save()
    tell(person, channels=("sms",))
    work()
    after(clock, 2 * MINUTE)
    return row()


def row():
    return Delivery.objects.get(channel="sms")


def test_a_text_that_arrived_says_so(carrier, clock):
    delivery = sent(clock)
    assert (delivery.state, delivery.receipt) == ("sent", None)
    carrier.reports = [(delivery.provider_id, "SUCCESS")]
    assert actions.fetch_receipts() == 1
    assert (row().state, row().receipt["is_delivered"]) == ("sent", True)
    assert actions.fetch_receipts() == 0


def test_a_text_that_did_not_arrive_is_a_dead_letter(carrier, clock):
    delivery = sent(clock)
    carrier.reports = [(delivery.provider_id, "FAIL")]
    actions.fetch_receipts()
    assert (row().state, row().error_code) == ("dead", "not_delivered")
    actions.resend(delivery.pk, actor=SYSTEM)
    work()
    assert (row().state, row().receipt, len(carrier.delivered)) == ("sent", None, 2)


def test_nothing_is_known_before_the_carrier_has_spoken(carrier, clock):
    sent(clock)
    assert actions.fetch_receipts() == 0
    assert row().receipt is None


def test_after_two_days_nobody_is_asked(carrier, clock):
    sent(clock)
    clock.tell(clock.now + timedelta(days=2))
    asked = len(carrier.asked)
    assert actions.fetch_receipts() == 0
    assert len(carrier.asked) == asked


def test_a_carrier_that_does_not_answer_changes_nothing(carrier, clock):
    sent(clock)
    carrier.script = [Answer("no", status=500)]
    assert actions.fetch_receipts() == 0
    assert row().state == "sent"


def test_the_twin_reports_what_the_carrier_documents(provider, carrier, clock):
    delivery = sent(clock)
    carrier.reports = [(delivery.provider_id, "SUCCESS")] * 2
    actions.fetch_receipts()
    asked = carrier.asked[-1]
    documented = payload(f"{provider}_sms", "report")
    assert strays(carrier.take(asked), documented["response"]) == []
    assert strays(asked.query, documented["request"]["query"]) == []
    assert strays(asked.body or {}, documented["request"]["body"] or {}) == []


def test_documented_reports_are_understood(provider, carrier, clock):
    told = payload(f"{provider}_sms", "report")["response"]
    carrier.script = [Answer(told)]
    settings = {
        "access_key_id": sms.KEY_ID,
        "access_key_secret": sms.KEY_SECRET,
        "app_id": sms.APP_ID,
        "region": "ap-guangzhou",
        "endpoint": carrier.url,
    }
    if provider == "tencent":
        (receipt,) = sms_tencent.receipts(settings).values()
    else:
        receipt = sms_aliyun.receipt(phone("13800138000"), "9", clock.now, settings)
    assert receipt.is_delivered
