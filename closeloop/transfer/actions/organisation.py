"""An organisation from a table: units, people, positions, superiors; and its revert."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.engine.refusals import Refusal
from closeloop.identity.actions import NewUser
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import actions as org
from closeloop.org.actions import PositionGiven
from closeloop.org.models import Position, Role, Unit, UnitClosure
from closeloop.transfer import organisation, preparing, tables
from closeloop.transfer.actions import updating
from closeloop.transfer.errors import MappingInvalid
from closeloop.transfer.models import Import, ImportBatch, ImportState
from closeloop.transfer.organisation import Member, Organisation
from closeloop.transfer.plans import ORG_TARGETS, PERSON, UNIT


@dataclass
class _Work:
    """What the run of one table knows and has made so far."""

    actor: Actor
    roles: dict[str, Role]
    made: list[dict[str, Any]] = field(default_factory=list)
    units: dict[tuple[int | None, str], int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    created: int = 0
    unchanged: int = 0


def check(job: Import) -> None:
    """Raise MappingInvalid unless the table names people and units."""
    plan = preparing.plan_of(job)
    errors = [
        {"field": target, "code": "required_not_given", "target": target}
        for target in (PERSON, UNIT)
        if target not in {*plan.by_target, *plan.constants}
    ]
    errors += [
        {"field": target, "code": "target_unknown", "target": target}
        for target in {*plan.by_target, *plan.constants}
        if target not in ORG_TARGETS
    ]
    if errors:
        raise MappingInvalid({"errors": errors})


def run(job: Import, *, actor: Actor) -> Import:
    """Make what is not there yet, all in one transaction; gives the import as it then stands."""
    with transaction.atomic():
        revisions.refresh()
        locked = Import.objects.select_for_update().get(pk=job.pk)
        if locked.state != ImportState.RUNNING:
            return locked
        with default_storage.open(locked.stored_as, "rb") as stream:
            rows = list(tables.rows(stream, preparing.layout_of(locked)))
        found = organisation.read(rows, preparing.plan_of(locked), locked.column_names)
        work = _work(actor)
        refused = [*found.refused, *_make_all(found, work)]
        ImportBatch.objects.create(
            job=locked,
            first_row=rows[0][0],
            last_row=rows[-1][0],
            beside=work.made,
            refused=sorted(refused, key=lambda each: each["row"]),
        )
        locked.created, locked.unchanged = work.created, work.unchanged
        locked.refused, locked.made_beside = len(refused), len(work.made) - work.created
        locked.rows_done, locked.cursor = len(rows), rows[-1][0]
        locked.state, locked.finished_at = ImportState.DONE, timezone.now()
        locked.save()
        _record("import.finished", locked, {"created": locked.created}, actor)
    return locked


def revert(job: Import, *, actor: Actor) -> Import:
    """Remove what was made, last first; what is used by now stays and is counted."""
    with transaction.atomic():
        revisions.bump("org")
        locked = Import.objects.select_for_update().get(pk=job.pk)
        if locked.state != ImportState.REVERTING:
            return locked
        for batch in locked.batches.all():
            for each in reversed(batch.beside):
                is_gone = _remove(each)
                locked.removed += is_gone is True
                locked.kept += is_gone is False
            batch.is_reverted = True
            batch.save(update_fields=["is_reverted"])
        locked.state, locked.finished_at = ImportState.REVERTED, timezone.now()
        locked.save()
        counts = {"removed": locked.removed, "kept": locked.kept}
        _record("import.reverted", locked, counts, actor)
    return locked


def _work(actor: Actor) -> _Work:
    work = _Work(actor=actor, roles={role.key: role for role in Role.objects.all()})
    work.units = {(unit.parent_id, unit.name): unit.pk for unit in Unit.objects.all()}
    for pk, name, username in User.objects.values_list("pk", "name", "username"):
        work.people.setdefault(name, pk)
        work.taken.add(username.casefold())
    return work


def _make_all(found: Organisation, work: _Work) -> list[dict[str, Any]]:
    root = _unit(found.root, None, work) if found.root else _top_unit()
    teams: dict[str, int] = {}
    for superior, office in found.superiors.items():
        teams[superior] = _unit(organisation.team_name(superior), _unit(office, root, work), work)
    refused = []
    listed = {member.name for member in found.members}
    for superior, unit_id in teams.items():
        if superior not in listed:
            made = Member(row=0, name=superior, office="", superior="")
            _person(made, unit_id, found.superior_role, None, work)
            org.change_unit(unit_id, wanted={"head_id": work.people[superior]}, actor=work.actor)
    for member in sorted(found.members, key=lambda each: each.name not in teams):
        try:
            with transaction.atomic():
                _member(member, found, teams, root, work)
        except Refusal as refusal:
            problems = updating.problems_of(refusal, field_key=PERSON)
            refused.append({"row": member.row, "problems": problems})
    return refused


def _member(
    member: Member, found: Organisation, teams: dict[str, int], root: int | None, work: _Work
) -> None:
    leads = teams.get(member.name)
    unit_id = leads or teams.get(member.superior) or _unit(member.office, root, work)
    role = found.superior_role if leads else found.role
    superior_id = work.people.get(member.superior)
    if _person(member, unit_id, role, superior_id, work):
        work.created += 1
    else:
        work.unchanged += 1
    if leads:
        org.change_unit(leads, wanted={"head_id": work.people[member.name]}, actor=work.actor)


def _unit(name: str, parent_id: int | None, work: _Work) -> int:
    found = work.units.get((parent_id, name))
    if found is None:
        found = org.create_unit(name=name, parent_id=parent_id, actor=work.actor).pk
        work.units[parent_id, name] = found
        work.made.append({"type": "unit", "id": found})
    return found


def _person(member: Member, unit_id: int, role: str, superior_id: int | None, work: _Work) -> bool:
    """Make a person who is not there yet; whether one was made."""
    if member.name in work.people:
        return False
    username = member.username or organisation.username_for(member.name, taken=work.taken)
    position = PositionGiven(
        unit_id=unit_id, role_id=work.roles[role].pk, superior_id=superior_id, is_primary=True
    )
    new = NewUser(username=username, name=member.name, email=member.email)
    user = org.create_user(new, positions=[position], actor=work.actor)
    work.people[member.name] = user.pk
    work.taken.add(username.casefold())
    work.made.append({"type": "user", "id": user.pk})
    return True


def _top_unit() -> int | None:
    tops = list(Unit.objects.filter(parent=None).values_list("pk", flat=True)[:2])
    return tops[0] if len(tops) == 1 else None


def _remove(made: dict[str, Any]) -> bool | None:
    """Whether it went; None where it was gone already."""
    model: type[User] | type[Unit] = User if made["type"] == "user" else Unit
    if not model._default_manager.filter(pk=made["id"]).exists():
        return None
    try:
        with transaction.atomic():
            if model is User:
                Unit.objects.filter(head_id=made["id"]).update(head=None)
                Position.objects.filter(user_id=made["id"]).delete()
            else:
                UnitClosure.objects.filter(descendant_id=made["id"]).delete()
            model._default_manager.filter(pk=made["id"]).delete()
            with connection.cursor() as cursor:  # foreign keys speak now, not at the commit
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except (ProtectedError, RestrictedError, IntegrityError):
        return False
    return True


def _record(verb: str, job: Import, data: dict[str, Any], actor: Actor) -> None:
    happening = Happening(
        verb=verb, record_type="org", data={"import_id": job.pk, "name": job.name, **data}
    )
    activity.record(happening, actor=actor)
