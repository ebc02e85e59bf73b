"""Asking for help, who is asked and why, what counts as help, how a case ends."""

from datetime import timedelta

import pytest

from closeloop.edge.etags import EditConflict
from closeloop.identity.actor import SYSTEM
from closeloop.notices.models import Notice
from closeloop.org import actions as org
from closeloop.org import queries as people
from closeloop.org.actions import AbsencePlanned
from closeloop.org.handover import holdings
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock
from closeloop.support import actions, errors
from closeloop.support.models import Case, Help
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of, make_user
from tests.builders.records import make_customer
from tests.demo.told_clock import ToldClock
from tests.support.given import helped, opened, rules

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def expert(company):
    """Somebody in presales, whom the shipped rules name for technical problems."""
    return make_user("何工", role="presales", unit=company.head_office)


@pytest.fixture(autouse=True)
def time(db, monkeypatch):
    """A clock that is told; it begins at this moment."""
    now = from_now()
    told = ToldClock(monkeypatch)
    told.tell(now)
    return told


def clock_of(case):
    return Clock.objects.filter(about_kind="support_case", about_id=case.pk).latest("pk")


def test_a_problem_has_an_owner_a_clock_and_a_notice(company, expert):
    customer = make_customer(company.seller, "协和医院")
    case = opened(company.seller, customer_id=customer)
    case.refresh_from_db()
    assert case.owner_id == expert.pk
    assert case.due_at - case.opened_at == DAY
    assert clock_of(case).owner_id == expert.pk
    told = Notice.objects.get(person=expert)
    assert (told.event, told.link) == ("support.asked", f"/support/{case.pk}")
    shown = client_as(expert).get(f"/support/cases/{case.pk}").json()
    assert shown["why"] == (
        "按第 1 版规则的第 1 条：全公司的技术问题由最近的「售前支持」中手上工单最少的人支持。"
    )
    assert shown["customer"]["title"] == "协和医院"
    assert client_as(company.stranger).get(f"/support/cases/{case.pk}").status_code == 404


def test_the_most_specific_rule_decides(company, expert):
    east, team = company.regions[0], company.teams[0]
    near = make_user("江工", role="presales", unit=team)
    rules(
        {"kind": None, "unit_id": team.pk, "to": {"person": near.pk}},
        {"kind": "price", "unit_id": None, "to": {"person": expert.pk}},
        {"kind": "price", "unit_id": east.pk, "to": {"person": company.manager.pk}},
    )
    owners = {kind: opened(company.seller, kind=kind).owner_id for kind in ("price", "technical")}
    assert owners == {"price": company.manager.pk, "technical": near.pk}
    assert opened(company.stranger, kind="price").owner_id == expert.pk


def test_a_stand_in_helps_and_nobody_helps_themselves(company, expert):
    other = make_user("孟工", role="presales", unit=company.head_office)
    rules({"kind": "technical", "to": {"person": expert.pk}})
    absence = AbsencePlanned(
        person_id=expert.pk,
        from_at=from_now(hours=-1),
        to_at=from_now(days=2),
        delegate_id=other.pk,
    )
    org.plan_absence(absence, actor=SYSTEM)
    case = opened(company.seller)
    assert (case.owner_id, case.why["on_behalf_of"]) == (other.pk, expert.pk)
    mine = opened(other)
    assert mine.owner_id != other.pk
    assert mine.why["passed_over"][0]["why"] == "stand_in_asks"


def test_without_a_rule_the_head_of_the_unit_helps_then_the_superior(company):
    rules()
    assert opened(company.seller).owner_id == company.manager.pk
    org.change_unit(company.teams[0].pk, wanted={"head_id": company.colleague.pk}, actor=SYSTEM)
    case = opened(company.seller)
    assert (case.owner_id, case.why["by"]) == (company.colleague.pk, "head")


def test_a_mere_received_does_not_stop_the_clock(company, expert):
    case = opened(company.seller)
    helped(case, expert, kind="received", text="")
    case.refresh_from_db()
    assert (case.state, clock_of(case).closed_at) == ("open", None)
    helped(case, expert)
    case.refresh_from_db()
    assert (case.state, clock_of(case).state) == ("supported", "met")
    assert entries("support.given")[-1]["in_time"] is True
    assert Notice.objects.filter(person=company.seller, event="support.helped").count() == 1


