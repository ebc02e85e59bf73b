"""Records of every type, made by the desk's own actions, and the keys to their locks."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from django.db import transaction

from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.engine.blueprint import (
    ApprovalItem,
    ChecklistItem,
    DocumentItem,
    GateItem,
    Move,
    RolesItem,
)
from closeloop.engine.blueprint.paths import items_of_move
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.process import actions as process
from closeloop.process import blueprints
from closeloop.process.models import Instance
from closeloop.records.models import RecordRow
from closeloop.records.types import registry
from tests.builders.approvals import grant_move
from tests.builders.documents import make_document
from tests.builders.people import actor_of

_numbers = count(1)
CHAIN_ROLES = ("decision_maker", "technical", "purchasing", "user")
OPENING: Mapping[str, Mapping[str, Any]] = {
    "lead": {
        "company": "江苏省人民医院",
        "phone": "13812345678",
        "intent_level": "high",
        "product_interest": "imaging",
        "industry": "public_tertiary_hospital",
        "budget_range": "from_500k_to_1m",
        "demo_booked": True,
    },
    "deal": {
        "source": "exhibition",
        "intent_level": "high",
        "budget_range": "from_500k_to_1m",
        "demo_feedback": "positive",
        "competitor": "imported_brand",
        "amount": "500000",
        "expected_close": "2026-12-31",
        "seal_status": "stamped",
        "signed_on": "2026-11-20",
        "payment_terms": "prepaid",
    },
    "repair": {
        "fault_kind": "noise",
        "urgency": "normal",
        "warranty": "in_warranty",
        "visit_on": "2026-11-20",
        "diagnosis": "calibration",
        "work_done": "calibrated",
        "satisfaction": "satisfied",
    },
}
"""The values that open every lock of a process as far as fields can."""


@transaction.atomic
def make_record(record_type: str, values: Mapping[str, Any], *, owner: User) -> int:
    """A record of the owner."""
    return desk.create_record(record_type, values, actor=SYSTEM, owner_id=owner.pk)


def make_customer(owner: User, name: str = "", **values: Any) -> int:
    """A customer; each has a name of its own."""
    named = {"name": name or f"客户{next(_numbers)}", "industry": "private_hospital", **values}
    return make_record("customer", named, owner=owner)


def make_contact(owner: User, customer: int, name: str = "陈主任", **values: Any) -> int:
    """A person at a customer."""
    return make_record("contact", {"name": name, "customer": customer, **values}, owner=owner)


def make_deal(owner: User, name: str = "", **values: Any) -> int:
    """A deal with a customer of its own unless one is given."""
    values.setdefault("customer", None)
    values["customer"] = values["customer"] or make_customer(owner)
    return make_record("deal", {"name": name or f"商机{next(_numbers)}", **values}, owner=owner)


def make_lead(owner: User, name: str = "孙主任", **values: Any) -> int:
    """A lead from an exhibition."""
    return make_record("lead", {"name": name, "source": "exhibition", **values}, owner=owner)


def make_repair(owner: User, name: str = "监护仪报警", **values: Any) -> int:
    """A repair: a record of a user-defined type."""
    given = {"name": name, "device_kind": "monitor", "customer": values.pop("customer", None)}
    given["customer"] = given["customer"] or make_customer(owner)
    return make_record("repair", {**given, **values}, owner=owner)


def row_of(record_type: str, record_id: int) -> RecordRow:
    """The record's row as it is stored now."""
    return registry.get(record_type).model._default_manager.get(pk=record_id)


def values_to_open(record_type: str, owner: User) -> dict[str, Any]:
    """Every value that the gates of a process ask for."""
    people = {"engineer": owner.pk} if record_type == "repair" else {}
    return {**OPENING[record_type], **people}


@transaction.atomic
def open_lock(record_type: str, record_id: int, to_stage: str) -> None:
    """Supply everything that the gates of one move ask for."""
    row = row_of(record_type, record_id)
    desk.change_record(
        record_type,
        record_id,
        values_to_open(record_type, row.owner),
        expected_version=None,
        actor=SYSTEM,
    )
    instance = Instance.objects.get(pk=record_id)
    blueprint = blueprints.loaded(instance.version_id).blueprint
    move = next(move for move in blueprint.moves_from(instance.stage) if move.to_stage == to_stage)
    for placed in items_of_move(blueprint, move):
        _supply(placed.item, row, stage=instance.stage, move=move)


@transaction.atomic
def advance(record_type: str, record_id: int, *stages: str) -> None:
    """Open each lock on the way and pass it, as its owner."""
    actor = actor_of(row_of(record_type, record_id).owner)
    for stage in stages:
        open_lock(record_type, record_id, stage)
        desk.move_record(record_type, record_id, MoveAsk(to_stage=stage), actor=actor)


def _supply(item: GateItem, row: RecordRow, *, stage: str, move: Move) -> None:
    if isinstance(item, DocumentItem):
        for _ in range(item.at_least):
            make_document(row.pk, item.document, types=item.types or ("pdf",))
    elif isinstance(item, ChecklistItem):
        for tick in item.ticks:
            process.tick(row.pk, f"{stage}.{tick}", is_ticked=True, actor=SYSTEM)
    elif isinstance(item, ApprovalItem):
        grant_move(row.record, item.flow, move=move)
    elif isinstance(item, RolesItem):
        for role in CHAIN_ROLES[: item.at_least]:
            make_contact(row.owner, row.customer_id, chain_role=role)
