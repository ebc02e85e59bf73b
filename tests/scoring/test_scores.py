"""A lead's score follows what it is and what its people do, with every reason."""

import pytest

from closeloop.activity.models import Entry
from closeloop.behaviour import actions as behaviour
from closeloop.behaviour.actions import Act
from closeloop.desk import actions as desk
from closeloop.engine import scoring
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import SYSTEM
from closeloop.scoring import actions, queries, scorecards
from closeloop.scoring.models import Score, Scorecard
from closeloop.sla.models import Clock
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import make_lead, row_of

pytestmark = pytest.mark.django_db
HOSPITAL = {"industry": "public_tertiary_hospital", "phone": "13812345678", "company": "人民医院"}


@pytest.fixture
def lead(company):
    return make_lead(company.seller)


def did(lead, *kinds, days_ago=0, **data):
    acts = [Act(kind, data, from_now(days=-days_ago)) for kind in kinds]
    behaviour.note(lead, acts, actor=SYSTEM)


def standing(lead):
    row = row_of("lead", lead)
    return row.score, row.grade


def graded(lead):
    found = Entry.objects.filter(record_id=lead, verb="lead.graded").order_by("id")
    return [(entry.data["from"], entry.data["to"], entry.data["score"]) for entry in found]


def why(user, lead):
    return client_as(user).get(f"/records/lead/{lead}/score").json()


def card(**changes):
    current = Scorecard.objects.get().versions.get(is_current=True).definition
    return {**current, **changes}


def test_a_lead_is_scored_when_it_comes_and_when_it_changes(company):
    lead = make_lead(company.seller, **HOSPITAL)
    assert standing(lead) == (29, None)
    desk.change_record(
        "lead", lead, {"intent_level": "high"}, expected_version=None, actor=company.actor
    )
    assert standing(lead) == (41, None)


def test_a_form_and_two_product_videos_make_an_mql(company, lead):
    did(lead, "form", form="资料申请")
    did(lead, "video_play", "video_play", topic="product")
    assert standing(lead) == (28, "mql")
    assert graded(lead) == [(None, "mql", 28)]


def test_other_videos_make_none(lead):
    did(lead, "form", form="资料申请")
    did(lead, "video_play", "video_play", topic="news")
    assert standing(lead) == (12, None)
    assert graded(lead) == []


def test_a_demo_that_the_lead_books_makes_an_sql(lead):
    did(lead, "demo_booked")
    assert standing(lead) == (30, "sql")


def test_a_policy_may_open_clocks_by_the_new_grade(company, lead):
    did(lead, "demo_booked")
    assert Clock.objects.filter(record_id=lead, policy__key="graded_follow_up").count() == 1


def test_every_part_is_told_in_words(company, lead):
    did(lead, "form", form="资料申请", days_ago=60)
    did(lead, *["video_play"] * 4, topic="product")
    found = why(company.seller, lead)
    assert (found["score"], found["grade"], found["version"]) == (30, "mql", 1)
    assert [(part["rule"], part["points"]) for part in found["parts"]] == [
        ("product_video", 24.0),
        ("form", 6.0),
    ]
    assert found["parts"][0]["sentence"].startswith(
        "每次观看视频（主题为 产品） +8 分，每周最多计 3 次"
    )
    assert found["parts"][0]["why"].startswith("4 次，计 3 次，最近 ")
    assert found["parts"][1]["why"].endswith("，随时间从 +12 降下来")
    assert "提交表单" in found["grade_sentence"]
    assert "自行预约演示 ≥ 1" in found["next_grade"]


def test_a_score_is_read_in_one_query(lead, django_assert_num_queries):
    did(lead, "form")
    with django_assert_num_queries(1):
        kept = queries.kept_score(lead)
        assert kept.version.scorecard.key == "lead"


def test_nobody_writes_score_or_grade_by_hand(company, lead):
    for field, value in (("score", 99), ("grade", "sql")):
        with pytest.raises(Refusal) as refused:
            desk.change_record(
                "lead", lead, {field: value}, expected_version=None, actor=company.actor
            )
        assert refused.value.data["errors"][0]["code"] == "field_read_only"
    assert standing(lead) == (0, None)


