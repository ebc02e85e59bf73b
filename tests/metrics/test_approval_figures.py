"""Metrics of approvals say what their report says, and open the asks that were counted."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from closeloop.approvals import actions as approvals
from closeloop.approvals import reporting
from closeloop.approvals.models import Ask
from closeloop.metrics import actions
from closeloop.metrics.periods import Period
from closeloop.metrics.queries import Asked, Behind, figures, things
from tests.builders.approvals import agree, approve, make_flow, open_case, persons, refuse
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import make_deal

pytestmark = pytest.mark.django_db
EVER = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@pytest.fixture
def flow(company):
    """Near, far, and without a record; agreed, refused, waiting, and one that is overdue."""
    key = make_flow(
        approve("first", persons(company.manager)), approve("second", persons(company.director))
    )
    deals = [make_deal(company.seller), make_deal(company.stranger), None]
    cases = [open_case(key, company.seller, record_id=deals[0])]
    cases += [open_case(key, company.stranger, record_id=deals[1]), open_case(key, company.seller)]
    for case in cases:
        agree(case, company.manager)
    refuse(cases[0], company.director)
    agree(cases[1], company.director)
    open_case(key, company.stranger)
    Ask.objects.filter(case=cases[2], state="waiting").update(due_at=from_now(days=-1))
    hours = dict(
        zip(Ask.objects.order_by("pk").values_list("pk", flat=True), range(9), strict=False)
    )
    for pk, number in hours.items():
        Ask.objects.filter(pk=pk, state__in=("agreed", "refused")).update(worked_s=number * 3600)
    actions.rebuild()
    return key


def lately():
    """A week that ends tomorrow."""
    return Period(from_now(days=-6).date(), from_now(days=1).date())


def told(person, metric, **asked):
    return figures(Asked(metric, lately(), **asked), actor=actor_of(person))


@pytest.mark.parametrize("who", ["ops", "director", "manager", "seller", "stranger"])
def test_the_report_and_the_metrics_say_the_same(company, flow, who):
    person = getattr(company, who)
    found = reporting.found_in(reporting.Period(*EVER, flow), actor=actor_of(person))
    for by, dimension in (("node", "kind"), ("approver", "person")):
        rows = {
            f"{flow}/{row.key}" if by == "node" else int(row.key): row
            for row in reporting.rows_by(found, by, {})
        }
        by_metric = {
            metric: {
                row.keys[0]: (row.figure.numerator, row.figure.denominator)
                for row in told(person, metric, by=(dimension,)).rows
            }
            for metric in ("approval_time", "approval_refusals", "approval_timeouts")
        }
        for key, row in rows.items():
            hours = Decimal(round((row.working.mean_s or 0) * row.asks)) / 3600
            expected = {
                "approval_time": (hours, row.asks),
                "approval_refusals": (row.refused, row.asks),
                "approval_timeouts": (row.late, row.timed),
            }
            for metric, (part, whole) in expected.items():
                assert by_metric[metric].get(key, (0, 0)) == (part, whole), (metric, key)
        assert set(by_metric["approval_refusals"]) <= set(rows)


def test_who_asks_and_who_is_asked_read_an_ask_as_their_own(company, flow):
    counts = {
        who: told(getattr(company, who), "approvals_answered").total.value
        for who in ("ops", "manager", "seller", "stranger", "colleague")
    }
    assert counts == {"ops": 5, "manager": 4, "seller": 3, "stranger": 2, "colleague": 0}
    waiting = {
        who: told(getattr(company, who), "approvals_waiting").total.value
        for who in ("ops", "manager", "stranger")
    }
    assert waiting == {"ops": 2, "manager": 2, "stranger": 1}


def test_a_flow_is_all_its_steps_and_opens_them(company, flow):
    (row,) = told(company.ops, "approvals_answered", by=("flow",)).rows
    assert (row.keys, row.figure.value) == ((f"{flow}/",), 5)
    assert told(company.ops, "approvals_answered", kind=f"{flow}/second").total.value == 2
    behind = Behind("approval_refusals", lately(), kind=f"{flow}/")
    page, _ = things(behind, cursor=None, limit=20, actor=actor_of(company.ops))
    assert [each.kind for each in page] == [f"{flow}/second"] * 2 + [f"{flow}/first"] * 3
    refused = Behind("approval_refusals", lately(), "hit", kind=f"{flow}/")
    (one,), _ = things(refused, cursor=None, limit=20, actor=actor_of(company.ops))
    assert one.person_id == company.director.pk


def test_flows_and_steps_have_their_words_and_other_figures_no_flows(company, flow):
    known = {
        each["key"]: each for each in client_as(company.seller).get("/metrics").json()["items"]
    }
    kinds = {each["key"]: each["name"]["zh-CN"] for each in known["approval_time"]["kinds"]}
    assert kinds["discount_approval/"] == "折扣审批"
    assert kinds["discount_approval/superior"] == "直属上级审批 · 折扣审批"
    assert "flow" in known["approval_time"]["dimensions"]
    assert "flow" not in known["contacts"]["dimensions"]


def test_answers_of_before_are_timed_once(company, flow):
    ended = Ask.objects.exclude(ended_at=None)
    ended.update(worked_s=None)
    assert approvals.time_answers() == ended.count() == 5
    assert not ended.filter(worked_s=None).exists()
    assert approvals.time_answers() == 0


def test_a_board_leads_to_the_page_that_tells_more(company):
    boards = client_as(company.seller).get("/boards").json()["items"]
    pages = {each["key"]: each["page"] for each in boards}
    assert pages["approvals"]["path"] == "/approvals/report"
    assert pages["morning"] is None
