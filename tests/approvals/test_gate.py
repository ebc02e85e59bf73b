"""A gate that waits for an approval: asked for, granted, and the move follows in one go."""

import pytest

from closeloop.approvals import actions
from closeloop.approvals.actions import Answer
from closeloop.approvals.models import Case
from closeloop.desk import actions as desk
from closeloop.files.models import Attachment
from closeloop.process.models import Instance
from tests.builders.activity import entries, verbs
from tests.builders.approvals import agree, refuse, waiting
from tests.builders.asking import client_as
from tests.builders.people import actor_of, make_user
from tests.builders.records import advance, make_deal, open_lock, row_of

pytestmark = pytest.mark.django_db
MOVE = "contract_approval>signing"
TO_CONTRACT = (
    *("first_talk", "needs_confirmed", "solution_demo", "quotation", "contract_approval"),
)


@pytest.fixture
def signers(company):
    """Legal, presales and finance, beside the company's director."""
    return {
        role: make_user(name, role=role, unit=company.head_office)
        for role, name in (("legal", "孙法务"), ("presales", "吴售前"), ("finance", "郑财务"))
    }


@pytest.fixture
def ready(company, signers):
    """A deal whose contract lacks nothing but its approval."""
    deal = make_deal(company.seller)
    advance("deal", deal, *TO_CONTRACT)
    open_lock("deal", deal, "signing")
    Case.objects.all().delete()
    return deal


def ask(company, deal, **body):
    path = f"/records/deal/{deal}/move-approval"
    return client_as(company.seller).post(path, {"to_stage": "signing", **body})


def answer_all(case, company, signers, *, but_finance=False):
    agree(case, company.director)
    agree(case, signers["legal"])
    agree(case, signers["presales"])
    if not but_finance:
        agree(case, signers["finance"])
    case.refresh_from_db()


def stage_of(deal):
    return row_of("deal", deal).stage


def test_only_the_approval_is_missing_so_the_move_needs_approval(company, ready):
    seller = client_as(company.seller)
    moves = seller.get(f"/records/deal/{ready}/moves").json()
    (signing,) = [move for move in moves if move["to_stage"] == "signing"]
    assert signing["decision"] == "needs_approval"
    assert [(item["kind"], item["where"], item["link"]) for item in signing["missing"]] == [
        ("approval", "approval:contract_approval", None)
    ]
    case_id = ask(company, ready).json()["case_id"]
    moves = seller.get(f"/records/deal/{ready}/moves").json()
    (signing,) = [move for move in moves if move["to_stage"] == "signing"]
    assert signing["missing"][0]["link"] == f"/approvals/{case_id}"


def test_granted_the_move_follows_at_once_as_the_requester(company, ready, signers):
    case = Case.objects.get(pk=ask(company, ready, comment="急").json()["case_id"])
    assert waiting(case) == ["周总监"]
    answer_all(case, company, signers)
    assert (case.state, case.carried_out, stage_of(ready)) == ("granted", True, "signing")
    moved = entries("deal.stage_entered")[-1]
    assert (moved["to"], moved["via"]) == ("signing", "approval")
    assert verbs()[-2:] == ["deal.stage_entered", "approval.carried_out"]


def test_refused_the_deal_stays(company, ready, signers):
    case = Case.objects.get(pk=ask(company, ready).json()["case_id"])
    refuse(case, company.director)
    assert stage_of(ready) == "contract_approval"


def test_a_gate_that_shut_meanwhile_leaves_it_granted_and_not_carried_out(company, ready, signers):
    case = Case.objects.get(pk=ask(company, ready).json()["case_id"])
    answer_all(case, company, signers, but_finance=True)
    Attachment.objects.filter(record_id=ready, kind="contract_draft").delete()
    agree(case, signers["finance"])
    case.refresh_from_db()
    assert (case.state, case.carried_out, case.outcome_code) == ("granted", False, "stage_locked")
    assert [item["item"] for item in case.outcome["missing"]] == ["contract_draft"]
    assert stage_of(ready) == "contract_approval"
    assert entries("approval.not_carried_out")[-1]["code"] == "stage_locked"
    page = client_as(company.seller).get(f"/approvals/{case.pk}").json()
    assert page["outcome"]["carried_out"] is False
    assert page["outcome"]["detail"]
    open_lock("deal", ready, "signing")
    move = client_as(company.seller).post(f"/records/deal/{ready}/move", {"to_stage": "signing"})
    assert move.status_code == 200