def test_lists_sort_and_filter_by_score_and_grade(company, lead):
    other = make_lead(company.seller, **HOSPITAL)
    did(lead, "demo_booked")
    ask = client_as(company.seller)
    by_score = ask.get("/records/lead", sort="-score").json()["items"]
    assert [item["id"] for item in by_score] == [lead, other]
    only = '{"combinator":"and","rules":[{"field":"grade","operator":"=","value":"sql"}]}'
    found = ask.get("/records/lead", filter=only).json()["items"]
    assert [(item["id"], item["values"]["score"]) for item in found] == [(lead, 30)]


def test_time_fades_points_by_night(company, lead):
    did(lead, "download", days_ago=30)
    did(lead, "page_view", days_ago=14)
    assert standing(lead)[0] == 4
    Score.objects.filter(record_id=lead).update(score=50)
    actions.rescore_all("lead", actor=SYSTEM)
    assert Score.objects.get(record_id=lead).score == 4


def test_what_many_people_do_is_scored_by_a_job(company):
    leads = [make_lead(company.seller, f"李{number}") for number in range(21)]
    events = [{"record_id": lead, "kind": "demo_booked"} for lead in leads]
    client_as(company.ops).post("/behaviour/events", {"events": events})
    assert standing(leads[0]) == (0, None)
    actions.rescore("lead", leads, actor=SYSTEM)
    assert {standing(lead) for lead in leads} == {(30, "sql")}


def test_new_rules_are_drafted_checked_tried_and_published(company, lead):
    did(lead, "form")
    ops = client_as(company.ops)
    draft = card(grades=[{**card()["grades"][2], "when": at_least(10)}])
    ops.put("/scorecards/lead/draft", {"definition": draft})
    checked = ops.post("/scorecards/lead/check", {"definition": draft}).json()
    assert checked["problems"] == []
    assert checked["sentences"]["grade:mql"] == "评分 ≥ 10 → 市场认可 (MQL)"
    tried = ops.post("/scorecards/lead/preview", {}).json()
    assert [(m["from_grade"], m["to_grade"], m["count"]) for m in tried["moves"]] == [
        (None, "mql", 1)
    ]
    assert tried["moves"][0]["examples"][0]["record"]["id"] == lead
    assert (standing(lead), graded(lead)) == ((12, None), [])
    published = ops.post("/scorecards/lead/publish").json()
    assert (published["version"], published["has_draft"]) == (2, False)
    actions.rescore_all("lead", actor=SYSTEM)
    assert standing(lead) == (12, "mql")
    assert why(company.seller, lead)["version"] == 2


def test_a_draft_with_faults_is_kept_but_not_published(company):
    ops = client_as(company.ops)
    ops.put("/scorecards/lead/draft", {"definition": card(facts=[{"key": "a"}])})
    refused = ops.post("/scorecards/lead/publish")
    assert (refused.status_code, refused.json()["code"]) == (422, "scorecard_invalid")
    assert ops.get("/scorecards/lead").json()["version"] == 1
    dropped = ops.delete("/scorecards/lead/draft").json()
    assert (dropped["draft"], dropped["has_draft"]) == (None, False)
    assert ops.post("/scorecards/lead/publish").status_code == 409


def test_only_those_who_keep_the_rules_change_them(company):
    seller = client_as(company.seller)
    assert seller.put("/scorecards/lead/draft", {"definition": {}}).status_code == 403
    assert seller.post("/scorecards/lead/publish").status_code == 403


def test_rules_that_name_what_has_gone_stop_no_change(company, lead, monkeypatch):
    gone = {"field": "stage", "operator": "=", "value": "gone"}
    broken = card(grades=[{**card()["grades"][0], "when": {"combinator": "and", "rules": [gone]}}])
    monkeypatch.setattr(scorecards, "parsed", scoring.parse_scorecard)
    actions.publish(broken, actor=actor_of(company.ops))
    did(lead, "demo_booked")
    desk.change_record("lead", lead, {"company": "甲"}, expected_version=None, actor=company.actor)
    assert standing(lead) == (0, None)


def at_least(score):
    return {
        "combinator": "and",
        "rules": [{"field": "score", "operator": ">=", "value": score}],
    }
