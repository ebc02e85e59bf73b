"""How often the lists of what waits ask the database: as often for one row as for twenty."""

import pytest

from closeloop.notices import actions as notices
from closeloop.notices.actions import Message
from closeloop.sla.models import Clock
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from tests.builders.approvals import agree, approve, copy, make_flow, open_case, persons, words
from tests.builders.asking import client_as
from tests.builders.people import actor_of
from tests.builders.records import make_deal

pytestmark = pytest.mark.django_db
ROWS = pytest.mark.parametrize("rows", [1, 20])
SIGNED_IN = 1


def held(person, address, budget, rows, within):
    """Ask once, so that what is kept is kept, and then within the budget."""
    desk = client_as(person)
    desk.get(address)
    with within(SIGNED_IN + budget):
        answer = desk.get(address)
    assert answer.status_code == 200
    assert len(answer.json()["items"]) == rows


@ROWS
@pytest.mark.parametrize("box", ["todo", "done", "mine", "copied"])
def test_approvals(company, rows, box, django_assert_num_queries):
    flow = make_flow(
        copy("told", persons(company.ops)),
        approve("first", persons(company.manager), policy="contract_approval"),
        approve("second", persons(company.director), policy="contract_approval"),
        record_type="deal",
        form=[{"key": "amount", "field": "amount"}],
    )
    for _ in range(rows):
        deal = make_deal(company.seller)
        case = open_case(flow, company.seller, record_id=deal, record_type="deal")
        if box == "done":
            agree(case, company.manager)
    reader = {"mine": company.seller, "copied": company.ops}.get(box, company.manager)
    # the cases, their asks with their files, their visits, who was told, the clocks
    held(reader, f"/approvals?box={box}", 6, rows, django_assert_num_queries)


@ROWS
@pytest.mark.parametrize("box", ["mine", "team", "red"])
def test_clocks(company, rows, box, django_assert_num_queries):
    for _ in range(rows):
        make_deal(company.seller)
    found = Clock.objects.filter(policy__key="no_interaction")
    Clock.objects.exclude(pk__in=found).delete()
    found.update(red_since="2026-03-02T00:00:00Z")
    reader = company.seller if box == "mine" else company.manager
    # for whom one stands in, the page, its clocks, their steps, the records one may read
    held(reader, f"/clocks?box={box}", 5, rows, django_assert_num_queries)


@ROWS
@pytest.mark.parametrize("box", ["unread", "all"])
def test_notices(company, rows, box, django_assert_num_queries):
    for _ in range(rows):
        data = {"actor": "王经理", "record": "江苏省人民医院", "comment": "请看"}
        notices.send(Message(event="mention", to=(company.seller.pk,), data=data))
    # the page, how one wants to be told, how many are unseen
    held(company.seller, f"/notices?box={box}", 3, rows, django_assert_num_queries)


@ROWS
@pytest.mark.parametrize("box", ["mine", "team", "asked"])
def test_tasks(company, rows, box, django_assert_num_queries):
    for _ in range(rows):
        deal = make_deal(company.seller)
        new = NewTask(
            kind="asked", title=words("约见"), owner_id=company.seller.pk,
            record_id=deal, record_type="deal",
        )  # fmt: skip
        tasks.create_task(new, actor=actor_of(company.manager))
    reader = company.seller if box == "mine" else company.manager
    # the page, the records one may read, for whom one stands in: asked once more for one's own
    held(reader, f"/tasks?box={box}", 4 if box == "mine" else 3, rows, django_assert_num_queries)
