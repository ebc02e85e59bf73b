"""The path that the pack ships: it can be published at once, and says what is yet to be done."""

import pytest

from closeloop.nurture.models import Path
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.nurture.given import make_path, make_template, messages_of, new_lead, send, work
from tests.nurture.test_sending import set_up_texts
from tests.twins.sms import TEMPLATE, AliyunSmsTwin

pytestmark = pytest.mark.django_db
SHIPPED = "below_threshold"


def test_the_shipped_path_is_published_as_it_comes(post, company):
    ops = client_as(company.ops)
    draft = Path.objects.get(key=SHIPPED).draft
    told = ops.post(f"/nurture/paths/{SHIPPED}/check", {"definition": draft}).json()
    assert told["problems"] == []
    assert {(each["step"], each["code"]) for each in told["todos"]} == {
        ("invitation", "nurture.sms_off"),
        ("invitation", "nurture.sms_code_missing"),
        ("note", "nurture.wecom_off"),
    }
    assert "模板编号" in " ".join(each["message"] for each in told["todos"])
    published = ops.post(f"/nurture/paths/{SHIPPED}/publish", {})
    assert (published.status_code, published.json()["version"]) == (200, 1)


def test_a_text_without_a_code_is_skipped_and_says_why_until_it_has_one(post, clock, company):
    make_template("text", "sms", sms={"params": ["name"]})
    make_path(send("first", "sms", "text"))
    with AliyunSmsTwin() as carrier:
        set_up_texts(carrier)
        without = new_lead(phone="13812345678")
        work()
        assert messages_of(without) == [("first", "skipped", "sms_code_missing")]
        assert (
            entries("nurture.step_skipped")[0]["why"]["zh-CN"] == "没有填写该短信服务商的模板编号"
        )

        ops = client_as(company.ops)
        template = ops.get("/nurture/templates/text").json()
        looked = ops.post("/nurture/templates/text/check", {"definition": template["current"]})
        assert [each["code"] for each in looked.json()["todos"]] == ["nurture.sms_code_missing"]

        make_template("text", "sms", sms={"aliyun": TEMPLATE, "params": ["name"]})
        later = new_lead(phone="13812345679", email="other@clinic.example")
        work()
        assert messages_of(later) == [("first", "sent", "")]
    assert [number for number, _ in carrier.delivered] == ["13812345679"]
