"""Moves: what each writes, exactly, and what each refusal leaves."""

import pytest

from closeloop.activity.models import Entry
from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.engine.refusals import Refusal
from closeloop.process import actions as process
from closeloop.process.models import Instance, Tick, Visit
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.database import snapshot
from tests.builders.documents import make_document
from tests.builders.records import advance, make_customer, make_deal, make_lead, open_lock, row_of

pytestmark = pytest.mark.django_db


def move(company, record_id, to_stage, *, record_type="deal", **body):
    path = f"/records/{record_type}/{record_id}/move"
    return client_as(company.seller).post(path, {"to_stage": to_stage, **body})


def stays(record_id):
    visits = Visit.objects.filter(record=record_id).order_by("id")
    return [(visit.stage, visit.kind, visit.reason, visit.left_at is None) for visit in visits]


def test_a_move_closes_one_stay_opens_the_next_and_is_recorded_once(company):
    deal = make_deal(company.seller)
    open_lock("deal", deal, "first_talk")
    before = row_of("deal", deal)

    answer = move(company, deal, "first_talk", via="drag")

    assert (answer.status_code, answer.json()["stage"]) == (200, "first_talk")
    after = row_of("deal", deal)
    assert (after.version, after.stage) == (before.version + 1, "first_talk")
    assert stays(deal) == [
        ("first_contact", "start", "", False),
        ("first_talk", "forward", "", True),
    ]
    first, second = Visit.objects.filter(record=deal).order_by("id")
    instance = Instance.objects.get(pk=deal)
    assert first.left_at == second.entered_at == instance.entered_at == after.stage_entered_at
    assert (instance.stage, instance.moves) == ("first_talk", 1)
    (entry,) = Entry.objects.filter(verb="deal.stage_entered")
    assert (entry.actor_id, entry.record_type, entry.unit_id) == (
        company.seller.pk, "deal", company.teams[0].pk,
    )  # fmt: skip
    told = {"from": "first_contact", "to": "first_talk", "kind": "forward", "via": "drag"}
    assert told.items() <= entry.data.items()


def test_a_sheet_brings_values_and_ticks_along_in_one_go(company):
    deal = make_deal(company.seller)
    open_lock("deal", deal, "first_talk")
    Tick.objects.all().delete()
    desk.change_record("deal", deal, {"source": None}, expected_version=None, actor=company.actor)
    ticks = [f"first_contact.{key}" for key in ("right_person", "background", "talk_agreed")]

    answer = move(company, deal, "first_talk", values={"source": "referral"}, ticks=ticks)

    assert answer.status_code == 200
    assert answer.json()["values"]["source"] == "referral"
    assert Tick.objects.filter(record=deal, ticked_by=company.seller).count() == 3


def test_a_missing_item_says_what_why_who_and_where(company):
    deal = make_deal(company.seller)
    advance("deal", deal, "first_talk")
    desk.change_record(
        "deal", deal, {"intent_level": None}, expected_version=None, actor=company.actor
    )

    missing = {
        item["item"]: item for item in move(company, deal, "needs_confirmed").json()["missing"]
    }

    assert list(missing) == [
        "first_talk_recording", "first_talk_requirement_form",
        "first_talk_intent_level", "first_talk_checklist",
    ]  # fmt: skip
    recording = missing["first_talk_recording"]
    assert recording["where"] == "files:call_recording"
    assert (recording["actual"], recording["expected"]) == (0, 1)
    assert recording["supplier_name"] == {"zh-CN": "负责人", "en-US": "Owner"}
    assert recording["why"] == {
        "blueprint": "deal", "version": 1, "stage": "first_talk", "gate": "exit",
        "words": {
            "zh-CN": "以录音证明沟通真实发生",
            "en-US": "The recording shows that the talk took place",
        },
    }  # fmt: skip
    assert missing["first_talk_intent_level"]["where"] == "field:intent_level"
    assert missing["first_talk_checklist"]["message"] == "请勾选：完成初次沟通清单"


def test_a_document_of_another_type_does_not_open_the_lock(company):
    deal = make_deal(company.seller)
    advance("deal", deal, "first_talk")
    open_lock("deal", deal, "needs_confirmed")
    recording = make_document(deal, "call_recording", types=("pdf",))
    desk_of = client_as(company.seller)
    for each in desk_of.get(f"/records/deal/{deal}/files").json():
        if each["kind"] == "call_recording" and each["id"] != recording.pk:
            desk_of.delete(f"/files/{each['id']}")
    told = move(company, deal, "needs_confirmed").json()
    assert [item["item"] for item in told["missing"]] == ["first_talk_recording"]