def test_help_says_what_it_is(company, expert):
    case = opened(company.seller)
    before = verbs()
    for kind, text in (("solution", " "), ("unknown", "x"), ("solution", "长" * 2001)):
        with pytest.raises(errors.CaseInvalid):
            helped(case, expert, kind=kind, text=text)
    with pytest.raises(errors.CaseNotYours):
        helped(case, company.colleague)
    with pytest.raises(errors.CaseNotYours):
        helped(case, company.seller)
    assert (verbs(), Help.objects.count()) == (before, 0)


def test_help_that_is_turned_down_does_not_count_and_a_new_clock_runs(company, expert, time):
    case = opened(company.seller)
    time.tell(time.now + timedelta(hours=2))
    helped(case, expert)
    time.tell(time.now + timedelta(hours=1))
    actions.reopen_case(case.pk, note="还是报错", actor=company.actor)
    case.refresh_from_db()
    assert (case.state, case.reopened, case.due_at) == ("open", 1, case.opened_at + DAY)
    assert case.answer_by == time.now + DAY
    shown = client_as(expert).get(f"/support/cases/{case.pk}").json()
    assert (shown["outcome"], shown["helps"][0]["turned_down"]) == ("pending", True)
    time.tell(time.now + timedelta(hours=3))
    helped(case, expert, text="已换主板")
    actions.confirm_support(case.pk, actor=company.actor)
    shown = client_as(company.seller).get(f"/support/cases/{case.pk}").json()
    assert (shown["state"], shown["outcome"]) == ("closed", "met")
    assert [turn["what"] for turn in shown["turns"]] == [
        "requested", "given", "reopened", "given", "confirmed",
    ]  # fmt: skip
    with pytest.raises(errors.CaseMovedOn):
        actions.reopen_case(case.pk, note="又坏了", actor=company.actor)


def test_an_unanswered_case_is_escalated(company, expert, time):
    case = opened(company.seller)
    superior = people.superior_of(expert.pk)
    time.tell(time.now + timedelta(hours=20, minutes=1))
    sla.sweep()
    assert Notice.objects.filter(person=expert, event="clock.warning").count() == 1
    time.tell(time.now + timedelta(hours=4))
    sla.sweep()
    clock = clock_of(case)
    assert (clock.red_since is not None, clock.breached_at) == (True, case.opened_at + DAY)
    assert Notice.objects.filter(person=expert, event="clock.overdue").count() == 1
    told = Notice.objects.filter(person_id=superior, event="clock.overdue")
    assert told.count() == (1 if superior else 0)


def test_two_people_at_once(company, expert):
    case = opened(company.seller)
    actions.reassign_case(case.pk, to_id=company.manager.pk, version=1, actor=actor_of(expert))
    with pytest.raises(EditConflict):
        helped(case, company.manager, version=1)
    with pytest.raises(errors.CaseNotYours):
        helped(case, expert)
    helped(case, company.manager, version=2)
    assert clock_of(case).owner_id == company.manager.pk
    with pytest.raises(errors.CaseMovedOn):
        helped(case, company.manager)


def test_withdrawing_cancels_the_clock(company, expert):
    case = opened(company.seller)
    with pytest.raises(errors.CaseNotYours):
        actions.withdraw_case(case.pk, note="不需要了", actor=actor_of(expert))
    with pytest.raises(errors.CaseInvalid):
        actions.withdraw_case(case.pk, note=" ", actor=company.actor)
    actions.withdraw_case(case.pk, note="客户自己解决了", actor=company.actor)
    assert clock_of(case).state == "cancelled"
    assert Case.objects.get().state == "withdrawn"


def test_cases_go_over_when_somebody_leaves(company, expert):
    heir = make_user("潘工", role="presales", unit=company.head_office)
    case = opened(company.seller)
    holding = next(each for each in holdings.all() if each.key == "support_cases")
    assert holding.count(expert.pk) == 1
    assert holding.items(expert.pk, 5)[0].link == f"/support/{case.pk}"
    assert holding.hand_over(expert.pk, heir.pk, SYSTEM) == 1
    case.refresh_from_db()
    assert (case.owner_id, clock_of(case).owner_id) == (heir.pk, heir.pk)


