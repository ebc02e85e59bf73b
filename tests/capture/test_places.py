"""Where somebody is who did not say so: derived, marked, routed by, and never over what is said."""

import pytest

from closeloop.capture import places
from closeloop.desk.actions import change_record
from closeloop.desk.deriving import Derived
from closeloop.fields import actions as fields
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from tests.builders.activity import entries
from tests.builders.asking import Asker, client_as
from tests.builders.people import shipped_role
from tests.builders.records import make_lead
from tests.capture.senders import Program, make_channel
from tests.routing.given import branch, make_group, publish
from tests.transfer.running import csv_of, imported, rows_of

pytestmark = pytest.mark.django_db
HANGZHOU = "13957112345"


@pytest.fixture
def program(company):
    return Program(*make_channel())


def place_of(lead_id):
    return Lead.objects.get(pk=lead_id).extra.get("place")


def derived_of(asker, lead_id):
    told = asker.get(f"/leads/{lead_id}/derived").json()
    return [(each["field"], each["value"], each["message"]) for each in told]


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
    assert places.derive(values) == Derived(value, by)


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


def test_a_lead_that_a_person_or_a_program_makes_has_a_place_too(company):
    asker = client_as(company.ops)
    values = {"name": "林晓", "phone": HANGZHOU, "source": "website"}
    made = asker.post("/records/lead", {"values": values}).json()
    assert made["values"]["place"] == "浙江省杭州市"
    assert derived_of(asker, made["id"]) == [("place", "浙江省杭州市", "由手机号段推断")]

    key = asker.post("/keys", {"name": "官网"}).json()["secret"]
    program = Asker(None, api_key=key)
    named = {"name": "王明", "phone": "13901012345", "source": "website"}
    nameless = {"name": "赵工", "company": "南京市第一医院", "source": "website"}
    for told in (named, nameless):
        program.post("/records/lead", {"values": told})
    places_of = dict(Lead.objects.values_list("name", "extra__place"))
    assert (places_of["王明"], places_of["赵工"]) == ("北京市", "江苏省南京市")


def test_the_record_says_that_a_place_was_derived(company):
    asker = client_as(company.ops)
    values = {"name": "林晓", "phone": HANGZHOU, "source": "website"}
    lead = asker.post("/records/lead", {"values": values}).json()["id"]

    (told,) = asker.get(f"/records/lead/{lead}/timeline?kinds=changes").json()["items"]
    assert told["text"] == "创建了线索，所在地「浙江省杭州市」由手机号段推断"

    change_record("lead", lead, {"place": "北京"}, actor=SYSTEM, expected_version=None)
    assert derived_of(asker, lead) == [], "what somebody typed stands in its place"


def test_what_a_person_says_or_empties_is_left_alone(company):
    said = make_lead(company.seller, "林晓", phone=HANGZHOU, place="深圳")
    later = make_lead(company.seller, "王明")
    change_record("lead", said, {"phone": "13901012345"}, actor=SYSTEM, expected_version=None)
    change_record("lead", later, {"phone": HANGZHOU}, actor=SYSTEM, expected_version=None)
    assert [place_of(said), place_of(later)] == ["深圳", "浙江省杭州市"]

    change_record(
        "lead",
        later,
        {"phone": "13901012345", "place": None},
        actor=SYSTEM,
        expected_version=None,
    )
    change_record("lead", later, {"name": "王小明"}, actor=SYSTEM, expected_version=None)
    assert place_of(later) is None


def test_imported_leads_have_places_that_nobody_gave(company):
    header = ["姓名", "手机", "公司", "所在地", "来源"]
    columns = dict(zip(header, ("name", "phone", "company", "place", "source"), strict=True))
    rows = [
        ["林晓", HANGZHOU, "", "", "展会"],
        ["王明", HANGZHOU, "", "广东深圳", "展会"],
        ["赵工", "", "南京市第一医院", "", "展会"],
        ["钱工", "", "", "", "展会"],
    ]
    job = imported(csv_of(header, *rows), columns)

    assert [extra.get("place") for (extra,) in rows_of("lead", "extra")] == [
        "浙江省杭州市", "广东深圳", "江苏省南京市", None,
    ]  # fmt: skip
    assert [each.get("derived") for each in entries("lead.created")] == [
        {"place": {"value": "浙江省杭州市", "by": "phone"}},
        None,
        {"place": {"value": "江苏省南京市", "by": "company"}},
        None,
    ]
    assert job.refused == 0


def test_a_table_without_places_gives_them_and_an_update_fills_empty_ones(company):
    lead = make_lead(company.seller, "林晓", email="lin@mail.example", source="exhibition")
    header = ["姓名", "手机", "邮箱", "来源"]
    columns = dict(zip(header, ("name", "phone", "email", "source"), strict=True))
    rows = [
        ["林晓", HANGZHOU, "lin@mail.example", "展会"],
        ["王明", "13901012345", "wang@mail.example", "展会"],
    ]
    imported(csv_of(header, *rows), columns, policy="both", match_on=["email"])

    assert place_of(lead) == "浙江省杭州市"
    assert entries("lead.changed")[0]["derived"] == {
        "place": {"value": "浙江省杭州市", "by": "phone"}
    }
    assert Lead.objects.get(name="王明").extra["place"] == "北京市"


def test_what_was_derived_at_an_import_gives_way_to_what_the_person_says(company, program):
    columns = {"姓名": "name", "手机": "phone", "来源": "source"}
    imported(csv_of(list(columns), ["林晓", HANGZHOU, "展会"]), columns)
    lead = Lead.objects.get().pk
    program.send({"name": "林晓", "phone": HANGZHOU, "place": "深圳"})
    assert place_of(lead) == "深圳"


def test_who_must_not_learn_the_place_is_not_told_what_it_was_derived_from(company):
    asker = client_as(company.ops)
    values = {"name": "林晓", "phone": HANGZHOU, "source": "website"}
    lead = asker.post("/records/lead", {"values": values, "owner": company.seller.pk}).json()["id"]
    hidden = {"role": shipped_role("salesperson"), "access": "hidden", "actor": SYSTEM}
    fields.limit_field("lead", "place", **hidden)

    reader = client_as(company.seller)
    assert derived_of(reader, lead) == []
    timeline = reader.get(f"/records/lead/{lead}/timeline").content.decode()
    assert "杭州" not in timeline