def test_what_was_changed_while_it_ran_is_not_what_was_approved(company, ready, signers):
    case = Case.objects.get(pk=ask(company, ready).json()["case_id"])
    answer_all(case, company, signers, but_finance=True)
    desk.change_record(
        "deal", ready, {"amount": "9000000"}, expected_version=None, actor=company.actor
    )
    agree(case, signers["finance"])
    case.refresh_from_db()
    assert (case.carried_out, case.outcome_code) == (False, "approval_values_changed")
    move = client_as(company.seller).post(f"/records/deal/{ready}/move", {"to_stage": "signing"})
    assert (move.status_code, move.json()["code"]) == (423, "stage_locked")


def test_a_grant_opens_no_later_stay(company, ready, signers):
    case = Case.objects.get(pk=ask(company, ready).json()["case_id"])
    answer_all(case, company, signers)
    seller = client_as(company.seller)
    back = {"to_stage": "contract_approval", "reason": "客户改了条款"}
    assert seller.post(f"/records/deal/{ready}/move", back).status_code == 200
    again = seller.post(f"/records/deal/{ready}/move", {"to_stage": "signing"})
    assert [item["item"] for item in again.json()["missing"]] == ["contract_granted"]


def test_what_is_missing_beside_the_approval_is_told_first(company, signers):
    deal = make_deal(company.seller)
    advance("deal", deal, *TO_CONTRACT)
    told = ask(company, deal)
    assert (told.status_code, told.json()["code"]) == (423, "stage_locked")
    assert Case.objects.count() == 0


def test_no_exception_stands_for_an_approval(company, ready):
    asked = client_as(company.seller).post(
        f"/records/deal/{ready}/exceptions", {"to_stage": "signing", "reason": "客户等不及"}
    )
    assert asked.json()["code"] == "exception_is_an_approval"


def test_a_record_that_went_elsewhere_is_not_moved(company, ready, signers):
    case = Case.objects.get(pk=ask(company, ready).json()["case_id"])
    answer_all(case, company, signers, but_finance=True)
    seller = client_as(company.seller)
    seller.post(f"/records/deal/{ready}/move", {"to_stage": "quotation", "reason": "重新报价"})
    agree(case, signers["finance"])
    case.refresh_from_db()
    assert (case.carried_out, case.outcome_code) == (False, "approval_overtaken")
    assert Instance.objects.get(pk=ready).stage == "quotation"


def test_the_requester_takes_it_back(company, ready):
    case_id = ask(company, ready).json()["case_id"]
    actions.withdraw(case_id, actor=actor_of(company.seller))
    assert ask(company, ready).status_code == 201


def test_an_answer_twice_is_answered_once(company, ready, signers):
    case_id = ask(company, ready).json()["case_id"]
    director = client_as(company.director)
    first = director.post(f"/approvals/{case_id}/agree", {}, key="once")
    again = director.post(f"/approvals/{case_id}/agree", {}, key="once")
    other = director.post(f"/approvals/{case_id}/agree", {}, key="twice")
    assert (first.status_code, again.status_code, other.status_code) == (200, 200, 409)
    assert len(entries("approval.agreed")) == 1


def test_only_who_takes_part_sees_it(company, ready, signers):
    case_id = ask(company, ready).json()["case_id"]
    assert client_as(company.stranger).get(f"/approvals/{case_id}").status_code == 404
    for person in (company.seller, company.director, company.manager, company.ops):
        assert client_as(person).get(f"/approvals/{case_id}").status_code == 200


def test_batch_agrees_only_where_the_flow_lets_it(company, ready):
    contract = ask(company, ready).json()["case_id"]
    discount = client_as(company.seller).post(
        "/approvals",
        {
            "flow": "discount_approval",
            "record_type": "deal",
            "record_id": ready,
            "form": {"discount_percent": "20", "cause": "volume"},
        },
    )
    assert discount.status_code == 201, discount.json()
    actions.agree(discount.json()["id"], Answer(), actor=actor_of(company.manager))
    told = client_as(company.director).post(
        "/approvals/batch", {"ids": [contract, discount.json()["id"]]}
    )
    assert told.json()["done"] == [discount.json()["id"]]
    assert [row["code"] for row in told.json()["refused"]] == ["approval_not_in_batch"]
