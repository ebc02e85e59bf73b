"""The learned score stands beside the rules, let out by a switch, and asks for enough history."""

from random import Random

import pytest
from django.db import connection

from closeloop.behaviour import actions as behaviour
from closeloop.behaviour.actions import Act
from closeloop.deals.models import Deal
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from closeloop.process import actions as process
from closeloop.process.models import Version, Visit, VisitKind
from closeloop.scoring import actions
from closeloop.scoring.learning import columns, history
from closeloop.scoring.learning.settings import settings_of
from closeloop.scoring.models import LearnedModel, LearnedScore
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_deal, make_lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored(company):
    """A lead of which a model says something."""
    lead = make_lead(company.seller, industry="cdc")
    model = LearnedModel.objects.create(
        about="lead",
        number=1,
        since="2026-01-01T00:00:00Z",
        until="2026-06-01T00:00:00Z",
        rows=600,
        positives=200,
        columns=[],
        figures={},
        content=b"{}",
    )
    LearnedScore.objects.create(
        record_id=lead,
        model=model,
        probability=0.42,
        parts=[["field.industry", "cdc", 0.8], ["behaviour.form", 0, -0.3]],
    )
    return lead


def learned(user, lead):
    return client_as(user).get(f"/records/lead/{lead}/score").json()["learned"]


def test_nobody_sees_it_before_it_is_let_out(company, scored):
    assert learned(company.seller, scored) is None


def test_some_roles_see_it_then_everybody(company, scored):
    actions.release("lead", {"state": "roles", "roles": ("manager",)}, actor=SYSTEM)
    assert learned(company.seller, scored) is None
    assert learned(company.manager, scored)["probability"] == 0.42
    actions.release("lead", {"state": "on"}, actor=SYSTEM)
    assert learned(company.seller, scored)["parts"] == [
        {"name": "行业", "value": "疾控与卫生监督", "weight": 0.8},
        {"name": "提交表单", "value": "0", "weight": -0.3},
    ]


def test_it_changes_neither_score_nor_grade(company, scored):
    before = Lead.objects.values_list("score", "grade").get(pk=scored)
    actions.release("lead", {"state": "on"}, actor=SYSTEM)
    actions.rescore("lead", [scored], actor=SYSTEM)
    assert Lead.objects.values_list("score", "grade").get(pk=scored) == before


def test_a_model_needs_enough_history(company, scored):
    refused = client_as(company.ops).post("/scorecards/lead/learned/train")
    assert (refused.status_code, refused.json()["code"]) == (409, "learning_too_little")
    assert refused.json()["needed"] == history.LEAST_ROWS
    assert LearnedModel.objects.count() == 1


def test_who_keeps_the_rules_says_what_it_looks_at(company):
    ops = client_as(company.ops)
    change = {"excluded": ["source", "region"], "state": "on"}
    found = ops.patch("/scorecards/lead/learned", change).json()
    offered = [each for each in found["columns"] if not each["is_outcome"]]
    kept_out = {each["key"] for each in offered if each["is_excluded"]}
    assert (kept_out, found["state"]) == ({"source", "region"}, "on")
    assert client_as(company.seller).get("/scorecards/lead/learned").status_code == 403


def outcome(company, key):
    answer = client_as(company.ops).patch("/scorecards/lead/learned", {"outcome": key})
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_who_keeps_the_rules_chooses_what_is_learned(company):
    offered = [each["key"] for each in outcome(company, "stage")["outcomes"]]
    assert offered[0] == "stage"
    assert {"reached.sql", "deal", "field.demo_booked"} <= set(offered)
    found = outcome(company, "reached.sql")
    told = {each["key"] for each in found["columns"] if each["is_outcome"]}
    assert "demo_booked" in told, "the gate before the stage asks for it"
    refused = client_as(company.ops).patch("/scorecards/lead/learned", {"outcome": "weather"})
    assert (refused.status_code, refused.json()["code"]) == (422, "learning_outcome_unknown")


def test_what_gates_ask_for_is_kept_out_of_how_it_ends_and_named(company):
    """Only who advanced has these fields: of those who never did, they stand empty."""
    asked = {"company", "product_interest", "industry", "budget_range", "phone", "demo_booked"}
    for key in ("stage", "deal"):
        found = outcome(company, key)
        told = {each["key"] for each in found["columns"] if each["is_outcome"]}
        assert asked <= told
        assert "place" in told, "it is derived from the phone number"
        looked_at = {spec.key for spec in columns.offered("lead", settings_of("lead"))}
        assert not told & looked_at
        assert {"source", "region"} <= looked_at


