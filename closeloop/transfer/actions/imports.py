"""Imports from the sent file to the run: look, plan, start, cancel, resume, take back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.fields import actions as fields_actions
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Capability, Verb
from closeloop.records.types import registry
from closeloop.transfer import plans, preparing, queries, storing, tables
from closeloop.transfer.actions import organisation
from closeloop.transfer.errors import TableEmpty, TableTooLarge, WrongState
from closeloop.transfer.models import ColumnMemory, Import, ImportState, Policy
from closeloop.transfer.plans import Plan
from closeloop.transfer.tables import Layout

LARGEST_BYTES = 200 * 1024 * 1024
Defer = Callable[[int], object]


def create_import(
    stream: IO[bytes],
    *,
    name: str,
    record_type: str,
    actor: Actor,
    layout: Mapping[str, Any] | None = None,
) -> Import:
    """Take a table in: look how it is read, count its rows, propose a plan.

    `layout` settles what would be guessed. Raises TableUnreadable, TableTooLarge, TableEmpty,
    UnknownRecordType.
    """
    size = stream.seek(0, 2)
    if size > LARGEST_BYTES:
        raise TableTooLarge({"limit_mb": LARGEST_BYTES // 2**20})
    seen = tables.look(stream)
    given = _given(layout or {})
    chosen = replace(seen.layout, **given)
    if given.keys() & {"encoding", "delimiter", "sheet"} and "header_row" not in given:
        chosen = tables.with_header(stream, chosen)
    job = Import(
        record_type=record_type,
        name=name[-180:] or "table",
        size=size,
        sheets=seen.sheets,
        created_by_id=actor.user_id,
        owner_id=actor.user_id,
        unit_id=org.access_of(actor).home_unit_id,
        actor_kind=actor.kind.value,
    )
    _read_as(job, stream, chosen)
    job.stored_as = storing.put(File(stream), folder="imports")
    job.save()
    job.refresh_from_db(fields=["created_at"])
    return job


def change_import(job: Import, wanted: Mapping[str, Any], *, actor: Actor) -> Import:
    """Change how a draft is read or what is made of it; raises WrongState and MappingInvalid.

    `wanted`: encoding, delimiter, sheet, header_row, first_row, plan, policy, match_on, opening,
    owner_id, unit_id.
    """
    require_state(job, ImportState.DRAFT)
    given = _given(wanted)
    if given:
        with default_storage.open(job.stored_as, "rb") as stream:
            chosen = replace(preparing.layout_of(job), **given)
            if "header_row" not in given and "first_row" not in given:
                chosen = tables.with_header(stream, chosen)
            elif "first_row" not in given:
                chosen = replace(chosen, first_row=chosen.header_row + 1)
            _read_as(job, stream, chosen)
    if wanted.get("plan") is not None:
        job.plan = preparing.read_plan(wanted["plan"]).model_dump()
    for key, attribute in _SETTINGS.items():
        if key in wanted and wanted[key] is not None:
            setattr(job, attribute, wanted[key])
    if job.is_opening:
        org.access_of(actor).require_capability(Capability.IMPORT_OPENING)
    job.save()
    return job


def start(job: Import, *, actor: Actor, defer: Defer) -> Import:
    """Check the whole plan, make its new fields, remember it and let it run.

    Raises WrongState, NotAllowed and MappingInvalid with every problem.
    """
    job = queries.locked(job.pk)
    require_state(job, ImportState.DRAFT)
    access = org.access_of(actor)
    if job.record_type == plans.ORG:
        access.require_capability(Capability.MANAGE_ORG)
        access.require_capability(Capability.MANAGE_USERS)
        organisation.check(job)
        _remember(job)
        return _queue(job, actor=actor, verb="import.started", defer=defer)
    if job.is_opening:
        access.require_capability(Capability.IMPORT_OPENING)
    if job.policy != Policy.UPDATE:
        access.require(job.record_type, Verb.CREATE)
    if job.policy != Policy.CREATE:
        access.require(job.record_type, Verb.EDIT)
    plan = preparing.plan_of(job)
    if any(column.new_field or column.unmatched == "add" for column in plan.columns):
        access.require_capability(Capability.MANAGE_FIELDS)
    job.plan = _with_new_fields(job.record_type, plan, actor=actor).model_dump()
    preparing.check(job, access=access)
    with default_storage.open(job.stored_as, "rb") as stream:
        preparing.interpreter_for(job, stream, actor=actor)
    _remember(job)
    return _queue(job, actor=actor, verb="import.started", defer=defer)


def resume(job: Import, *, actor: Actor, defer: Defer) -> Import:
    """Go on behind the last row that was handled; raises WrongState."""
    job = queries.locked(job.pk)
    require_state(job, ImportState.FAILED, ImportState.CANCELLED)
    job.failure = ""
    return _queue(job, actor=actor, verb="import.resumed", defer=defer)


def cancel(job: Import, *, actor: Actor) -> Import:
    """End an import behind the batch that is under way; what was imported stays."""
    job = queries.locked(job.pk)
    require_state(job, ImportState.DRAFT, ImportState.QUEUED, ImportState.RUNNING)
    return _set(job, ImportState.CANCELLED, actor=actor, verb="import.cancelled")


def start_revert(job: Import, *, actor: Actor, defer: Defer) -> Import:
    """Begin to take an import back, or what was kept of it the last time; raises WrongState."""
    job = queries.locked(job.pk)
    ended = (ImportState.DONE, ImportState.FAILED, ImportState.CANCELLED, ImportState.REVERTED)
    require_state(job, *ended)
    if job.state == ImportState.REVERTED:
        job.batches.update(is_reverted=False)
        job.kept = job.restored = 0
    job = _set(job, ImportState.REVERTING, actor=actor, verb="import.revert_started")
    defer(job.pk)
    return job


def discard(job: Import) -> None:
    """Forget a draft and its file."""
    require_state(job, ImportState.DRAFT)
    stored_as = job.stored_as
    job.delete()
    transaction.on_commit(lambda: default_storage.delete(stored_as))


def fail(import_id: int, *, why: str) -> None:
    """Note that an import ended on something unforeseen; it may be resumed."""
    Import.objects.filter(pk=import_id, state__in=[ImportState.QUEUED, ImportState.RUNNING]).update(
        state=ImportState.FAILED, failure=why[:500], finished_at=Now()
    )


def require_state(job: Import, *wanted: str) -> None:
    """Raise WrongState unless the import is in one of these states."""
    if job.state not in wanted:
        raise WrongState({"state": job.state, "wanted": [str(each) for each in wanted]})


_FIRST_NEW_POSITION = 1000
_LAYOUT = ("encoding", "delimiter", "sheet", "header_row", "first_row")
_SETTINGS = {
    "policy": "policy",
    "match_on": "match_on",
    "opening": "is_opening",
    "owner_id": "owner_id",
    "unit_id": "unit_id",
}


def _given(wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {key: wanted[key] for key in _LAYOUT if wanted.get(key) is not None}


def _read_as(job: Import, stream: IO[bytes], layout: Layout) -> None:
    for key in ("format", *_LAYOUT):
        setattr(job, key, getattr(layout, key))
    job.rows_total = tables.count_rows(stream, layout)
    if not job.rows_total:
        raise TableEmpty
    job.column_names = tables.names_of(stream, layout)
    job.plan = _proposed(job).model_dump()


def _proposed(job: Import) -> Plan:
    if job.record_type != plans.ORG:
        registry.get(job.record_type)
    memory = queries.remembered(job)
    if memory is not None:
        job.policy, job.match_on = memory.policy, memory.match_on
        return preparing.read_plan(memory.plan)
    if job.record_type == plans.ORG:
        return plans.proposed_for_org(job.column_names)
    return plans.proposed(job.column_names, fields.specs_of(job.record_type))


def _with_new_fields(record_type: str, plan: Plan, *, actor: Actor) -> Plan:
    known = fields.specs_of(record_type)
    new = [
        {
            "key": column.new_field.key,
            "name": column.new_field.name,
            "type": column.new_field.type,
            "section": "imported",
            "position": _FIRST_NEW_POSITION + place,
        }
        for place, column in enumerate(plan.columns)
        if column.new_field is not None and column.new_field.key not in known
    ]
    if new:
        fields_actions.define_fields(record_type, new, actor=actor)
    return preparing.with_new_fields(plan, known, record_type=record_type)[0]


def _remember(job: Import) -> None:
    ColumnMemory.objects.update_or_create(
        record_type=job.record_type,
        signature=plans.signature(job.column_names),
        used_by_id=job.created_by_id,
        defaults={
            "plan": job.plan,
            "policy": job.policy,
            "match_on": job.match_on,
            "used_at": Now(),
        },
    )


def _queue(job: Import, *, actor: Actor, verb: str, defer: Defer) -> Import:
    job = _set(job, ImportState.QUEUED, actor=actor, verb=verb)
    defer(job.pk)
    return job


def _set(job: Import, state: str, *, actor: Actor, verb: str) -> Import:
    job.state = state
    job.save()
    data = {"import_id": job.pk, "name": job.name, "rows": job.rows_total, "policy": job.policy}
    happening = Happening(verb=verb, record_type=job.record_type, data=data)
    activity.record(happening, actor=actor)
    return job
