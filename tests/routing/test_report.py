"""The fairness report opens down: every figure to exactly the leads that it counts."""

import pytest

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.desk import actions as desk
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from closeloop.org.access import Capability
from closeloop.routing import actions
from closeloop.routing.queries.counting import FIGURES
from closeloop.sla.models import Clock
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import make_role, make_user
from tests.routing.given import make_group, new_lead, publish

pytestmark = pytest.mark.django_db
PERSON = {
    "received": "received",
    "again": "received_again",
    "taken": "taken_away",
    "touched": "touched",
    "in_time": "touched_in_time",
    "late": "late",
    "open": "open_now",
}
"""Figures of a person, by their names in the report."""


def span():
    return {
        "since": from_now(days=-1).isoformat(),
        "until": from_now(days=1).isoformat(),
    }


@pytest.fixture
def keeper(company):
    role = make_role({("lead", "read"): "all"}, capabilities=[Capability.MANAGE_ROUTING])
    return client_as(make_user("分配员", role=role, unit=company.head_office))


@pytest.fixture
def leads(company):
    """Leads given, given again, overflown, pooled, touched in time and late, ended and removed."""
    make_group("first", company.seller, company.colleague, cap=2)
    make_group("second", company.stranger, cap=3)
    publish(otherwise=["first", "second"])
    made = [new_lead(name=f"线索{number}") for number in range(9)]
    touch(made[0])
    Clock.objects.filter(record_id=made[1], policy__key="first_touch").update(
        due_at=from_now(hours=-1), started_at=from_now(hours=-3)
    )
    touch(made[1])
    actions.route_again("lead", made[2], why="first_touch")
    actions.route_again("lead", made[2], why="first_touch")
    actions.route_again("lead", made[2], why="first_touch")
    desk.remove_record("lead", made[3], actor=SYSTEM)
    return made


def touch(lead):
    owner = Lead.objects.get(pk=lead).owner_id
    data = {"effective": True, "person_id": owner}
    happening = Happening("followup.recorded", record_id=lead, record_type="lead", data=data)
    activity.record(happening, actor=SYSTEM)


def cells(report):
    """Every figure of a report: its number by (figure, person, detail)."""
    found = {("given", None, ""): report["given"], ("pooled", None, ""): report["pooled"]}
    for reason, count in report["pooled_by_reason"].items():
        found["pooled_because", None, reason] = count
    for group in report["groups"]:
        found["group", None, group["group"]["key"]] = group["received"]
        found["overflow", None, group["group"]["key"]] = group["by_overflow"]
    for row in report["people"]:
        person = row["person"]["id"]
        for figure, name in PERSON.items():
            found[figure, person, ""] = row[name]
        for why, count in row["passed_over"].items():
            found["passed", person, why] = count
    return found


def ids_behind(keeper, cell, **more):
    figure, person, detail = cell
    asked = {**span(), "figure": figure, "detail": detail, "limit": 4, **more}
    if person is not None:
        asked["person"] = person
    page = keeper.get("/routing/report/leads", **asked).json()
    ids = [each["id"] for each in page["items"]]
    if page["next_cursor"]:
        ids += ids_behind(keeper, cell, cursor=page["next_cursor"])
    return ids


def test_every_figure_opens_exactly_the_leads_that_it_counts(company, keeper, leads):
    report = keeper.get("/routing/report", **span()).json()
    found = cells(report)
    assert {figure for figure, _, _ in found} == set(FIGURES)
    opened = {cell: ids_behind(keeper, cell) for cell in found}
    assert {cell: len(set(ids)) for cell, ids in opened.items()} == found
    assert all(len(ids) == len(set(ids)) for ids in opened.values())
    assert min(found["given", None, ""], found["pooled", None, ""]) > 0
    assert set(opened["given", None, ""]) | set(opened["pooled", None, ""]) == set(leads)
    assert opened["overflow", None, "first"] == []
    assert set(opened["overflow", None, "second"]) == set(opened["group", None, "second"])
    assert leads[3] in opened["given", None, ""]
    touched = [cell for cell, ids in opened.items() if cell[0] == "touched" and ids]
    assert sorted(each for cell in touched for each in opened[cell]) == sorted(leads[:2])
    late = {each for cell, ids in opened.items() if cell[0] == "late" for each in ids}
    assert late == {leads[1]}


def test_figures_count_what_their_reader_reaches(company, keeper, leads):
    role = make_role({("lead", "read"): "unit"}, capabilities=[Capability.MANAGE_ROUTING])
    narrow = client_as(make_user("组内分配员", role=role, unit=company.teams[0]))
    report = narrow.get("/routing/report", **span()).json()
    wide = keeper.get("/routing/report", **span()).json()
    assert 0 < report["given"] < wide["given"]
    found = cells(report)
    opened = {cell: ids_behind(narrow, cell) for cell in found}
    assert {cell: len(ids) for cell, ids in opened.items()} == found


def test_a_figure_that_is_none_is_refused(keeper):
    answer = keeper.get("/routing/report/leads", figure="luck", **span())
    assert (answer.status_code, answer.json()["code"]) == (422, "routing_figure_unknown")
    long = {"since": from_now(days=-401).isoformat(), "until": from_now().isoformat()}
    answer = keeper.get("/routing/report/leads", figure="given", **long)
    assert (answer.status_code, answer.json()["code"]) == (422, "routing_period_too_long")
