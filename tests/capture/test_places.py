"""Where somebody is who did not say so: derived, marked, routed by, and never over what is said."""

import pytest

from closeloop.capture import places
from closeloop.leads.models import Lead
from tests.builders.asking import Asker, client_as
from tests.builders.records import make_lead
from tests.capture.senders import Program, make_channel
from tests.routing.given import branch, make_group, publish

pytestmark = pytest.mark.django_db
HANGZHOU = "13957112345"


@pytest.fixture
def program(company):
    return Program(*make_channel())


def place_of(lead_id):
    return Lead.objects.get(pk=lead_id).extra.get("place")


@pytest.mark.parametrize(
    ("values", "value", "by"),
    [
        ({"phone": HANGZHOU}, "浙江省杭州市", "phone"),
        ({"phone": "02112345678"}, "上海市", "phone"),
        ({"phone": "075512345678-8012"}, "广东省深圳市", "phone"),
        ({"company": "江苏省人民医院", "phone": HANGZHOU}, "江苏省", "company"),
        ({"company": "上海市第一人民医院"}, "上海市", "company"),
    ],
)
def test_a_place_is_derived(values, value, by):
    assert places.derive(values) == places.Derived(value, by)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"company": "朝阳医院"},
        {"phone": "4008123456"},
        {"phone": "+15551234567"},
        {"phone": "15400007001"},
        {"phone": "无"},
        {"phone": "1391"},
    ],
)
def test_what_says_nothing_gives_no_place(values):
    assert places.derive(values) is None


def test_a_captured_lead_has_a_place_and_says_where_from(company, program):
    told = program.send({"name": "林晓", "phone": HANGZHOU}).json()[0]

    assert place_of(told["lead_id"]) == "浙江省杭州市"
    (touch,) = client_as(company.ops).get(f"/leads/{told['lead_id']}/touches").json()
    assert touch["derived"] == [
        {
            "field": "place", "field_name": "所在地", "value": "浙江省杭州市",
            "message": "由手机号段推断",
        }
    ]  # fmt: skip


def test_what_is_said_is_kept_and_nothing_is_derived_beside_it(company, program):
    told = program.send({"name": "林晓", "phone": HANGZHOU, "place": "广东深圳"}).json()[0]
    assert place_of(told["lead_id"]) == "广东深圳"
    (touch,) = client_as(company.ops).get(f"/leads/{told['lead_id']}/touches").json()
    assert touch["derived"] == []


def test_what_somebody_typed_is_never_replaced(company, program):
    lead = make_lead(company.seller, "林晓", phone=HANGZHOU, place="北京")
    program.send({"name": "林晓", "phone": HANGZHOU})
    program.send({"name": "林晓", "phone": HANGZHOU, "place": "深圳"})
    assert place_of(lead) == "北京"


def test_what_was_derived_gives_way_to_what_is_said(company, program):
    lead = program.send({"name": "林晓", "phone": HANGZHOU}).json()[0]["lead_id"]
    program.send({"name": "林晓", "phone": HANGZHOU, "place": "深圳"})
    assert place_of(lead) == "深圳"
    program.send({"name": "林晓", "phone": HANGZHOU, "place": "北京"})
    assert place_of(lead) == "深圳"


def test_a_lead_is_routed_by_the_place_of_its_number(company, program):
    zhejiang, others = company.seller, company.colleague
    make_group("in_zhejiang", zhejiang)
    make_group("elsewhere", others)
    in_zhejiang = {"field": "place", "operator": "in", "value": ["330000"]}
    when = {"combinator": "and", "rules": [in_zhejiang]}
    publish(branch("zhejiang", when, "in_zhejiang"), otherwise=["elsewhere"])

    first = program.send({"name": "林晓", "phone": HANGZHOU}).json()[0]
    second = program.send({"name": "王明", "phone": "13901012345"}).json()[0]

    owners = [Lead.objects.get(pk=told["lead_id"]).owner for told in (first, second)]
    assert owners == [zhejiang, others]


def test_a_lead_that_a_program_makes_has_a_place_too(company):
    program = client_as(company.ops)
    made = program.post(
        "/records/lead", {"values": {"name": "林晓", "phone": HANGZHOU, "source": "website"}}
    ).json()
    assert place_of(made["id"]) is None, "a person says where somebody is, or does not"

    key = program.post("/keys", {"name": "官网"}).json()["secret"]
    told = {"name": "王明", "phone": "13901012345", "source": "website"}
    made = Asker(None, api_key=key).post("/records/lead", {"values": told}).json()

    assert place_of(made["id"]) == "北京市"
