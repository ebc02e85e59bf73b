"""A leaver's records, tasks, clocks and approvals go to others: previewed, then all or nothing."""

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.org import actions, queries
from closeloop.org.access import NotAllowed
from closeloop.org.actions import AbsencePlanned
from closeloop.org.errors import HandoverIncomplete, HandoverInvalid
from closeloop.org.handover import Holding, holdings
from closeloop.org.models import Absence, Position
from closeloop.process import actions as process
from closeloop.process.models import ExceptionRequest
from closeloop.records.models import Record
from closeloop.records.types import registry
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from closeloop.tasks.models import Task
from tests.builders.activity import verbs
from tests.builders.asking import client_as
from tests.builders.people import access_of, actor_of
from tests.builders.records import make_customer, make_deal, row_of
from tests.org.test_absences import DAY, MONDAY

pytestmark = pytest.mark.django_db


def held_by(person):
    return {kind.key: count for kind in holdings.all() if (count := kind.count(person.pk))}


def task_of(person):
    new = NewTask(kind="asked", title={"zh-CN": "回访"}, owner_id=person.pk)
    return tasks.create_task(new, actor=SYSTEM)


def give(person, to, *, by, **more):
    return actions.hand_over(person.pk, to=to, actor=actor_of(by), **more)


def test_a_preview_names_everything_that_somebody_holds(company):
    deal = make_deal(company.seller, name="CT 采购")
    task_of(company.seller)
    answer = client_as(company.ops).get(f"/people/{company.seller.pk}/holdings")
    assert answer.status_code == 200
    shown = {each["key"]: each for each in answer.json()}
    assert {key: each["count"] for key, each in shown.items() if each["count"]} == {
        "record.customer": 1, "record.deal": 1, "tasks": 1, **clocks_of(company.seller),
    }  # fmt: skip
    assert shown["record.deal"]["items"] == [
        {"id": deal, "title": "CT 采购", "type": "deal", "link": f"/r/deal/{deal}"}
    ]


def clocks_of(person):
    return {key: count for key, count in held_by(person).items() if key == "clocks"}


def test_every_kind_may_go_to_another(company):
    deal = make_deal(company.seller)
    task = task_of(company.seller)
    done = give(
        company.seller,
        {"record.deal": company.colleague.pk, "*": company.stranger.pk},
        by=company.ops,
    )
    assert (done.counts["record.deal"], done.counts["record.customer"]) == (1, 1)
    row = row_of("deal", deal)
    assert (row.owner_id, row.unit_id) == (company.colleague.pk, company.teams[0].pk)
    customer = row_of("customer", row.customer_id)
    assert (customer.owner_id, customer.unit_id) == (company.stranger.pk, company.teams[2].pk)
    assert Record.objects.get(pk=customer.pk).unit_id == company.teams[2].pk
    assert Task.objects.get(pk=task.pk).owner_id == company.stranger.pk
    assert held_by(company.seller) == {}
    assert {"deal.assigned", "task.reassigned", "handover.done"} <= set(verbs())


def test_kinds_for_which_nobody_is_named_stay(company):
    make_deal(company.seller)
    give(company.seller, {"record.deal": company.colleague.pk}, by=company.ops)
    assert set(held_by(company.seller)) - {"clocks"} == {"record.customer"}


def test_what_has_ended_stays_with_whom_it_ended(company):
    deal = make_deal(company.seller)
    registry.get("deal").model.objects.filter(pk=deal).update(stage="lost")
    assert "record.deal" not in held_by(company.seller)


def test_an_account_is_closed_only_when_nothing_is_left(company):
    make_deal(company.seller)
    before = verbs()
    with pytest.raises(HandoverIncomplete) as refused:
        give(
            company.seller,
            {"record.deal": company.colleague.pk},
            by=company.ops,
            is_deactivated=True,
        )
    assert refused.value.data["left"]["record.customer"] == 1
    rolled_back(before)
    give(company.seller, {"*": company.colleague.pk}, by=company.ops, is_deactivated=True)
    assert not User.objects.get(pk=company.seller.pk).is_active
    assert verbs()[-2:] == ["user.deactivated", "handover.done"]


