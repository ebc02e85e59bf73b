"""The learned score stands beside the rules, let out by a switch, and asks for enough history."""

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from closeloop.scoring import actions
from closeloop.scoring.learning import history
from closeloop.scoring.models import LearnedModel, LearnedScore
from tests.builders.asking import client_as
from tests.builders.records import make_lead

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
    change = {"excluded": ["intent_level", "budget_range"], "state": "on"}
    found = ops.patch("/scorecards/lead/learned", change).json()
    kept_out = {each["key"] for each in found["columns"] if each["is_excluded"]}
    assert (kept_out, found["state"]) == ({"intent_level", "budget_range"}, "on")
    assert client_as(company.seller).get("/scorecards/lead/learned").status_code == 403