def test_a_step_back_needs_its_reason_and_no_gate(company):
    deal = make_deal(company.seller)
    advance("deal", deal, "first_talk")
    before = row_of("deal", deal).version

    refused = move(company, deal, "first_contact", reason="  ")
    assert (refused.status_code, refused.json()["code"]) == (422, "step_back_needs_reason")
    assert row_of("deal", deal).version == before

    assert move(company, deal, "first_contact", reason="客户换了对接人").status_code == 200
    assert stays(deal)[-1] == ("first_contact", "back", "客户换了对接人", True)


def test_a_loss_needs_one_of_its_reasons(company):
    deal = make_deal(company.seller)
    for given in (None, "weather"):
        refused = move(company, deal, "lost", outcome_reason=given)
        assert (refused.status_code, refused.json()["code"]) == (422, "outcome_reason_required")
    assert move(company, deal, "lost", outcome_reason="price").status_code == 200
    assert Instance.objects.get(pk=deal).outcome_reason == "price"


def test_a_lost_deal_reopens_only_where_it_has_stood(company):
    deal = make_deal(company.seller)
    advance("deal", deal, "first_talk")
    move(company, deal, "lost", outcome_reason="price")

    assert move(company, deal, "quotation", reason="再试").json()["code"] == "move_not_allowed"
    reopened = move(company, deal, "first_talk", reason="客户回头")
    assert (reopened.status_code, reopened.json()["stage"]) == (200, "first_talk")
    assert stays(deal)[-1][:2] == ("first_talk", "reopen")
    assert Instance.objects.get(pk=deal).outcome_reason == ""


def test_a_skip_is_made_only_where_the_blueprint_has_it(company):
    lead, deal = make_lead(company.seller), make_deal(company.seller)
    advance("lead", lead, "contacted", "sql")
    assert stays(lead)[-1][:2] == ("sql", "skip")
    assert move(company, deal, "needs_confirmed").json()["code"] == "move_not_allowed"


def test_an_open_lock_shuts_again_when_a_tick_is_taken_back(company):
    deal = make_deal(company.seller)
    open_lock("deal", deal, "first_talk")
    process.tick(deal, "first_contact.background", is_ticked=False, actor=company.actor)
    assert [item["item"] for item in move(company, deal, "first_talk").json()["missing"]] == [
        "first_contact_checklist"
    ]


def test_ticking_twice_is_ticking_once(company):
    deal = make_deal(company.seller)
    desk_of, path = client_as(company.seller), f"/records/deal/{deal}/checklist"
    for ticked in (True, True, False, False):
        rows = desk_of.put(f"{path}/first_contact.background", {"ticked": ticked}).json()
    assert [row["ticked"] for row in rows if row["key"] == "background"] == [False]
    assert verbs()[-2:] == ["process.item_ticked", "process.item_unticked"]
    assert desk_of.put(f"{path}/first_contact.nothing", {"ticked": True}).status_code == 404


def test_a_record_waits_for_a_reason_of_its_stage_until_it_moves(company):
    deal = make_deal(company.seller)
    advance("deal", deal, "first_talk", "needs_confirmed", "solution_demo", "quotation")
    desk_of, path = client_as(company.seller), f"/records/deal/{deal}/waiting"

    assert desk_of.post(path, {"reason": "offline_seal"}).json()["code"] == "waiting_reason_unknown"
    assert desk_of.post(path, {"reason": "tender_publication"}).status_code == 204
    since = desk_of.get(f"/records/deal/{deal}").json()["waiting"]
    assert desk_of.post(path, {"reason": "tender_publication"}).status_code == 204
    assert desk_of.get(f"/records/deal/{deal}").json()["waiting"] == since
    assert len(entries("process.waiting_started")) == 1

    advance("deal", deal, "contract_approval")
    assert desk_of.get(f"/records/deal/{deal}").json()["waiting"] is None


def test_a_type_without_stages_has_nothing_to_move(company):
    customer = make_customer(company.seller)
    desk_of, before = client_as(company.seller), snapshot()
    path = f"/records/customer/{customer}"
    for answer in (
        desk_of.post(f"{path}/move", {"to_stage": "x"}),
        desk_of.post(f"{path}/waiting", {"reason": "x"}),
        desk_of.post(f"{path}/exceptions", {"to_stage": "x", "reason": "y"}),
        desk_of.get(f"{path}/moves"),
    ):
        assert answer.status_code in {404, 422}, answer.content
    assert desk_of.get(f"{path}/checklist").json() == []
    assert desk_of.get(path).json()["path"] == []
    assert snapshot() == before


def test_somebody_who_may_only_read_moves_nothing(company):
    deal = make_deal(company.seller)
    open_lock("deal", deal, "first_talk")
    refused = client_as(company.director).post(
        f"/records/deal/{deal}/move", {"to_stage": "first_talk"}
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    with pytest.raises(Refusal):
        desk.move_record("deal", deal, MoveAsk(to_stage="needs_confirmed"), actor=company.actor)
    assert row_of("deal", deal).stage == "first_contact"
