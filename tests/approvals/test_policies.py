"""The clock policies that flows name: those that exist, about approvals."""

import pytest

from closeloop.approvals.actions.flows import warnings_of
from closeloop.approvals.models import FlowVersion
from closeloop.engine.approvals.refusals import FlowInvalid
from tests.builders.approvals import approve, make_flow, persons, words
from tests.builders.asking import client_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("policy", ["nowhere", "no_interaction"])
def test_a_flow_names_no_policy_that_is_not_about_approvals(company, policy):
    node = approve("first", persons(company.manager), policy=policy)
    desk = client_as(company.ops)
    desk.post("/flows", {"key": "loan", "name": words("借用")})
    draft = {"definition": {"key": "loan", "name": words("借用"), "nodes": [node]}}
    (problem,) = desk.post("/flows/loan/check", draft).json()["problems"]
    assert (problem["code"], problem["node"]) == ("node.policy_unknown", "first")
    assert policy in problem["message"]
    with pytest.raises(FlowInvalid, match="policy_unknown"):
        make_flow(node)


def test_the_catalogue_offers_the_policies_about_approvals(company):
    found = client_as(company.ops).get("/flows/catalogue").json()["policies"]
    named = {each["key"]: each["name"]["zh-CN"] for each in found}
    assert named["contract_approval"] == "合同审批时限"
    assert "no_interaction" not in named
    for key in named:
        make_flow(approve("first", persons(company.manager), policy=key))


def test_a_step_that_no_clock_watches_is_warned_of_and_may_be_published(company):
    watched = approve("first", persons(company.manager), policy="approval_step")
    free = approve("second", persons(company.director))
    draft = {"definition": {"key": "loan", "name": words("借用"), "nodes": [watched, free]}}
    desk = client_as(company.ops)
    desk.post("/flows", {"key": "loan", "name": words("借用")})
    found = desk.post("/flows/loan/check", draft).json()
    (warning,) = found["warnings"]
    assert (found["problems"], warning["code"], warning["node"]) == (
        [],
        "node.without_clock",
        "second",
    )
    assert "没有设置时限" in warning["message"]
    assert make_flow(watched, free)


def test_every_step_of_the_shipped_flows_has_a_clock(company):
    for version in FlowVersion.objects.filter(is_current=True):
        assert warnings_of(version.definition) == ()
