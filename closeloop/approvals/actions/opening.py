"""Opening a case: its flow, its form, whom the requester chose, and the first people asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.approvals import changes, errors, flows, forms, outcomes, reading
from closeloop.approvals.actions import applying, keeping
from closeloop.approvals.flows import Loaded
from closeloop.approvals.models import Case, CaseState
from closeloop.approvals.organisation import Organisation
from closeloop.approvals.reading import Held
from closeloop.engine import approvals as engine
from closeloop.engine.approvals import ApproveNode, Around, SourceKind
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.records import queries as records
from closeloop.records.models import Record

LONGEST_TITLE = 200


@dataclass(frozen=True)
class NewCase:
    """What is to be approved. `purpose` has a `kind`; `chosen` holds people by node."""

    flow_key: str
    record_id: int | None = None
    record_type: str = ""
    title: str = ""
    purpose: Mapping[str, Any] = field(default_factory=lambda: {"kind": outcomes.PLAIN})
    chosen: Mapping[str, list[int]] = field(default_factory=dict)
    form: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""
    file_ids: Sequence[int] = ()


def open_case(new: NewCase, *, actor: Actor) -> Case:
    """Ask for an approval: the first people are asked at once.

    Raises FlowNotFound, RecordMissing, RecordNotFound, FormInvalid, ChosenMissing, CaseAlreadyOpen,
    FileNotPossible.
    """
    version = flows.current_of(new.flow_key)
    record = _record_of(new, version, actor)
    form = forms.cleaned(version.flow, new.form)
    form |= forms.copied(version.flow, record.pk if record else None)
    row = _case_row(new, version, record, form, actor)
    value = engine.Case(
        requester=actor.person_id,
        owner=record.owner_id if record else None,
        unit=row.unit_id,
        chosen={node: tuple(people) for node, people in new.chosen.items()},
    )
    around = reading.around_of(
        version,
        requester_id=actor.person_id,
        record_id=row.record_id,
        form=form,
        organisation=Organisation(timezone.now()),
    )
    _require_chosen(value, around)
    _require_single(row)
    row.save(force_insert=True)
    held = Held(row=row, visits={}, asks={}, copies=(), version=version, value=value)
    activity.record(changes.opening_of(held), actor=actor)
    keeping.name_with_request(row, new.file_ids, actor=actor)
    applying.apply(held, engine.start(value, around), actor=actor)
    return row


def _record_of(new: NewCase, version: Loaded, actor: Actor) -> Record | None:
    wanted = version.flow.record_type
    if new.record_id is None:
        if wanted:
            raise errors.RecordMissing({"record_type": wanted})
        return None
    return records.visible_record(new.record_id, record_type=wanted or None, actor=actor)


def _case_row(
    new: NewCase, version: Loaded, record: Record | None, form: dict[str, Any], actor: Actor
) -> Case:
    purpose = dict(new.purpose)
    kind = str(purpose.pop("kind", outcomes.PLAIN))
    unit = record.unit_id if record else None
    title = new.title.strip() or (record.title if record else version.flow.name["zh-CN"])
    return Case(
        flow_id=version.flow_id,
        version_id=version.version_id,
        title=title[:LONGEST_TITLE],
        record=record,
        record_type=record.type if record else "",
        requester_id=actor.person_id,
        unit_id=unit if unit is not None else org.home_unit_of(actor.person_id),
        purpose_kind=kind,
        purpose=purpose,
        move=str(purpose.get("move", "")),
        move_version=purpose.get("version_id"),
        chosen={node: list(people) for node, people in new.chosen.items()},
        form=form,
        comment=new.comment.strip(),
        opened_at=timezone.now(),
    )


def _require_chosen(value: engine.Case, around: Around) -> None:
    """Every step on the way that leaves the choice to the requester has somebody chosen."""
    ahead = engine.rehearse(engine.start(value, around), around)
    passed = {visit.node for visit in ahead.visits}
    missing = []
    for key, node in around.flow.nodes.items():
        if not isinstance(node, ApproveNode) or key not in passed:
            continue
        chosen = [each for each in node.sources if each.kind is SourceKind.CHOSEN]
        people = value.chosen.get(key, ())
        fits = bool(people) and all(len(people) <= each.at_most for each in chosen)
        strangers = [each for each in people if not around.directory.is_active(each)]
        if chosen and (not fits or strangers or value.requester in people):
            missing.append(key)
    if missing:
        problems = [{"field": f"chosen.{key}", "code": "approvers_not_chosen"} for key in missing]
        raise errors.ChosenMissing({"errors": problems, "nodes": missing})


def _require_single(row: Case) -> None:
    if not row.move or row.record_id is None:
        return
    running = Case.objects.filter(
        record_id=row.record_id,
        flow_id=row.flow_id,
        move=row.move,
        state__in=[CaseState.RUNNING, CaseState.RETURNED],
    ).first()
    if running is not None:
        raise errors.CaseAlreadyOpen({"case_id": running.pk})