def test_over_http_a_case_is_asked_once_answered_and_confirmed(company, expert):
    seller, helper = client_as(company.seller), client_as(expert)
    customer = make_customer(company.seller)
    body = {
        "kind": "technical", "what": "开机黑屏", "customer_id": customer, "via": "phone",
        "client_id": "7b0d3a9e-0000-4000-8000-000000000001",
    }  # fmt: skip
    who = seller.get("/support/owner", kind="technical", customer_id=customer).json()
    assert who["owner"]["id"] == expert.pk
    first, second = (seller.post("/support/cases", body) for _ in range(2))
    assert first.json()["id"] == second.json()["id"]
    case = first.json()
    mine = helper.get("/support/cases", box="mine").json()["items"]
    assert [each["id"] for each in mine] == [case["id"]]
    path = f"/support/cases/{case['id']}"
    answer = {"kind": "visit", "text": "今天下午到现场"}
    assert helper.post(f"{path}/help", answer).status_code == 428
    assert helper.post(f"{path}/help", answer, version=9).status_code == 412
    done = helper.post(f"{path}/help", answer, version=case["version"])
    assert done.status_code == 200, done.content
    closed = seller.post(f"{path}/confirm", version=done.json()["version"])
    assert closed.json()["state"] == "closed"
    assert client_as(company.stranger).post(f"{path}/confirm", version=3).status_code == 404
    others = make_customer(company.stranger)
    assert seller.post("/support/cases", {**body, "customer_id": others}).status_code == 404


def test_rules_are_checked_and_published_in_versions(company):
    ops = client_as(company.ops)
    held = ops.get("/support/settings").json()
    assert held["versions"][0]["sentences"][-1] == "全公司的所有问题由问题所在部门的负责人支持"
    wrong = {**held["definition"], "rules": [{"kind": "nope", "to": {"role": "nobody"}}]}
    refused = ops.put("/support/settings", {"definition": wrong}, version=held["version"])
    codes = {each["code"] for each in refused.json()["problems"]}
    assert (refused.status_code, codes) == (422, {"support.kind_unknown", "support.role_unknown"})
    right = {**held["definition"], "rules": []}
    put = ops.put("/support/settings", {"definition": right}, version=held["version"])
    assert (put.status_code, put.json()["version"]) == (200, 2)
    again = ops.put("/support/settings", {"definition": right}, version=held["version"])
    assert again.status_code == 412
    assert client_as(company.seller).get("/support/settings").status_code == 403


def test_a_draft_says_who_would_be_asked_and_a_kind_left_out_keeps_its_name(company):
    ops, seller = client_as(company.ops), client_as(company.seller)
    opened = seller.post("/support/cases", {"kind": "delivery", "what": "物流破损"}).json()
    held = ops.get("/support/settings").json()
    kinds = [each for each in held["definition"]["kinds"] if each["key"] != "delivery"]
    everybody = {"kind": None, "unit_id": None, "to": {"person": company.ops.pk}}
    draft = {**held["definition"], "kinds": kinds, "rules": [everybody]}
    tried = ops.post("/support/settings/rehearsal", {"definition": draft}).json()
    assert (tried["cases"], tried["moved"]) == (1, 1)
    gone = next(each for each in tried["kinds"] if each["key"] == "delivery")
    assert (gone["state"], gone["cases"], gone["ongoing"]) == ("removed", 1, 1)
    people = {each["person"]["id"]: (each["now"], each["then"]) for each in tried["people"]}
    assert people == {opened["owner"]["id"]: (1, 0), company.ops.pk: (0, 1)}
    assert tried["sentences"] == [f"全公司的所有问题由{company.ops.name}支持"]
    assert ops.get("/support/settings").json()["version"] == held["version"]
    put = ops.put("/support/settings", {"definition": draft}, version=held["version"])
    assert put.json()["versions"][0]["published_by"]["id"] == company.ops.pk
    shown = seller.get(f"/support/cases/{opened['id']}").json()
    assert shown["kind"]["name"]["zh-CN"] == "交付与物流"
