"""The channel board: what it counts, for whom, and that every figure opens down to its leads."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeloop.deals.models import Deal
from closeloop.leads.channels import reviewing, standard
from closeloop.leads.models import ChannelSpend, FunnelNorm, Lead
from closeloop.sla.models import Clock
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import make_user
from tests.builders.records import advance, make_deal, make_lead

pytestmark = pytest.mark.django_db
LONG_AGO = {"from": "1990-01-01", "to": "2199-12-31"}
SPEND = {
    "channel": "exhibition",
    "first_day": "2026-03-01",
    "last_day": "2026-03-31",
    "amount": "31000",
    "currency": "CNY",
}


@pytest.fixture
def chief(company):
    return client_as(make_user("冯管理", role="administrator", unit=company.head_office))


def counts(asker, **query):
    board = asker.get("/channel-board", **(LONG_AGO | query)).json()
    return {row["key"]: row["counts"] for row in board["channels"]}, board["whole"]["counts"]


def titles(asker, figure, **query):
    page = asker.get("/channel-board/leads", **(LONG_AGO | {"figure": figure} | query)).json()
    return [item["title"] for item in page["items"]]


def overdue(lead):
    Clock.objects.filter(record_id=lead, policy__key="first_touch").update(due_at=from_now(days=-1))


def graded(lead, grade):
    """It had this grade once."""
    for each in (grade, None):
        Lead.objects.filter(pk=lead).update(grade=each)


def visited(lead, *stages):
    """The lead went through these stages and came back; its grade says nothing of them."""
    begun = Lead.objects.get(pk=lead).stage
    for stage in [*stages, begun]:
        Lead.objects.filter(pk=lead).update(stage=stage)


def asleep(lead):
    Lead.objects.filter(pk=lead).update(last_activity_at=from_now(days=-15))


def test_a_lead_is_touched_waits_or_is_wasted(company, chief):
    make_lead(company.seller, "等待", source="website")
    overdue(make_lead(company.seller, "浪费", source="website"))
    advance("lead", make_lead(company.seller, "触达", source="website"), "contacted")
    late = make_lead(company.seller, "迟到", source="exhibition")
    overdue(late)
    Clock.objects.filter(record_id=late).update(breached_at=from_now(days=-1))
    advance("lead", late, "contacted")

    by_channel, whole = counts(chief)

    shown = ("leads", "touched", "late", "waiting", "wasted")
    assert [by_channel["website"][key] for key in shown] == [3, 1, 0, 1, 1]
    assert [by_channel["exhibition"][key] for key in shown] == [1, 1, 1, 0, 0]
    assert [whole[key] for key in shown] == [4, 2, 1, 1, 1]
    assert titles(chief, "wasted") == ["浪费"]
    assert titles(chief, "late", channel="exhibition") == ["迟到"]


def test_what_nobody_owns_and_no_clock_watches_is_wasted(company, chief):
    lead = make_lead(company.seller, "公海")
    Clock.objects.filter(record_id=lead).delete()
    assert counts(chief)[1]["waiting"] == 1
    Lead.objects.filter(pk=lead).update(owner=None)
    assert counts(chief)[1]["wasted"] == 1


def test_the_process_and_the_grade_both_say_what_a_lead_reached(company, chief):
    make_lead(company.seller, "新线索")
    visited(make_lead(company.seller, "走到 SQL"), "contacted", "sql")
    graded(make_lead(company.seller, "评为 MQL"), "mql")
    sold = make_lead(company.seller, "成交")
    deal = make_deal(company.seller, "成交的商机", amount="90000")
    Lead.objects.filter(pk=sold).update(deal_id=deal)
    Deal.objects.filter(pk=deal).update(stage=standard.current().won_deals[0])

    whole = counts(chief)[1]

    steps = ("leads", "mql", "sql", "opportunity", "won")
    assert [whole[key] for key in steps] == [4, 3, 2, 1, 1]
    assert titles(chief, "mql") == ["成交", "评为 MQL", "走到 SQL"]
    board = chief.get("/channel-board", **LONG_AGO).json()
    assert Decimal(board["whole"]["amount"]) == 90000


def test_open_leads_without_action_for_14_days_are_dormant(company, chief):
    asleep(make_lead(company.seller, "沉睡"))
    make_lead(company.seller, "清醒")
    whole = counts(chief)[1]
    assert (whole["dormant"], whole["open"]) == (1, 2)
    assert titles(chief, "dormant") == ["沉睡"]


def test_a_board_counts_what_its_reader_may_see(company, chief):
    make_lead(company.seller, "自己的")
    make_lead(company.stranger, "别区的")
    assert counts(chief)[1]["leads"] == 2
    assert counts(client_as(company.seller))[1]["leads"] == 1
    assert titles(client_as(company.seller), "leads") == ["自己的"]
    assert client_as(company.seller).get("/channel-board").json()["whole"]["cost"] is None


def test_every_figure_opens_down_to_as_many_leads(company, chief):
    for number, stages in enumerate(
        [(), ("contacted",), ("contacted", "mql"), ("contacted", "sql")]
    ):
        advance("lead", make_lead(company.seller, f"线索{number}"), *stages)
    asleep(make_lead(company.seller, "沉睡"))
    whole = counts(chief)[1]
    assert {figure: len(titles(chief, figure)) for figure in whole} == whole


def test_the_links_of_a_month_add_up_and_name_the_bottleneck(company, chief):
    for number in range(6):
        lead = make_lead(company.seller, f"流失{number}")
        visited(lead, "contacted", "mql")
        asleep(lead)
    visited(make_lead(company.seller, "前进"), "contacted", "sql")

    (month,) = chief.get("/channel-board/funnel", **LONG_AGO).json()["months"]

    links = {link["key"]: link for link in month["links"]}
    assert [links["mql"][key] for key in ("reached", "passed", "lost", "open")] == [7, 1, 6, 0]
    assert links["mql"]["verdict"] == "abnormal"
    assert month["bottleneck"] == "mql"
    assert all(
        one["reached"] == one["passed"] + one["lost"] + one["open"] for one in month["links"]
    )


@pytest.mark.parametrize(
    ("reached", "passed", "verdict"),
    [(4, 0, "few"), (20, 5, "normal"), (20, 4, "low"), (20, 3, "low"), (20, 2, "abnormal")],
)
def test_normal_is_a_quarter_and_abnormal_below_15_in_100(reached, passed, verdict):
    link = reviewing.LinkReview("mql", "sql", reached, passed, 0, reached - passed, 0.25, 0.15)
    assert link.verdict == verdict


def test_a_cost_is_spread_over_its_days_and_told_to_who_sees_every_lead(company, chief):
    make_lead(company.seller, "甲", source="exhibition")
    Lead.objects.update(created_at="2026-03-05T04:00:00Z")
    assert client_as(company.ops).post("/channel-spend", SPEND).status_code == 201

    board = chief.get("/channel-board", **{"from": "2026-03-01", "to": "2026-03-10"}).json()

    (row,) = board["channels"]
    assert (row["cost"], row["cost_per"]["leads"]) == ("10000.00", "10000.00")
    assert verbs()[-1] == "channel_spend.entered"


def test_a_wrong_cost_is_withdrawn_and_counts_no_more(company, chief):
    spend = chief.post("/channel-spend", SPEND).json()["id"]
    assert chief.delete(f"/channel-spend/{spend}").status_code == 204
    assert chief.get("/channel-spend", **LONG_AGO).json()["items"] == []
    assert chief.get("/channel-board", **LONG_AGO).json()["channels"] == []
    assert verbs()[-1] == "channel_spend.withdrawn"
    assert chief.delete(f"/channel-spend/{spend}").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"channel": "nowhere"}, "channel"),
        ({"currency": "XXX"}, "currency"),
        ({"last_day": "2026-02-01"}, "last_day"),
    ],
)
def test_a_cost_that_cannot_be_is_refused_and_nothing_is_kept(chief, wrong, field):
    answer = chief.post("/channel-spend", SPEND | wrong)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not ChannelSpend.objects.exists()


def test_who_may_not_manage_channels_enters_no_costs(company):
    assert client_as(company.seller).post("/channel-spend", SPEND).status_code == 403


def test_a_figure_that_does_not_exist_is_said(chief):
    assert chief.get("/channel-board/leads", figure="nothing").status_code == 422


@pytest.mark.parametrize("leads", [1, 20])
def test_the_board_asks_as_often_whatever_there_is(company, chief, leads):
    for number in range(leads):
        make_lead(company.seller, f"线索{number}")
    for path in ("/channel-board", "/channel-board/funnel", "/channel-board/leads"):
        chief.get(path)
        with CaptureQueriesContext(connection) as asked:
            chief.get(path)
        assert len(asked) <= 12, path


def norms(asker):
    return {each["key"]: each for each in asker.get("/channel-board/norms").json()}


def test_an_administrator_says_what_is_normal_and_every_version_stays(company, chief):
    assert norms(chief)["sql"]["source"] == "pack"
    before = norms(chief)["sql"]
    assert (before["normal"], before["abnormal"], before["number"]) == (0.25, 0.15, 0)

    first = chief.put("/channel-board/norms/sql", {"normal": "0.6", "abnormal": "0.5"}).json()
    second = chief.put(
        "/channel-board/norms/sql", {"normal": "0.4", "abnormal": "0.1", "note": "淡季"}
    ).json()

    assert (first["number"], second["number"], second["source"]) == (1, 2, "own")
    assert (second["shipped_normal"], second["set_by"]) == (0.25, "冯管理")
    versions = [(each["number"], each["normal"]) for each in second["versions"]]
    assert versions == [(2, 0.4), (1, 0.6)]
    told = entries("funnel.norm_set")[-1]
    assert (told["before"], told["after"]) == ([0.6, 0.5], [0.4, 0.1])


def test_the_funnel_judges_by_the_newest_norm_and_says_whose_it_is(company, chief):
    for number in range(5):
        visited(make_lead(company.seller, f"丙{number}"), "contacted", "mql")
    visited(make_lead(company.seller, "丁"), "contacted", "mql", "sql")

    def link():
        (month,) = chief.get("/channel-board/funnel", **LONG_AGO).json()["months"]
        found = next(each for each in month["links"] if each["key"] == "mql")
        return found["verdict"], found["norm_source"], found["norm_number"]

    assert link() == ("low", "pack", 0)
    chief.put("/channel-board/norms/sql", {"normal": "0.1", "abnormal": "0.05"})
    assert link() == ("normal", "own", 1)
    chief.put("/channel-board/norms/sql", {"normal": None, "abnormal": None})
    assert link() == ("low", "pack", 2)


@pytest.mark.parametrize(
    "given",
    [
        {"normal": "0.2", "abnormal": "0.2"},
        {"normal": "0.2", "abnormal": None},
        {"normal": "1.2", "abnormal": "0.1"},
    ],
)
def test_shares_that_contradict_each_other_are_refused(chief, given):
    assert chief.put("/channel-board/norms/sql", given).status_code == 422
    assert not FunnelNorm.objects.exists()


def test_a_seller_reads_what_is_normal_and_changes_nothing(company):
    seller = client_as(company.seller)
    assert norms(seller)["sql"]["normal"] == 0.25
    given = {"normal": "0.3", "abnormal": "0.2"}
    assert seller.put("/channel-board/norms/sql", given).status_code == 403
    assert seller.put("/channel-board/norms/nothing", given).status_code == 403


def test_there_is_no_norm_for_what_is_no_link(chief):
    answer = chief.put("/channel-board/norms/nothing", {"normal": "0.3", "abnormal": "0.2"})
    assert (answer.status_code, answer.json()["code"]) == (404, "funnel_link_unknown")