def rolled_back(before):
    """What a request would have rolled back is of no interest here: the refusal is what counts."""
    assert "handover.done" not in verbs()[len(before) :]


def test_a_refusal_in_the_middle_leaves_everything_where_it_was(company, monkeypatch):
    deal = make_deal(company.seller)

    def refuse(_person, _to, _actor):
        raise HandoverInvalid

    broken = Holding("broken", {}, lambda _id: 1, lambda _id, _limit: [], refuse)
    monkeypatch.setattr(holdings, "_sources", [*holdings._sources, lambda: (broken,)])
    before = verbs()
    answer = client_as(company.ops).post(
        f"/people/{company.seller.pk}/handover", {"to": {"*": company.colleague.pk}}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "handover_invalid")
    assert row_of("deal", deal).owner_id == company.seller.pk
    assert verbs() == before


def test_managers_hand_over_for_those_below_them_and_close_no_account(company):
    make_deal(company.seller)
    give(company.seller, {"*": company.colleague.pk}, by=company.manager)
    assert held_by(company.seller) == {}
    for person, more in ((company.stranger, {}), (company.seller, {"is_deactivated": True})):
        with pytest.raises(NotAllowed):
            give(person, {"*": company.colleague.pk}, by=company.manager, **more)
    with pytest.raises(NotAllowed):
        give(company.colleague, {"*": company.seller.pk}, by=company.seller)
    path = f"/people/{company.stranger.pk}/holdings"
    assert client_as(company.manager).get(path).status_code == 403


def test_heirs_are_known_and_stay(company):
    actions.change_user(company.colleague.pk, wanted={"is_active": False}, actor=SYSTEM)
    to = {
        "unheard_of": company.stranger.pk,
        "tasks": company.colleague.pk,
        "*": company.seller.pk,
    }
    with pytest.raises(HandoverInvalid) as refused:
        give(company.seller, to, by=company.ops)
    assert [each["field"] for each in refused.value.data["errors"]] == [
        "to.unheard_of", "to.tasks", "to.*",
    ]  # fmt: skip


def test_whoever_takes_over_a_team_leads_it_and_answers_above(company):
    actions.change_unit(company.regions[0].pk, wanted={"head_id": company.manager.pk}, actor=SYSTEM)
    give(company.manager, {"lead": company.seller.pk}, by=company.ops)
    assert queries.superior_of(company.colleague.pk) == company.seller.pk
    assert queries.superior_of(company.seller.pk) == company.director.pk
    assert queries.head_of_unit(company.teams[0].pk) == company.seller.pk
    assert not Position.objects.filter(superior=company.manager).exists()
    assert access_of(company.seller) is not None


def test_whoever_stood_in_is_replaced(company):
    for person in (company.colleague, company.stranger):
        planned = AbsencePlanned(person.pk, MONDAY, MONDAY + DAY, company.seller.pk)
        actions.plan_absence(planned, actor=SYSTEM)
    give(company.seller, {"stand_ins": company.colleague.pk}, by=company.ops)
    delegates = dict(Absence.objects.values_list("person_id", "delegate_id"))
    assert delegates == {
        company.colleague.pk: None,
        company.stranger.pk: company.colleague.pk,
    }


def test_exceptions_to_decide_go_over(company):
    deal = make_deal(company.seller)
    process.request_exception(
        registry.get("deal"), deal, to_stage="first_talk", reason="客户催", actor=company.actor
    )
    assert held_by(company.manager)["exceptions"] == 1
    give(company.manager, {"exceptions": company.director.pk}, by=company.ops)
    assert ExceptionRequest.objects.get().decider_id == company.director.pk
    assert verbs()[-2:] == ["process.exception_reassigned", "handover.done"]


def test_a_customer_is_handed_over_with_its_history(company):
    customer = make_customer(company.seller)
    give(company.seller, {"*": company.colleague.pk}, by=company.ops)
    told = client_as(company.colleague).get(f"/records/customer/{customer}/timeline").json()
    assert len(told["items"]) >= 2
