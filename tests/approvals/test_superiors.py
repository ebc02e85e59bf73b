"""Who stands above somebody that is asked may see the case, urge, and answer in their place."""

import pytest

from closeloop.approvals import actions
from closeloop.approvals.errors import NotBelow, NotYours, UrgedLately
from closeloop.approvals.models import Ask
from closeloop.edge import revisions
from closeloop.notices.models import Notice
from closeloop.org.models import Position
from closeloop.sla.models import Clock
from tests.builders.activity import entries
from tests.builders.approvals import agree, approve, make_flow, open_case, persons, waiting
from tests.builders.asking import client_as
from tests.builders.database import snapshot
from tests.builders.people import actor_of, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(company):
    """The manager's superior: a plain salesperson elsewhere, who reads none of the records."""
    person = make_user("陈总", role="salesperson", unit=company.teams[2])
    Position.objects.filter(user=company.manager).update(superior=person)
    revisions.bump("org")
    return person


@pytest.fixture
def case(company, deal, chief):
    flow = make_flow(
        approve("first", persons(company.manager), policy="contract_approval"),
        approve("second", persons(company.director)),
        record_type="deal",
    )
    return open_case(flow, company.seller, record_id=deal, record_type="deal", title="年度框架")


def page(person, case):
    return client_as(person).get(f"/approvals/{case.pk}")


def test_a_superior_of_whoever_is_asked_sees_the_case_others_do_not(company, case, chief):
    assert page(chief, case).status_code == 200
    assert page(chief, case).json()["my"] == {"ask_id": None, "actions": ["take_over", "urge"]}
    assert page(company.stranger, case).status_code == 404


def test_a_superior_takes_over_and_answers_on_behalf(company, case, chief):
    taken = client_as(chief).post(f"/approvals/{case.pk}/take-over", {"comment": "王经理出差"})
    assert taken.status_code == 200, taken.content
    assert taken.json()["my"]["actions"][0] == "agree"
    assert waiting(case) == ["陈总"]
    ask = Ask.objects.get(case=case, state="waiting")
    assert ask.on_behalf_of == company.manager
    (told,) = entries("approval.taken_over")
    assert (told["person_id"], told["on_behalf_of"]) == (chief.pk, company.manager.pk)
    heard = Notice.objects.get(event="approval.taken_over")
    assert heard.person == company.manager
    clocks = Clock.objects.filter(about_kind="approval_ask").order_by("pk")
    assert [(each.owner.name, each.state) for each in clocks] == [
        ("王经理", "cancelled"),
        ("陈总", "running"),
    ]
    agree(case, chief)
    assert waiting(case) == ["周总监"]
    assert entries("approval.agreed")[0]["on_behalf_of"] == company.manager.pk


def test_who_took_over_may_hand_it_on(company, case, chief):
    actions.take_over(case.pk, actor=actor_of(chief))
    answer = {"to": company.colleague.pk}
    assert client_as(chief).post(f"/approvals/{case.pk}/transfer", answer).status_code == 200
    assert waiting(case) == ["李娜"]


def test_a_superior_urges_those_below(company, case, chief):
    actions.urge(case.pk, comment="今天要用", actor=actor_of(chief))
    urged = Notice.objects.get(event="approval.urged")
    assert (urged.person, urged.data["comment"]) == (company.manager, "今天要用")
    with pytest.raises(UrgedLately):
        actions.urge(case.pk, actor=actor_of(chief))


def test_who_stands_above_nobody_that_is_asked_takes_nothing_over(company, case):
    reader = actor_of(company.ops)
    before = snapshot()
    with pytest.raises(NotBelow):
        actions.take_over(case.pk, actor=reader)
    with pytest.raises(NotYours):
        actions.urge(case.pk, actor=reader)
    assert snapshot() == before


def test_nobody_takes_over_what_they_asked_for_themselves(company, chief):
    flow = make_flow(approve("first", persons(company.manager)))
    own = open_case(flow, chief)
    assert page(chief, own).json()["my"]["actions"] == ["withdraw", "urge"]
    with pytest.raises(NotBelow):
        actions.take_over(own.pk, actor=actor_of(chief))
