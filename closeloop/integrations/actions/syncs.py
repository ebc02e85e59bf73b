"""Reading a provider's address book, and applying what differs."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.db.models.functions import Now

from closeloop.edge import revisions
from closeloop.identity.actor import Actor
from closeloop.integrations import differences, errors, queries
from closeloop.integrations.actions import accepting
from closeloop.integrations.actions.outcomes import told_plainly
from closeloop.integrations.actions.recording import record
from closeloop.integrations.differences import Difference
from closeloop.integrations.models import Account, Sync, SyncState
from closeloop.notices.vendors.directory import Department, Member
from closeloop.org import queries as org
from closeloop.org.models import Role, Unit

_FORGOTTEN: dict[str, list[Any]] = {"departments": [], "members": []}
"""Phones and mails of a whole company are kept no longer than they are needed."""
KEPT = timedelta(days=7)
"""How long a reading waits to be applied."""


@dataclass(frozen=True)
class Choice:
    """What an administrator wants of a difference.

    What is certain is taken unless it stands in `leave_out`, what is likely only where it stands in
    `accept`; nobody who left is closed out unless they stand in `deactivate`.
    """

    accept: frozenset[str] = frozenset()
    leave_out: frozenset[str] = frozenset()
    deactivate: frozenset[int] = frozenset()
    role: str = ""


def read_directory(key: str, *, actor: Actor) -> Sync:
    """Read a provider's address book and keep what differs; changes nothing else.

    Raises AccountIncomplete, NothingToRead and ProviderFailed.
    """
    client = queries.client_of(key)
    with told_plainly(key):
        departments = client.departments()
        members = client.members(departments)
    return keep_directory(key, departments, members, actor=actor)


def keep_directory(
    key: str, departments: list[Department], members: list[Member], *, actor: Actor
) -> Sync:
    """Keep what an address book differs in from the organisation, until somebody applies it."""
    directory = {
        "departments": [asdict(one) for one in departments],
        "members": [asdict(one) for one in members],
    }
    diff = _difference(key, departments, members)
    sync = Sync.objects.create(
        provider=key, directory=directory, diff=diff.as_data(), read_by_id=actor.user_id
    )
    counts = {
        "sync_id": sync.pk,
        "units": len(diff.units),
        "people": len(diff.people),
        "conflicts": len(diff.conflicts),
    }
    record("integration.directory_read", key, counts, actor=actor)
    return queries.sync(key, sync.pk)


def apply_sync(key: str, sync_id: int, *, choice: Choice, actor: Actor) -> Sync:
    """Apply what differs, once, through the organisation's own actions.

    What the organisation refuses is left out and named in the result. Raises SyncNotFound,
    SyncDone, RoleNeeded, and SyncOutdated where the organisation has changed since.
    """
    revisions.bump(org.REVISION)
    sync = Sync.objects.select_for_update().filter(provider=key, pk=sync_id).first()
    if sync is None:
        raise errors.SyncNotFound({"sync_id": sync_id})
    if sync.state != SyncState.READ:
        raise errors.SyncDone({"sync_id": sync_id})
    diff = _difference(key, *_directory_of(sync))
    if diff.as_data() != sync.diff:
        raise errors.SyncOutdated({"sync_id": sync_id})
    result = accepting.accept(
        key,
        diff,
        wanted=frozenset(_wanted(diff, choice)),
        deactivate=choice.deactivate,
        role_id=_role_id(key, diff, choice),
        members={member.id: member for member in _directory_of(sync)[1]},
        actor=actor,
    )
    Sync.objects.filter(pk=sync.pk).update(
        state=SyncState.APPLIED,
        directory=_FORGOTTEN,
        result=result,
        applied_by_id=actor.user_id,
        applied_at=Now(),
    )
    Account.objects.filter(key=key, sync_due_since__lte=sync.read_at).update(sync_due_since=None)
    revisions.bump(queries.REVISION)
    record(
        "integration.directory_applied", key, {"sync_id": sync.pk, **result["counts"]}, actor=actor
    )
    return queries.sync(key, sync.pk)


def forget_readings() -> int:
    """Delete readings that nobody applied; gives how many."""
    old = Sync.objects.filter(state=SyncState.READ, read_at__lt=Now() - KEPT)
    return old.delete()[0]


def _difference(key: str, departments: list[Department], members: list[Member]) -> Difference:
    chosen = queries.set_up(key).settings.get("root_unit_id", "")
    return differences.compare(
        departments,
        members,
        units=queries.units(key),
        people=queries.people(key),
        root_unit_id=int(chosen) if chosen else _only_top(),
    )


def _only_top() -> int | None:
    tops = list(Unit.objects.filter(parent=None, is_active=True).values_list("pk", flat=True)[:2])
    return tops[0] if len(tops) == 1 else None


def _directory_of(sync: Sync) -> tuple[list[Department], list[Member]]:
    directory: dict[str, Any] = sync.directory
    members = [
        Member(
            **{
                **one,
                "department_ids": tuple(one["department_ids"]),
                "leader_ids": tuple(one["leader_ids"]),
            }
        )
        for one in directory["members"]
    ]
    return [Department(**one) for one in directory["departments"]], members


def _wanted(diff: Difference, choice: Choice) -> set[str]:
    confidences = {
        **{item.key: item.confidence for item in diff.units},
        **{item.key: item.confidence for item in diff.people},
    }
    return {
        key
        for key, confidence in confidences.items()
        if (confidence == differences.CERTAIN or key in choice.accept)
        and key not in choice.leave_out
    }


def _role_id(key: str, diff: Difference, choice: Choice) -> int | None:
    wanted = _wanted(diff, choice)
    if not any(item.kind == "added" and item.key in wanted for item in diff.people):
        return None
    role_key = choice.role or queries.set_up(key).settings.get("new_role", "")
    role = Role.objects.filter(key=role_key).first() if role_key else None
    if role is None:
        raise errors.RoleNeeded({"errors": [{"field": "role", "code": "missing"}]})
    return role.pk
