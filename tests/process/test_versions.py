"""Published versions: frozen, each record keeps its own, migrations are explicit."""

import copy

import pytest
import yaml
from django.db import DatabaseError, connection, transaction

from closeloop.designer import packs
from closeloop.engine.refusals import BlueprintInvalid
from closeloop.identity.actor import SYSTEM
from closeloop.process import actions as process
from closeloop.process import openings
from closeloop.process.blueprints import current_of
from closeloop.process.models import Instance, Version, Visit
from closeloop.records.types import registry
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.records import make_deal, open_lock, row_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def definition():
    """The standard deal process, free to be changed."""
    text = (packs.PACKS / "standard" / "blueprints" / "deal.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def publish(definition):
    return process.publish(definition, actor=SYSTEM)


def without_exit(definition, stage):
    changed = copy.deepcopy(definition)
    next(each for each in changed["stages"] if each["key"] == stage).pop("exit")
    return changed


def renamed(definition, old, new):
    return yaml.safe_load(yaml.safe_dump(definition, allow_unicode=True).replace(old, new))


def test_the_same_content_is_the_same_version(company, definition):
    before = verbs()
    assert publish(definition).number == 1
    assert verbs() == before


def test_running_records_keep_their_version_and_new_ones_enter_the_next(company, definition):
    old = make_deal(company.seller)
    assert publish(without_exit(definition, "first_contact")).number == 2
    new = make_deal(company.seller)

    desk = client_as(company.seller)
    answers = {
        each: desk.post(f"/records/deal/{each}/move", {"to_stage": "first_talk"})
        for each in (old, new)
    }

    assert answers[old].json()["missing"][0]["why"]["version"] == 1
    assert answers[new].status_code == 200
    versions = Instance.objects.values_list("version__number", flat=True)
    assert list(versions.order_by("pk")) == [1, 2]
    assert Version.objects.filter(is_current=True, blueprint__key="deal").get().number == 2


def test_an_invalid_process_is_refused_with_every_problem_and_not_published(company, definition):
    definition["stages"][0]["exit"][0]["field"] = "colour"
    definition["moves"][0]["to"] = "nowhere"
    with pytest.raises(BlueprintInvalid) as refusal:
        publish(definition)
    assert len(refusal.value.data["problems"]) >= 2
    assert Version.objects.filter(blueprint__key="deal").count() == 1


def test_a_published_version_is_frozen(company):
    version = Version.objects.get(blueprint__key="deal")
    for change in ("definition = '{}'", "number = 7"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE process_version SET {change} WHERE id = %s", [version.pk])
    version.refresh_from_db()
    assert version.number == 1
    assert version.definition["stages"]


def test_a_migration_moves_running_records_stage_by_stage(company, definition):
    stays, goes = make_deal(company.seller), make_deal(company.seller)
    open_lock("deal", goes, "first_talk")
    client_as(company.seller).post(f"/records/deal/{goes}/move", {"to_stage": "first_talk"})
    before = row_of("deal", goes)
    publish(renamed(definition, "first_talk", "deep_talk"))

    desk, body = client_as(company.ops), {"from_number": 1, "to_number": 2}
    impossible = desk.post("/processes/deal/migrations", body)
    assert impossible.status_code == 409
    assert row_of("deal", goes).stage == "first_talk"

    body["stages"] = {"first_talk": "deep_talk"}
    preview = desk.post("/processes/deal/migrations/preview", body).json()
    told = {tuple(shift.values())[:3] for shift in preview["stages"]}
    assert told >= {
        ("first_contact", "first_contact", 1), ("first_talk", "deep_talk", 1),
    }  # fmt: skip
    assert (preview["moved"], Instance.objects.get(pk=goes).version.number) == (None, 1)

    moved = desk.post("/processes/deal/migrations", body).json()

    assert moved["moved"] == 2
    after = row_of("deal", goes)
    assert (after.stage, after.version) == ("deep_talk", before.version + 1)
    assert Instance.objects.get(pk=goes).version.number == 2
    visits = Visit.objects.filter(record=goes).order_by("id")
    assert [(visit.stage, visit.kind, visit.left_at is None) for visit in visits] == [
        ("first_contact", "start", False),
        ("first_talk", "forward", False),
        ("deep_talk", "migration", True),
    ]
    assert (row_of("deal", stays).stage, Visit.objects.filter(record=stays).count()) == (
        "first_contact", 1,
    )  # fmt: skip
    assert {entry["to"] for entry in entries("process.record_migrated")} == {
        "first_contact", "deep_talk",
    }  # fmt: skip
    assert entries("process.migrated")[0]["records"] == 2


def test_an_opening_entry_lists_every_gate_on_its_way(company):
    version = current_of("deal")
    deal = make_deal(company.seller, source="referral", budget_range="above_3m")
    missing = openings.missing_of_record(
        registry.get("deal"), deal, version=version, stage="solution_demo"
    )
    keys = [item["item_key"] for item in missing]
    assert keys == [
        "first_contact_roles", "first_contact_checklist",
        "first_talk_recording", "first_talk_requirement_form",
        "first_talk_intent_level", "first_talk_checklist",
        "needs_minutes", "needs_decision_chain_map", "needs_pain_priority_table",
        "needs_roles", "needs_checklist",
    ]  # fmt: skip
    given = {"field.source": "referral", "field.budget_range": "above_3m"}
    same = openings.missing_of_facts(version, "solution_demo", given)
    assert [item["item_key"] for item in same] == keys
