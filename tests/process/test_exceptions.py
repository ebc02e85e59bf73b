"""Exceptions: asked by the owner, decided by a superior, used once, counted."""

import pytest

from closeloop.desk import actions as desk
from closeloop.org import actions as org
from closeloop.process import actions as process
from closeloop.process.models import ExceptionRequest
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.database import snapshot
from tests.builders.records import advance, make_deal, open_lock, row_of

pytestmark = pytest.mark.django_db
REASON = "客户周五前必须看到方案"


@pytest.fixture
def deal(company):
    """A deal whose first lock lacks three items."""
    return make_deal(company.seller)


def ask(user, deal, to_stage="first_talk", reason=REASON):
    body = {"to_stage": to_stage, "reason": reason}
    return client_as(user).post(f"/records/deal/{deal}/exceptions", body)


def decide(user, request_id, *, granted, note=""):
    body = {"granted": granted, "note": note}
    return client_as(user).post(f"/exceptions/{request_id}/decision", body)


def move(user, deal, to_stage="first_talk", **body):
    return client_as(user).post(f"/records/deal/{deal}/move", {"to_stage": to_stage, **body})


def test_a_request_goes_to_the_superior_with_what_is_missing(company, deal):
    asked = ask(company.seller, deal)
    assert asked.status_code == 201
    body = asked.json()
    assert (body["state"], body["reason"], body["decider"]["name"]) == ("open", REASON, "王经理")
    assert [item["item"] for item in body["missing"]] == [
        "first_contact_source", "first_contact_roles", "first_contact_checklist",
    ]  # fmt: skip
    waiting = client_as(company.manager).get("/exceptions", box="to_decide").json()
    assert [each["id"] for each in waiting] == [body["id"]]
    assert client_as(company.manager).get("/today").json()["to_decide"][0]["id"] == body["id"]
    assert client_as(company.seller).get("/exceptions", box="mine").json()[0]["id"] == body["id"]
    assert row_of("deal", deal).stage == "first_contact"


def test_a_granted_exception_passes_once_and_is_counted(company, deal):
    request_id = ask(company.seller, deal).json()["id"]
    assert decide(company.manager, request_id, granted=True, note="仅此一次").status_code == 200

    assert move(company.seller, deal).json()["stage"] == "first_talk"

    (entered,) = entries("deal.stage_entered")
    assert entered["exception_id"] == str(request_id)
    assert entered["excepted"] == [
        "first_contact_source", "first_contact_roles", "first_contact_checklist",
    ]  # fmt: skip
    assert ExceptionRequest.objects.get().state == "used"
    move(company.seller, deal, "first_contact", reason="补材料")
    assert move(company.seller, deal).json()["code"] == "stage_locked"


def test_a_refused_exception_passes_nothing(company, deal):
    request_id = ask(company.seller, deal).json()["id"]
    assert (
        decide(company.manager, request_id, granted=False, note="先补材料").json()["state"]
        == "refused"
    )
    assert move(company.seller, deal).json()["code"] == "stage_locked"
    assert decide(company.manager, request_id, granted=True).json()["code"] == "exception_decided"
    assert ask(company.seller, deal).status_code == 201


@pytest.mark.parametrize("name", ["seller", "colleague", "stranger", "ops"])
def test_nobody_decides_for_themselves_or_aside(company, deal, name):
    request_id = ask(company.seller, deal).json()["id"]
    desk_of, before = client_as(getattr(company, name)), snapshot()
    answer = desk_of.post(f"/exceptions/{request_id}/decision", {"granted": True})
    assert (answer.status_code, answer.json()["code"]) == (403, "exception_not_yours")
    assert snapshot() == before


def test_a_superiors_superior_may_decide_and_a_superior_not_for_themselves(company):
    own = make_deal(company.manager)
    request_id = ask(company.manager, own).json()["id"]
    assert decide(company.manager, request_id, granted=True).status_code == 403
    assert decide(company.director, request_id, granted=True).status_code == 200
    below = ask(company.seller, make_deal(company.seller)).json()["id"]
    assert decide(company.director, below, granted=True).status_code == 200


def test_somebody_without_a_superior_is_told_so(company):
    own = make_deal(company.ops)
    assert ask(company.ops, own).json()["code"] == "exception_no_superior"


@pytest.mark.parametrize(
    ("to_stage", "reason", "code"),
    [
        ("first_talk", "  ", "exception_reason_required"),
        ("signing", REASON, "exception_not_needed"),
        ("lost", REASON, "exception_not_needed"),
    ],
)
def test_only_a_locked_move_can_be_excepted_and_only_with_a_reason(
    company, deal, to_stage, reason, code
):
    assert ask(company.seller, deal, to_stage, reason).json()["code"] == code
    assert not ExceptionRequest.objects.exists()


def test_one_request_waits_at_a_time(company, deal):
    ask(company.seller, deal)
    assert ask(company.seller, deal).json()["code"] == "exception_already_open"


def test_an_exception_covers_what_was_missing_then_and_nothing_since(company, deal):
    open_lock("deal", deal, "first_talk")
    actor = company.actor
    process.tick(deal, "first_contact.background", is_ticked=False, actor=actor)
    decide(company.manager, ask(company.seller, deal).json()["id"], granted=True)
    desk.change_record("deal", deal, {"source": None}, expected_version=None, actor=actor)

    told = move(company.seller, deal).json()
    assert (told["code"], [item["item"] for item in told["missing"]]) == (
        "stage_locked", ["first_contact_source", "first_contact_checklist"],
    )  # fmt: skip

    decide(company.manager, ask(company.seller, deal).json()["id"], granted=True)
    assert move(company.seller, deal).status_code == 200


def test_an_exception_is_void_once_the_record_has_moved_on(company, deal):
    decide(company.manager, ask(company.seller, deal).json()["id"], granted=True)
    advance("deal", deal, "first_talk")
    used = ExceptionRequest.objects.get()
    assert used.state == "granted"
    assert move(company.seller, deal, "needs_confirmed").json()["code"] == "stage_locked"


def test_a_superior_who_left_the_line_decides_no_more(company, deal):
    request_id = ask(company.seller, deal).json()["id"]
    position = company.seller.positions.get()
    org.change_user(
        company.seller.pk,
        wanted={},
        positions=[
            org.PositionGiven(
                unit_id=position.unit_id,
                role_id=position.role_id,
                superior_id=company.director.pk,
                is_primary=True,
            )
        ],
        actor=company.actor,
    )
    assert decide(company.manager, request_id, granted=True).status_code == 403
    assert decide(company.director, request_id, granted=True).status_code == 200
