"""The standard pack: installed twice unchanged, and nothing in it is known to the code."""

import ast

import pytest

from closeloop.designer import packs
from closeloop.fields.models import Field
from closeloop.process.models import Version, Visit
from tests.architecture.sources import place, python_files, tree
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.company import install_standard_pack
from tests.builders.database import snapshot
from tests.builders.documents import make_document
from tests.builders.records import advance, make_customer, open_lock

pytestmark = pytest.mark.django_db
RECORDED = frozenset({"activity_entry", "activity_entry_rest", "edge_revision"})


def test_installing_the_pack_again_changes_nothing(company):
    before = snapshot(without=RECORDED)
    install_standard_pack()
    assert snapshot(without=RECORDED) == before
    assert Version.objects.count() == 3


def test_an_administrators_own_field_outlives_the_pack(company):
    desk = client_as(company.ops)
    name = {"zh-CN": "内部编号", "en-US": "Number"}
    assert (
        desk.post("/fields/deal", {"key": "number", "name": name, "type": "text"}).status_code
        == 201
    )
    install_standard_pack()
    assert Field.objects.filter(record_type="deal", key="number", is_active=True).exists()


def test_a_repair_goes_its_own_way_from_the_report_to_the_end(company):
    """Another department's process on a record type that no code knows (C20)."""
    desk = client_as(company.seller)
    customer = make_customer(company.seller)
    values = {"name": "监护仪误报警", "customer": customer, "device_kind": "monitor"}
    made = desk.post("/records/repair", {"values": values}).json()
    assert (made["stage"], made["values"]["fee_confirmed"]) == ("registered", False)
    record_id, path = made["id"], f"/records/repair/{made['id']}"

    wrong = desk.patch(path, {"values": {"fault_kind": "image_artifact"}}, version=1)
    assert wrong.json()["errors"][0]["code"] == "choice_does_not_fit"
    assert desk.post(f"{path}/move", {"to_stage": "dispatched"}).status_code == 423

    advance("repair", record_id, "dispatched", "inspection", "repairing", "acceptance")
    open_lock("repair", record_id, "settled")
    assert desk.post(f"{path}/move", {"to_stage": "settled"}).json()["code"] == (
        "outcome_reason_required"
    )
    make_document(record_id, "other")
    done = desk.post(f"{path}/move", {"to_stage": "settled", "outcome_reason": "repaired"})

    assert done.json()["stage"] == "settled"
    assert [step["state"] for step in desk.get(path).json()["path"]][:6] == [
        "done", "done", "done", "done", "done", "current",
    ]  # fmt: skip
    assert Visit.objects.filter(record=record_id).count() == 6
    assert entries("repair.stage_entered")[-1]["outcome_reason"] == "repaired"
    board = desk.get("/records/repair/board").json()["columns"]
    assert {column["stage"]: column["count"] for column in board if column["count"]} == {
        "settled": 1
    }
    assert desk.get("/search", q="误报警").json()[0]["type"] == "repair"
    (group,) = desk.get(f"/records/customer/{customer}/related").json()
    assert (group["type"], group["count"]) == ("repair", 1)


def test_no_stage_item_or_choice_of_a_pack_is_named_in_the_code():
    """What a pack names is data; a name that stands in the code would be a rule hidden there."""
    names = names_of_the_pack()
    named = {
        f"{place(file, node)} {node.value}"
        for file in python_files("closeloop")
        if "/demo/" not in str(file)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value in names
    }
    assert named == set()


def names_of_the_pack():
    """Keys of stages, gate items, checklist items and waiting reasons that only a process has."""
    stages = [
        stage
        for blueprint in packs.read_pack("standard").blueprints
        for stage in blueprint["stages"]
    ]
    items = [item for stage in stages for side in ("entry", "exit") for item in stage.get(side, ())]
    listed = ("checklist", "waiting_reasons", "outcome_reasons")
    options = [each for stage in stages for listing in listed for each in stage.get(listing, ())]
    words = {each["key"] for each in (*stages, *items, *options)}
    return words - EVERYDAY


EVERYDAY = frozenset(
    {"new", "sql", "source", "duplicate", "price", "function", "relation", "history_read", "name",
     "identity", "timing", "service", "terms", "need", "budget", "material", "safety", "training",
     "background", "signing", "payment", "lost", "cancelled"}
)  # fmt: skip
"""Words that mean something else in the code."""
