"""Rules, groups, tests of drafts, and why a lead went where it went, at the API."""

import pytest

from closeloop.leads.models import Lead
from tests.builders.activity import verbs
from tests.builders.asking import client_as
from tests.builders.people import make_role, make_user
from tests.builders.records import make_lead
from tests.routing.given import branch, make_group, new_lead, publish, where, words

pytestmark = pytest.mark.django_db
HOSPITAL = where("field.industry", "=", "public_tertiary_hospital")


@pytest.fixture
def keeper(company):
    """Sales operations, who keep the rules and see every lead."""
    role = make_role({("lead", "read"): "all"}, capabilities=["routing.manage"])
    return client_as(make_user("孙运营", role=role, unit=company.head_office))


def definition(*branches, otherwise=()):
    return {
        "name": words("新规则"),
        "branches": list(branches),
        "otherwise": {"groups": list(otherwise)},
    }


def test_rules_are_written_tested_and_published(company, keeper):
    first = {"person": company.seller.pk, "cap": 3, "skills": ["影像"]}
    group = {"key": "imaging", "name": words("影像组"), "members": [first]}
    assert keeper.post("/routing/groups", group).status_code == 201
    always = {"hours": "always"}
    there = keeper.put(f"/routing/receivers/{company.seller.pk}", always).json()
    assert (there["cap"], there["unable"], there["load"]) == (3, None, 0)
    made = keeper.post("/routing/sets", {"key": "mine", "name": words("我的规则")})
    assert (made.status_code, made.json()["version"]) == (201, None)
    draft = definition(branch("hospital", HOSPITAL, "imaging", skills=["影像"]))
    assert keeper.put("/routing/sets/mine/draft", {"definition": draft}).status_code == 200
    checked = keeper.post("/routing/sets/mine/check", {"definition": draft}).json()
    assert checked["problems"] == []
    assert checked["sentences"][0] == {
        "branch": "hospital",
        "text": "行业为公立三级医院：imaging → 公海（需具备：影像）".replace("imaging", "影像组"),
    }
    lead = make_lead(company.stranger, industry="public_tertiary_hospital")
    tried = keeper.post("/routing/sets/mine/test", {"last": 10}).json()
    assert (tried["tried"], tried["pooled"]) == (1, 0)
    (item,) = tried["items"]
    assert item["record"]["id"] == lead
    assert item["now"]["person"] == {"id": company.seller.pk, "name": "张伟"}
    assert item["now"]["why"] == "行业 公立三级医院"
    assert (item["before"], item["is_changed"]) == (None, False)
    published = keeper.post("/routing/sets/mine/publish").json()
    assert (published["version"], published["is_active"], published["draft"]) == (1, True, None)
    new = new_lead(industry="public_tertiary_hospital")
    assert Lead.objects.get(pk=new).owner == company.seller
    assert verbs().count("lead.routed") == 1


def test_a_draft_is_compared_with_what_is_published(company, keeper):
    make_group("old", company.seller)
    make_group("new", company.stranger)
    publish(branch("hospital", HOSPITAL, "old"), otherwise=["old"])
    hospital = make_lead(company.manager, industry="public_tertiary_hospital")
    other = make_lead(company.manager, industry="software")
    draft = definition(branch("hospital", HOSPITAL, "new"), otherwise=["old"])
    tried = keeper.post("/routing/sets/leads/test", {"definition": draft, "last": 1000}).json()
    assert tried["changed"] == 1
    changed = {each["record"]["id"]: each["is_changed"] for each in tried["items"]}
    assert changed == {hospital: True, other: False}
    moved = tried["items"][1]
    assert (moved["before"]["person"]["name"], moved["now"]["person"]["name"]) == ("张伟", "赵强")
    assert [(each["key"], each["count"]) for each in tried["branches"]] == [
        ("hospital", 1),
        ("otherwise", 1),
    ]
    assert "lead.routed" not in verbs()


def test_every_fault_is_told_and_nothing_is_published(company, keeper):
    make_group("team", company.seller)
    publish(otherwise=["team"])
    when = where("field.mood", "=", "good")
    draft = definition(branch("one", when, "zoo"), otherwise=["team"])
    keeper.put("/routing/sets/leads/draft", {"definition": draft})
    problems = keeper.post("/routing/sets/leads/check", {"definition": draft}).json()["problems"]
    assert [(each["code"], each["path"]) for each in problems] == [
        ("routing.group_unknown", "/branches/0/groups/0"),
        ("condition.field_unknown", "/branches/0/when/rules/0/field"),
    ]
    assert all(not each["message"].startswith("problem.") for each in problems)
    refused = keeper.post("/routing/sets/leads/publish")
    assert (refused.status_code, refused.json()["code"]) == (422, "routing_rules_invalid")
    assert keeper.get("/routing/sets/leads").json()["version"] == 1


