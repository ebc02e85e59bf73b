"""No path passes a shut lock, each tells the same, and nothing but the attempt is left."""

from dataclasses import replace

import pytest
from django.core import mail

from closeloop.approvals.models import Case
from closeloop.process.models import Visit
from closeloop.records.types import registry
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.database import snapshot
from tests.builders.records import (
    advance,
    make_deal,
    make_lead,
    make_repair,
    open_lock,
    row_of,
)
from tests.locks.paths import PATHS, VIA, attempt_of, by_conversion, by_import

pytestmark = pytest.mark.django_db
ATTEMPTS = frozenset({"activity_entry", "activity_entry_rest"})


def deal(company):
    record_id = make_deal(company.seller)
    advance("deal", record_id, "first_talk")
    return attempt_of(company.seller, "deal", record_id, "needs_confirmed")


def contract(company):
    """Everything is there but the agreement of others."""
    record_id = make_deal(company.seller)
    advance(
        "deal",
        record_id,
        *("first_talk", "needs_confirmed", "solution_demo", "quotation", "contract_approval"),
    )
    open_lock("deal", record_id, "signing")
    Case.objects.filter(record_id=record_id).delete()
    return attempt_of(company.seller, "deal", record_id, "signing")


def lead(company):
    return attempt_of(company.seller, "lead", make_lead(company.seller), "contacted")


def repair(company):
    return attempt_of(company.seller, "repair", make_repair(company.seller), "dispatched")


def conversion(company):
    record_id = make_lead(company.seller)
    advance("lead", record_id, "contacted", "mql", "sql")
    return attempt_of(company.seller, "lead", record_id, "converted")


MISSING = {
    deal: (
        "first_talk_recording",
        "first_talk_requirement_form",
        "first_talk_checklist",
    ),
    contract: ("contract_granted",),
    lead: ("new_intent_level", "new_company", "new_checklist"),
    repair: ("registered_fault", "registered_urgency", "registered_photo", "registered_checklist"),
}


@pytest.mark.parametrize("path", PATHS)
def test_a_shut_lock_holds_tells_what_is_missing_and_keeps_only_the_attempt(company, path):
    for make, missing in MISSING.items():
        attempt = make(company)
        before, tried = snapshot(without=ATTEMPTS), len(entries("process.move_blocked"))

        told = PATHS[path](attempt)

        assert (told.code, told.missing) == ("stage_locked", missing)
        assert snapshot(without=ATTEMPTS) == before
        assert mail.outbox == []
        (recorded,) = entries("process.move_blocked")[tried:]
        assert recorded["via"] == VIA.get(path, path)
        assert (recorded["to"], recorded["code"]) == (attempt.to_stage, "stage_locked")
        assert [item["item_key"] for item in recorded["missing"]] == list(missing)


@pytest.mark.parametrize("path", PATHS)
def test_the_same_path_passes_once_the_lock_is_open(company, path):
    for make in MISSING:
        attempt = make(company)
        open_lock(attempt.record_type, attempt.record_id, attempt.to_stage)

        told = PATHS[path](attempt)

        assert told.code == "done"
        assert row_of(attempt.record_type, attempt.record_id).stage == attempt.to_stage
        assert Visit.objects.filter(record=attempt.record_id, stage=attempt.to_stage).count() == 1


def test_a_conversion_is_a_move_and_keeps_to_the_same_lock(company):
    attempt = conversion(company)
    before = snapshot(without=ATTEMPTS)

    told = by_conversion(attempt)

    assert (told.code, told.missing) == ("stage_locked", ("sql_checklist",))
    assert PATHS["screen"](attempt).missing == told.missing
    assert snapshot(without=ATTEMPTS) == before
    assert [each["via"] for each in entries("process.move_blocked")] == ["conversion", "screen"]


def test_an_import_that_changes_a_stage_keeps_to_the_same_lock(company):
    for make, missing in MISSING.items():
        attempt = make(company)
        before, tried = row_of(attempt.record_type, attempt.record_id), len(blocked())

        job = by_import(attempt)

        assert (job.created, job.updated, job.refused) == (0, 0, 1)
        after = row_of(attempt.record_type, attempt.record_id)
        assert (after.stage, after.version) == (before.stage, before.version)
        assert (
            Visit.objects.filter(record=attempt.record_id, left_at=None).get().stage == after.stage
        )
        (recorded,) = blocked()[tried:]
        assert (recorded["via"], recorded["to"]) == ("import", attempt.to_stage)
        assert [item["item_key"] for item in recorded["missing"]] == list(missing)
        assert mail.outbox == []


@pytest.mark.parametrize("path", PATHS)
def test_a_move_that_the_process_does_not_know_is_refused_and_recorded(company, path):
    attempt = replace(deal(company), to_stage="signing")

    assert PATHS[path](attempt).code == "move_not_allowed"
    (recorded,) = entries("process.move_blocked")
    assert (recorded["code"], recorded["via"]) == ("move_not_allowed", VIA.get(path, path))
    assert row_of("deal", attempt.record_id).stage == "first_talk"


def test_a_new_record_cannot_name_its_own_stage(company):
    for record_type in ("deal", "lead", "repair"):
        for key in ("stage", "stage_entered_at", "is_opening", "version"):
            body = {"values": {"name": "抢跑", key: "payment"}}
            answer = client_as(company.seller).post(f"/records/{record_type}", body)

            assert answer.status_code == 422
            assert (key, "field_unknown") in [
                (e["field"], e["code"]) for e in answer.json()["errors"]
            ]
            assert not registry.get(record_type).model._default_manager.exists()


def blocked():
    return entries("process.move_blocked")
