"""A small company in which every record says where it belongs.

The person who asks works in a team. Each record's title carries the mark of its place: their own, a
colleague's, one in the unit below, one in a far unit. A mark in an answer betrays the record.
"""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from closeloop.approvals import actions as approvals
from closeloop.approvals.actions import NewCase, keeping
from closeloop.approvals.models import StepKind
from closeloop.designer import actions as designer
from closeloop.designer import packs
from closeloop.desk import actions as desk
from closeloop.documents import actions as documents
from closeloop.fields import queries as fields
from closeloop.files import actions as files
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.process import actions as process
from closeloop.records import actions as records
from closeloop.records.models import Record
from closeloop.records.types import registry
from closeloop.tasks import actions as tasks
from closeloop.tasks.actions import NewTask
from tests.builders.people import actor_of, make_unit, make_user, shipped_role

PLACES = ("own", "colleague", "below", "far")
SEEN = {
    "none": (),
    "self": ("own",),
    "unit": ("own", "colleague"),
    "subtree": ("own", "colleague", "below"),
    "custom": ("own", "far"),
    "all": PLACES,
}
"""The places that somebody in the team sees in each scope; a custom scope names the far unit."""


def mark(place: str) -> str:
    """What the title of every record of a place carries."""
    return f"zq{place}zq"


@dataclass(frozen=True)
class Target:
    """The ids that a request about one place names, by the name of the path's parameter."""

    place: str
    record_type: str
    ids: dict[str, Any]


@dataclass(frozen=True)
class World:
    """The company: units by name, who asks, and the ids of each place by record type."""

    units: dict[str, Unit]
    owners: dict[str, User]
    records: dict[str, dict[str, int]]
    parts: dict[str, dict[str, int]]

    def target(self, place: str, *, record_type: str = "deal", asker: User) -> Target:
        """What a request about a place's record names."""
        of_place = self.records[place]
        return Target(
            place=place,
            record_type=record_type,
            ids={
                **self.parts[place],
                "record_type": record_type,
                "record_id": of_place[record_type],
                "lead_id": of_place["lead"],
                "unit_id": self.units["spare"].pk,
                "user_id": asker.pk,
                "role_id": shipped_role("legal").pk,
                "owner_id": self.owners[place].pk,
                "customer_id": of_place["customer"],
                "contact_id": of_place["contact"],
            },
        )


def build() -> World:
    """The company with one record of every type at every place."""
    designer.install_pack(packs.read_pack("standard"), actor=SYSTEM)
    top = make_unit("华东区")
    team = make_unit("一组", parent=top)
    units = {
        "own": team,
        "colleague": team,
        "below": make_unit("一组分队", parent=team),
        "far": make_unit("西部区"),
        "spare": make_unit("空部门"),
    }
    chief = make_user("上级", role="manager", unit=top)
    owners = {
        place: make_user(f"负责人{number}", role="salesperson", unit=units[place], superior=chief)
        for number, place in enumerate(PLACES)
    }
    made = {place: _records(place, owner=owners[place]) for place in PLACES}
    parts = {place: _parts(place, made[place], owner=owners[place]) for place in PLACES}
    outsider = make_user("外人")
    for place in PLACES:
        parts[place] |= _asked_of(outsider, place, made[place])
    return World(units=units, owners=owners, records=made, parts=parts)


def record_types() -> list[str]:
    """Every type, in an order in which each comes after those that it needs."""
    return sorted(registry.keys(), key=lambda key: key != "customer")


def _records(place: str, *, owner: User) -> dict[str, int]:
    made: dict[str, int] = {}
    for record_type in record_types():
        made[record_type] = desk.create_record(
            record_type,
            {
                spec.key: _value(spec, f"{mark(place)} {record_type}", made)
                for spec in fields.specs_of(record_type).values()
                if spec.is_required
            },
            actor=SYSTEM,
            owner_id=owner.pk,
        )
    return made


def _value(spec: Any, text: str, made: dict[str, int]) -> Any:
    if spec.type == "record":
        return made[spec.target]
    return spec.choices[0].key if spec.choices else f"{text} {spec.key}"


def _parts(place: str, made: dict[str, int], *, owner: User) -> dict[str, int]:
    actor = actor_of(owner)
    deal = Record.objects.get(pk=made["deal"])
    said = records.comment(deal, text=f"{mark(place)} 说明", mentions=[], actor=actor)
    document = files.attach(
        deal,
        SimpleUploadedFile(f"{mark(place)}.txt", f"{mark(place)} 内容".encode()),
        kind="other",
        actor=actor,
    )
    asked = process.request_exception(
        registry.get("deal"),
        deal.pk,
        to_stage="first_talk",
        reason="客户催得紧",
        actor=actor,
    )
    view = desk.create_view({"record_type": "deal", "name": "我的商机"}, actor=actor)
    about = NewCase("exception_approval", record_id=deal.pk, record_type="deal")
    case = approvals.open_case(about, actor=actor)
    keeping.note_step(case, StepKind.URGE, comment="", file_ids=[document.pk], actor=actor)
    return {
        "case_id": case.pk,
        "comment_id": said.pk,
        "file_id": document.pk,
        "exception_id": asked.pk,
        "view_id": view.pk,
        "key_id": 1,
    }


def _asked_of(person: User, place: str, made: dict[str, int]) -> dict[str, int]:
    """What the system asks and writes about a record, for nobody who asks: its readers see it."""
    new = NewTask(
        kind="intervention",
        title={"zh-CN": f"{mark(place)} 介入"},
        owner_id=person.pk,
        record_id=made["deal"],
        record_type="deal",
    )
    written = documents.write_document(
        "risk_diagnosis", {}, record_id=made["deal"], record_type="deal", actor=SYSTEM
    )
    return {
        "task_id": tasks.create_task(new, actor=SYSTEM).pk,
        "document_id": written.pk,
    }
