"""The report's figures, compared with a small history told by hand, and who may read them."""

from datetime import UTC, datetime, timedelta

import pytest

from closeloop.approvals.models import Ask, Case
from closeloop.sla.models import Clock
from tests.builders.approvals import agree, approve, make_flow, open_case, persons, refuse
from tests.builders.asking import client_as

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
"""Nine in the morning in Shanghai."""


@pytest.fixture
def history(company):
    """Three cases: the manager took 1, 3 and 8 hours, the director 20 and 4."""
    flow = make_flow(
        approve("first", persons(company.manager)), approve("second", persons(company.director))
    )
    cases = [open_case(flow, company.seller, title=f"合同{n}") for n in range(3)]
    for case in cases:
        agree(case, company.manager)
    agree(cases[0], company.director)
    refuse(cases[1], company.director)
    refuse(cases[2], company.director)
    hours = {(0, 1): 1, (1, 1): 3, (2, 1): 8, (0, 2): 20, (1, 2): 4, (2, 2): 4}
    for place, case in enumerate(cases):
        moment = MONDAY
        for ask in Ask.objects.filter(case=case).order_by("number"):
            took = timedelta(hours=hours[place, ask.number])
            due = moment + timedelta(hours=5)
            Ask.objects.filter(pk=ask.pk).update(
                asked_at=moment, ended_at=moment + took, due_at=due
            )
            moment += took
        Case.objects.filter(pk=case.pk).update(opened_at=MONDAY, closed_at=moment)
    return flow


def report(person, flow, **query):
    asked = {"from": "2026-03-01", "to": "2026-03-31", "flow": flow, **query}
    return client_as(person).get("/approvals/report", **asked).json()


def test_figures_by_step(company, history):
    rows = {row["key"]: row for row in report(company.ops, history)["rows"]}
    first, second = rows["first"], rows["second"]
    assert (first["asks"], first["mean_s"], first["median_s"]) == (3, 4 * 3600, 3 * 3600)
    assert first["p90_s"] == pytest.approx(7 * 3600)
    assert (first["late"], first["timed"], first["refused"]) == (1, 3, 0)
    assert (second["refused"], second["refused_rate"]) == (2, pytest.approx(2 / 3))
    assert (second["late_rate"], second["previous"]) == (pytest.approx(1 / 3), None)


def test_what_is_overdue_and_still_open_counts_as_missed(company):
    """Due in March: answered in time, in April (so late), and not yet. The fourth is due later."""
    flow = make_flow(approve("only", persons(company.manager)))
    cases = [open_case(flow, company.seller, title=f"合同{n}") for n in range(4)]
    for case in cases[:2]:
        agree(case, company.manager)
    april, far = MONDAY + timedelta(days=40), MONDAY.replace(year=2099)
    times = [(MONDAY, MONDAY), (MONDAY, april), (MONDAY, None), (far, None)]
    for case, (due, ended) in zip(cases, times, strict=True):
        Ask.objects.filter(case=case).update(
            asked_at=MONDAY - timedelta(hours=1), ended_at=ended, due_at=due
        )
    (row,) = report(company.ops, flow)["rows"]
    assert (row["asks"], row["timed"], row["late"]) == (1, 3, 2)
    (row,) = report(company.ops, flow, **{"from": "2026-04-01", "to": "2026-04-30"})["rows"]
    assert (row["asks"], row["timed"], row["late_rate"], row["previous"]["late"]) == (1, 0, None, 2)
    ahead = report(company.ops, flow, **{"from": "2099-03-01", "to": "2099-03-31"})
    assert ahead["rows"] == []
    asked = {"from": "2026-03-01", "to": "2026-03-31", "flow": flow, "what": "late"}
    page = client_as(company.ops).get("/approvals/report/cases", **asked).json()
    assert [item["title"] for item in page["items"]] == ["合同2", "合同1"]


def test_a_clock_that_ran_out_makes_its_ask_late(company):
    flow = make_flow(approve("only", persons(company.manager), policy="contract_approval"))
    asks = [Ask.objects.get(case=open_case(flow, company.seller)) for _ in range(2)]
    moved = Clock.objects.filter(about_kind="approval_ask", about_id=asks[0].pk)
    assert moved.update(due_at=MONDAY) == 1
    (row,) = report(company.ops, flow, by="approver")["rows"]
    assert (row["name"]["zh-CN"], row["asks"], row["mean_s"]) == ("王经理", 0, None)
    assert (row["timed"], row["late"], row["late_rate"]) == (1, 1, 1)


def test_figures_by_approver_and_from_end_to_end(company, history):
    found = report(company.ops, history, by="approver")
    assert {row["name"]["zh-CN"]: row["asks"] for row in found["rows"]} == {
        "王经理": 3,
        "周总监": 3,
    }
    whole = found["end_to_end"]
    assert (whole["cases"], whole["granted"], whole["refused"]) == (3, 1, 2)
    assert whole["mean_s"] == pytest.approx((21 + 7 + 12) * 3600 / 3)


def test_month_on_month(company, history):
    found = report(company.ops, history, **{"from": "2026-04-01", "to": "2026-04-30"})
    assert found["rows"] == []
    assert found["end_to_end"]["previous"]["cases"] == 3


def test_a_figure_opens_down_to_its_cases(company, history):
    asked = {"from": "2026-03-01", "to": "2026-03-31", "node": "second", "what": "refused"}
    page = client_as(company.ops).get("/approvals/report/cases", **asked).json()
    assert [item["title"] for item in page["items"]] == ["合同2", "合同1"]


def test_people_read_what_is_theirs_and_their_peoples(company, history):
    assert len(report(company.manager, history)["rows"]) == 2
    assert report(company.stranger, history)["rows"] == []


def test_the_report_as_a_workbook(company, history):
    asked = {"from": "2026-03-01", "to": "2026-03-31"}
    answer = client_as(company.ops).get("/approvals/report/file", **asked)
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
