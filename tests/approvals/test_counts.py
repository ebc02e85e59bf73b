"""How much waits for somebody, as every screen asks for it."""

import pytest

from closeloop.approvals import actions
from closeloop.approvals.actions import Answer
from tests.builders.approvals import agree, approve, make_flow, open_case, persons
from tests.builders.asking import client_as
from tests.builders.people import actor_of

pytestmark = pytest.mark.django_db


def told(user):
    return client_as(user).get("/approvals/count").json()


def nothing(**but):
    return {"todo": 0, "unseen": 0, "copied": 0, "returned": 0, **but}


def test_it_tells_what_waits_what_is_new_and_what_came_back(company):
    flow = make_flow(
        approve("first", persons(company.manager)), approve("second", persons(company.director))
    )
    cases = [open_case(flow, company.seller, title=f"框架{number}") for number in range(2)]
    assert told(company.manager) == nothing(todo=2, unseen=2)
    assert told(company.seller) == told(company.director) == nothing()

    client_as(company.manager).post(f"/approvals/{cases[0].pk}/seen")
    assert told(company.manager) == nothing(todo=2, unseen=1)

    answer = Answer(comment="缺附件")
    actions.send_back(cases[1].pk, answer, to_node=None, actor=actor_of(company.manager))
    assert told(company.manager)["todo"] == 1
    assert told(company.seller) == nothing(returned=1)

    agree(cases[0], company.manager)
    assert told(company.manager)["todo"] == 0
    assert told(company.director) == nothing(todo=1, unseen=1)