def test_a_gate_of_an_earlier_version_counts_too(company):
    name = {"zh-CN": "大区", "en-US": "Region"}
    asks = {"kind": "field", "key": "new_region", "field": "region", "name": name}
    shipped = Version.objects.get(blueprint__key="lead").definition
    first, *others = shipped["stages"]
    stricter = {**first, "exit": [*first["exit"], asks]}
    process.publish({**shipped, "stages": [stricter, *others], "version": 2}, actor=SYSTEM)
    process.publish({**shipped, "version": 3}, actor=SYSTEM)

    found = outcome(company, "stage")

    assert "region" in {each["key"] for each in found["columns"] if each["is_outcome"]}


def test_each_outcome_has_a_history_of_its_own(company):
    reached, lost, sold, waiting = (make_lead(company.seller, name) for name in "甲乙丙丁")
    visits = [
        Visit(record_id=each, stage="sql", kind=VisitKind.FORWARD, left_at=from_now())
        for each in (reached, sold)
    ]
    Visit.objects.bulk_create(visits)
    Lead.objects.filter(pk=lost).update(stage="disqualified")
    Lead.objects.filter(pk=sold).update(stage="converted", converted_at=from_now())
    deal = make_deal(company.seller, "成单")
    Deal.objects.filter(pk=deal).update(stage="payment", lead_id=sold)

    def labels(key):
        outcome(company, key)
        found = history.outcomes_of("lead", settings_of("lead"))
        return dict(zip(found.ids, found.labels, strict=True))

    assert labels("stage") == {lost: 0, sold: 1}
    assert labels("reached.sql") == {reached: 1, sold: 1, lost: 0}
    assert labels("deal") == {sold: 1, lost: 0}
    assert waiting not in labels("reached.mql")


def test_behaviour_after_the_outcome_is_not_looked_at(company):
    lead = make_lead(company.seller)
    behaviour.note(lead, [Act("form", {}, from_now(days=-3))], actor=SYSTEM)
    behaviour.note(lead, [Act("form")], actor=SYSTEM)
    Visit.objects.create(
        record_id=lead, stage="sql", kind=VisitKind.FORWARD, left_at=from_now(),
        entered_at=from_now(days=-1),
    )  # fmt: skip
    outcome(company, "reached.sql")

    (row,) = history.known_of("lead", settings_of("lead"), [lead])

    assert row["behaviour.form"] == 1


def test_a_model_is_trained_on_the_older_and_judged_on_the_newer(company):
    """600 leads whose source decides; the newest 30 % judge."""
    chance = Random(5)
    sources = [chance.choice(["referral", "feed_ad"]) for _ in range(600)]
    won = {"referral": 0.8, "feed_ad": 0.1}
    stages = [
        "converted" if chance.random() < won[source] else "disqualified" for source in sources
    ]
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, [company.regions[0].pk, sources, stages])

    model = actions.train("lead", actor=SYSTEM)

    assert (model.rows, model.figures["judged_on"]) == (600, 180)
    assert model.figures["auc"] > 0.75
    assert model.since < model.until
    told = client_as(company.ops).get("/scorecards/lead/learned").json()["models"][0]
    assert (told["number"], told["outcome"], told["is_current"]) == (1, "流程结果（赢/输）", True)
    assert {"行业", "公司名称", "预算区间"} <= set(told["left_out"])
    assert not set(told["left_out"]) & set(told["columns"])


_HISTORY = """
    WITH drawn AS (
        SELECT 9000000 + n AS id, n, %s::bigint AS unit_id, source, stage
        FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS d(source, stage, n)
    ), registered AS (
        INSERT INTO records_record (id, type, title, unit_id, grams)
        SELECT id, 'lead', '线索' || n, unit_id, '{}' FROM drawn
    )
    INSERT INTO leads_lead (id, unit_id, stage, stage_entered_at, is_opening, version, extra, name,
        source, created_at, updated_at, last_activity_at)
    SELECT id, unit_id, stage, now(), false, 1, '{}', '线索' || n, source,
        now() - make_interval(hours => (700 - n)::int), now(), now()
    FROM drawn
"""
