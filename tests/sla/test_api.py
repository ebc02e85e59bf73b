"""Clocks, policies and calendars over HTTP."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F

from closeloop.identity.actor import SYSTEM
from closeloop.records import actions as records
from closeloop.records.models import Record
from closeloop.sla import actions as sla
from closeloop.sla import calendars
from closeloop.sla.models import Clock
from tests.builders.asking import client_as
from tests.builders.people import client_of, make_user
from tests.builders.records import make_deal
from tests.demo.told_clock import ToldClock

pytestmark = pytest.mark.django_db
DRAFT = {
    "key": "quick_reply",
    "name": {"zh-CN": "当天答复", "en-US": "Reply the same day"},
    "about": "deal",
    "opens": [{"verb": "deal.created"}],
    "closes": [{"verb": "record.commented"}],
    "target": {"hours": 4, "time": "working"},
    "steps": [{"key": "late", "overdue": {"hours": 0}, "to": ["superior"], "red": True}],
}


@pytest.fixture
def time(db, monkeypatch):
    """A told time, for what is made after it."""
    told = ToldClock(monkeypatch)
    told.tell(datetime(2026, 11, 23, 2, tzinfo=UTC))
    return told


@pytest.fixture
def desk(company):
    return client_as(company.ops)


def clocks_of(user, deal, locale="zh-CN"):
    answer = client_of(user, locale=locale).get(f"/api/records/deal/{deal}/clocks")
    return {each["policy"]["key"]: each for each in answer.json()}


def test_a_record_shows_its_clocks_with_why_and_what_resets_them(company):
    deal = make_deal(company.seller)
    found = clocks_of(company.seller, deal)["no_interaction"]
    assert (found["state"], found["is_late"], found["time"]) == ("running", False, "natural")
    assert found["target_s"] == 7 * 86400
    assert 0 < found["remaining_s"] <= 7 * 86400
    assert "任何有效跟进" in found["resets_by"]
    assert found["why"].startswith("商机创建，时限 7 天")
    assert [step["state"] for step in found["steps"]] == ["ahead", "ahead"]
    assert "标红" in found["steps"][1]["sentence"]


def test_the_same_in_english(company):
    deal = make_deal(company.seller)
    company.seller.locale = "en-US"
    company.seller.save()
    found = clocks_of(company.seller, deal, locale="en-US")["no_interaction"]
    assert "any effective follow-up" in found["resets_by"]
    assert found["why"] == "Due within 7 days: the Deal is created."


def test_boxes_show_ones_own_the_teams_and_the_red_ones(company):
    mine, other = make_deal(company.seller), make_deal(company.colleague)
    far = make_deal(company.stranger)
    Clock.objects.filter(record_id=other).update(red_since=F("started_at"))

    def records_in(user, box):
        items = client_as(user).get("/clocks", box=box).json()["items"]
        return {each["record"]["id"] for each in items}

    assert records_in(company.seller, "mine") == {mine}
    assert records_in(company.seller, "team") == set()
    assert records_in(company.manager, "team") == {mine, other}
    assert records_in(company.manager, "red") == {other}
    assert far not in records_in(company.manager, "team")


def test_a_box_goes_on_where_the_page_ended(company):
    for _ in range(4):
        make_deal(company.seller)
    desk = client_as(company.seller)
    everything = [each["id"] for each in desk.get("/clocks", limit=100).json()["items"]]
    paged, cursor = [], None
    for _ in range(10):
        page = desk.get("/clocks", limit=3, **({"cursor": cursor} if cursor else {})).json()
        paged += [each["id"] for each in page["items"]]
        cursor = page["next_cursor"]
    assert paged[: len(everything)] == everything


def test_nobody_sees_clocks_of_a_record_out_of_reach(company):
    deal = make_deal(company.seller)
    clock = Clock.objects.filter(record_id=deal).first()
    outside = client_as(company.stranger)
    assert outside.get(f"/records/deal/{deal}/clocks").status_code == 404
    assert outside.get(f"/clocks/{clock.pk}").status_code == 404


def test_lists_carry_the_clock_that_presses_most(company):
    deal = make_deal(company.seller)
    Clock.objects.filter(record_id=deal, policy__key="stage_overstay").update(
        red_since=F("started_at")
    )
    (item,) = client_as(company.seller).get("/records/deal").json()["items"]
    assert item["clock"]["policy"]["zh-CN"] == "阶段停留超期"
    assert (item["clock"]["is_red"], item["clock"]["state"]) == (True, "running")


def test_a_policy_is_drafted_checked_rehearsed_and_published(desk, company):
    deals = [make_deal(company.seller) for _ in range(3)]
    Record.objects.filter(pk__in=deals)
    made = desk.post("/policies", {key: DRAFT[key] for key in ("key", "name", "about")})
    assert (made.status_code, made.json()["has_draft"]) == (201, True)
    faulty = {**DRAFT, "steps": [{"key": "late", "overdue": {"hours": 0}, "to": ["nobody"]}]}
    checked = desk.post("/policies/quick_reply/check", {"definition": faulty}).json()
    assert [(each["code"], each["path"]) for each in checked["problems"]] == [
        ("policy.relation_unknown", "/steps/0/to/0"),
    ]
    assert desk.put("/policies/quick_reply/draft", {"definition": DRAFT}).status_code == 200
    said = desk.post("/policies/quick_reply/check", {"definition": DRAFT}).json()["sentences"]
    assert "时限 4 小时（工作时间）" in said
    assert "到期时：通知上级，标红" in said
    published = desk.post("/policies/quick_reply/publish", {"adopt": False}).json()
    assert (published["version"], published["has_draft"]) == (1, False)
    assert [(one["number"], one["sentences"]) for one in published["versions"]] == [(1, said)]
    fresh = make_deal(company.seller)
    assert (
        Clock.objects.filter(policy__key="quick_reply").values_list("record", flat=True).get()
        == fresh
    )


def test_a_rehearsal_tells_what_would_have_happened(time, company):
    desk = client_as(company.ops)
    met, open_ = make_deal(company.seller), make_deal(company.seller)
    records.comment(Record.objects.get(pk=met), text="好", mentions=[], actor=company.actor)
    desk.post("/policies", {key: DRAFT[key] for key in ("key", "name", "about")})
    desk.put("/policies/quick_reply/draft", {"definition": DRAFT})
    now = time.now
    period = {"from": (now - timedelta(days=1)).isoformat(), "to": now.isoformat()}
    found = desk.post("/policies/quick_reply/rehearsal", period).json()
    assert (found["opened"], found["met"], found["open"]) == (2, 1, 1)
    assert [step["fired"] for step in found["steps"]] == [0]
    assert not Clock.objects.filter(policy__key="quick_reply").exists()
    assert open_
    future = {"from": now.isoformat(), "to": (now + timedelta(days=9)).isoformat()}
    refused = desk.post("/policies/quick_reply/rehearsal", future)
    assert (refused.status_code, refused.json()["code"]) == (422, "rehearsal_too_long")


def test_a_policy_that_is_switched_off_opens_no_clock(desk, company):
    desk.post("/policies/no_interaction/switch", {"is_active": False})
    deal = make_deal(company.seller)
    assert "no_interaction" not in clocks_of(company.seller, deal)


def test_what_events_must_be_is_told_in_words(desk):
    told = {
        (each["key"], str(each["value"])): each["sentence"]
        for each in desk.get("/policies/catalogue", about="deal").json()["details"]
    }
    assert told["effective", "True"] == ""
    assert told["to", "['payment', 'lost']"] == "进入「回款、输单」"
    assert all("_" not in words for words in told.values())
    leads = desk.get("/policies/catalogue", about="lead").json()["details"]
    assert "非导入" in {each["sentence"] for each in leads}


def test_the_catalogue_offers_verbs_facts_and_relations(desk):
    found = desk.get("/policies/catalogue", about="deal").json()
    sentences = {each["key"]: each["sentence"] for each in found["verbs"]}
    assert sentences["deal.stage_entered"] == "商机进入新阶段"
    assert "field.amount" in {each["key"] for each in found["facts"]}
    assert "sales_bp" in {each["key"] for each in found["roles"]}


def test_every_shipped_policy_can_be_read_in_both_languages(desk, company):
    for user, language in ((company.ops, "zh-CN"), (make_user(role="sales_ops"), "en-US")):
        if language == "en-US":
            user.locale = language
            user.save()
        for row in client_as(user, locale=language).get("/policies").json():
            assert row["sentences"], row["key"]
            assert not [each for each in row["sentences"] if "clock." in each or "…" in each]


def test_a_year_shows_holidays_make_up_days_and_own_days(desk):
    (company_calendar,) = desk.get("/calendars").json()
    address = f"/calendars/{company_calendar['id']}"
    desk.put(f"{address}/days/2026-02-13", {"kind": "half", "name": {"zh-CN": "提前放假"}})
    days = {each["date"]: each for each in desk.get(f"{address}/years/2026").json()["days"]}
    assert days["2026-02-14"]["kind"] == "make_up"
    assert days["2026-02-14"]["hours"] == [
        {"from": "09:00", "to": "12:00"},
        {"from": "13:00", "to": "18:00"},
    ]
    assert (days["2026-02-17"]["kind"], days["2026-02-17"]["name"]["zh-CN"]) == ("holiday", "春节")
    assert days["2026-02-13"] == {
        "date": "2026-02-13",
        "kind": "half",
        "name": {"zh-CN": "提前放假"},
        "is_override": True,
        "hours": [{"from": "09:00", "to": "12:00"}],
    }
    assert desk.get(f"{address}/years/2027").json()["is_provisional"] is True
    desk.delete(f"{address}/days/2026-02-13")
    again = {each["date"]: each for each in desk.get(f"{address}/years/2026").json()["days"]}
    assert again["2026-02-13"]["kind"] == "work"


def test_a_unit_and_those_below_it_use_their_own_calendar(company):
    hours = [{"weekday": day, "from": "08:00", "to": "12:00"} for day in range(6)]
    name = {"zh-CN": "华东", "en-US": "East"}
    made = sla.create_calendar(
        {"name": name, "unit_id": company.regions[0].pk, "time_zone": "Asia/Shanghai",
         "hours": hours},
        actor=SYSTEM,
    )  # fmt: skip
    assert calendars.for_unit(company.teams[0].pk).id == made.pk
    assert calendars.for_unit(company.teams[2].pk).id != made.pk


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone_unknown"),
        (
            {"hours": [{"weekday": 0, "from": "09:00", "to": "12:00"},
                       {"weekday": 0, "from": "11:00", "to": "13:00"}]},
            "calendar_invalid",
        ),
    ],
)  # fmt: skip
def test_a_calendar_that_cannot_be_is_refused(desk, change, code):
    (row,) = desk.get("/calendars").json()
    refused = desk.patch(f"/calendars/{row['id']}", change, version=row["version"])
    assert (refused.status_code, refused.json()["code"]) == (422, code)