def test_the_reason_is_written_on_the_lead(company, keeper):
    make_group("first", company.seller, cap=1)
    make_group("second", company.stranger)
    publish(branch("hospital", HOSPITAL, "first", "second"))
    new_lead(industry="public_tertiary_hospital")
    lead = new_lead(industry="public_tertiary_hospital")
    (why,) = client_as(company.stranger).get(f"/records/lead/{lead}/routing").json()
    assert (why["version"], why["kind"], why["branch"]["key"]) == (1, "first", "hospital")
    assert why["to"] == {"id": company.stranger.pk, "name": "赵强"}
    assert (why["load"], why["cap"]) == (0, 5)
    assert [(each["person"]["name"], each["why"]) for each in why["passed_over"]] == [
        ("张伟", "at_cap")
    ]
    assert why["sentence"] == (
        "first没有空位，顺延。命中「hospital」（行业 公立三级医院），由second承接；"
        "在跟最少者优先，赵强当时在跟 0 条（上限 5）。"
    )
    assert client_as(company.seller).get(f"/records/lead/{lead}/routing").status_code == 404
    assert (
        client_as(company.manager).get(f"/records/lead/{make_lead(company.seller)}/routing").json()
        == []
    )


def test_fairness_tells_who_was_given_what(company, keeper):
    make_group("team", company.seller, company.colleague, cap=1)
    publish(otherwise=["team"])
    for _ in range(3):
        new_lead()
    told = keeper.get(
        "/routing/report", since="2020-01-01T00:00:00Z", until="2020-02-01T00:00:00Z"
    ).json()
    assert (told["given"], told["people"]) == (0, [])
    moment = Lead.objects.latest("pk").created_at
    span = {
        "since": moment.replace(hour=0).isoformat(),
        "until": f"{moment.year + 1}-01-01T00:00:00Z",
    }
    told = keeper.get("/routing/report", **span).json()
    assert (told["given"], told["pooled"], told["pooled_by_reason"]) == (2, 1, {"nobody_free": 1})
    assert [(each["person"]["id"], each["share"], each["open_now"]) for each in told["people"]] == [
        (company.seller.pk, 0.5, 1),
        (company.colleague.pk, 0.5, 1),
    ]
    assert told["people"][0]["passed_over"] == {"at_cap": 2}


def test_leads_are_given_out_by_hand(company, keeper):
    lead = new_lead()
    make_group("team", company.seller)
    publish(otherwise=["team"])
    ops = client_as(company.ops)
    mine = make_lead(company.colleague)
    answer = ops.post("/routing/lead/route", {"ids": [lead, mine]}).json()
    assert answer["given"] == [{"id": lead, "person": {"id": company.seller.pk, "name": "张伟"}}]
    assert answer["left"] == [{"id": mine, "why": "has_owner"}]


def test_a_group_that_rules_name_stays(company, keeper):
    make_group("team", company.seller)
    make_group("spare", company.stranger)
    publish(otherwise=["team"])
    refused = keeper.delete("/routing/groups/team")
    assert (refused.status_code, refused.json()["code"]) == (409, "routing_group_in_use")
    assert keeper.delete("/routing/groups/spare").status_code == 204


def test_divisions_are_offered(company):
    seller = client_as(company.seller)
    provinces = seller.get("/routing/divisions").json()
    assert len(provinces) == 34
    parts = seller.get("/routing/divisions", parent="330000").json()
    assert ("330100", "浙江省杭州市", True) in [
        (each["code"], each["full_name"], each["has_parts"]) for each in parts
    ]
    named = seller.get("/routing/divisions", codes="440305,110000").json()
    assert [each["full_name"] for each in named] == ["广东省深圳市南山区", "北京市"]


def test_only_those_who_keep_rules_see_them(company):
    for path in ("/routing/sets", "/routing/groups", "/routing/catalogue", "/routing/report"):
        assert client_as(company.seller).get(path).status_code == 403


def test_the_catalogue_offers_facts_and_groups(company, keeper):
    make_group("team", company.seller, skills=["影像"])
    found = keeper.get("/routing/catalogue").json()
    by_key = {each["key"]: each for each in found["facts"]}
    assert by_key["place"]["is_place"]
    assert {"=", "in"} <= set(by_key["field.industry"]["operators"])
    assert by_key["field.industry"]["choices"][0]["name"]["zh-CN"] == "公立三级医院"
    assert found["skills"] == ["影像"]
    assert "sql" in {each["key"] for each in found["grades"]}
