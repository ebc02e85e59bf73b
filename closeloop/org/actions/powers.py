"""Changing roles: what their holders may do and how far it reaches."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from closeloop.identity.actor import SYSTEM, Actor
from closeloop.org import roles
from closeloop.org.access import Capability, Verb
from closeloop.org.actions import changes
from closeloop.org.errors import GrantsInvalid, RoleKeyTaken, RoleNotFound
from closeloop.org.me import provided
from closeloop.org.models import Grant, Role, Scope, Unit


@dataclass(frozen=True, order=True)
class GrantGiven:
    """One verb on one record type (or *) within a scope; `unit_ids` are for a custom scope."""

    record_type: str
    verb: str
    scope: str
    unit_ids: tuple[int, ...] = ()


def create_role(
    *,
    name: Mapping[str, str],
    capabilities: Sequence[str],
    grants: Sequence[GrantGiven],
    actor: Actor,
    key: str | None = None,
) -> Role:
    """Add a role; raises GrantsInvalid, RoleKeyTaken and BeyondOwnPowers."""
    changes.take_turn()
    changes.require_within_own(set(capabilities), actor=actor)
    _check(capabilities, grants)
    role = _insert(
        Role(
            key=key or f"role_{uuid.uuid4().hex[:12]}",
            name=dict(name),
            capabilities=sorted(set(capabilities)),
        ),
        grants,
    )
    _record("role.created", role, {"capabilities": role.capabilities, "grants": len(grants)}, actor)
    return role


def change_role(
    role_id: int, *, wanted: Mapping[str, Any], actor: Actor, version: int | None = None
) -> Role:
    """Change a role's name, capabilities and grants (a sequence of GrantGiven).

    Raises RoleNotFound, GrantsInvalid, BeyondOwnPowers, LastAdministrator and EditConflict.
    """
    changes.take_turn()
    role = Role.objects.select_for_update().filter(pk=role_id).first()
    if role is None:
        raise RoleNotFound({"role_id": role_id})
    before = {
        "name": role.name,
        "capabilities": sorted(role.capabilities),
        "grants": _comparable(_grants_of(role)),
    }
    wanted = {**wanted}
    grants = wanted.pop("grants", None)
    if "capabilities" in wanted:
        wanted["capabilities"] = sorted(set(wanted["capabilities"]))
    if grants is not None:
        wanted["grants"] = _comparable(grants)
    changed = changes.differing(before, wanted)
    changes.check_version(role.version, version, before=before, changed=changed)
    if not changed:
        return role
    capabilities = changed.get("capabilities", role.capabilities)
    changes.require_within_own({*capabilities, *role.capabilities}, actor=actor)
    _check(capabilities, grants or ())
    role.name = changed.get("name", role.name)
    role.capabilities = capabilities
    role.version += 1
    role.save()
    if "grants" in changed:
        role.grants.all().delete()
        _insert_grants(role, grants or ())
    changes.keep_an_administrator(actor=actor)
    _record("role.changed", role, {"changes": changes.pairs(before, changed)}, actor)
    return role


def install_roles() -> dict[str, Role]:
    """Add the shipped roles that are not there yet, and give all of them by key.

    Roles that are there stay as the company has shaped them.
    """
    changes.take_turn()
    present = {role.key: role for role in Role.objects.all()}
    for shipped in roles.SHIPPED:
        if shipped.key in present:
            continue
        grants = [GrantGiven(*what, scope) for what, scope in shipped.grants.items()]
        role = _insert(
            Role(
                key=shipped.key,
                name=dict(shipped.name),
                capabilities=sorted(shipped.capabilities),
                is_builtin=True,
            ),
            grants,
        )
        _record("role.created", role, {"shipped": True}, SYSTEM)
        present[shipped.key] = role
    return {shipped.key: present[shipped.key] for shipped in roles.SHIPPED}


def _check(capabilities: Sequence[str], grants: Sequence[GrantGiven]) -> None:
    errors = [
        {"field": f"capabilities.{index}", "code": "unknown_choice"}
        for index, capability in enumerate(capabilities)
        if capability not in set(Capability)
    ]
    types = {roles.ANY, *provided.record_type_keys()}
    units = set(Unit.objects.values_list("pk", flat=True))
    seen: set[tuple[str, str]] = set()
    for index, grant in enumerate(grants):
        field = f"grants.{index}"
        if grant.record_type not in types:
            errors.append({"field": f"{field}.record_type", "code": "unknown_choice"})
        if grant.verb not in set(Verb):
            errors.append({"field": f"{field}.verb", "code": "unknown_choice"})
        if grant.scope not in Scope.values:
            errors.append({"field": f"{field}.scope", "code": "unknown_choice"})
        if (grant.record_type, grant.verb) in seen:
            errors.append({"field": field, "code": "repeated"})
        seen.add((grant.record_type, grant.verb))
        if (grant.scope == Scope.CUSTOM) != bool(grant.unit_ids) or set(grant.unit_ids) - units:
            errors.append({"field": f"{field}.unit_ids", "code": "units_of_custom_scope"})
    if errors:
        raise GrantsInvalid({"errors": errors})


def _insert(role: Role, grants: Sequence[GrantGiven]) -> Role:
    try:
        with transaction.atomic():
            role.save()
    except IntegrityError:
        raise RoleKeyTaken(
            {"key": role.key, "errors": [{"field": "key", "code": "taken"}]}
        ) from None
    _insert_grants(role, grants)
    return role


def _insert_grants(role: Role, grants: Sequence[GrantGiven]) -> None:
    Grant.objects.bulk_create(
        Grant(
            role=role,
            record_type=grant.record_type,
            verb=grant.verb,
            scope=grant.scope,
            unit_ids=list(grant.unit_ids),
        )
        for grant in grants
    )


def _grants_of(role: Role) -> list[GrantGiven]:
    return [
        GrantGiven(grant.record_type, grant.verb, grant.scope, tuple(grant.unit_ids))
        for grant in role.grants.all()
    ]


def _comparable(grants: Sequence[GrantGiven]) -> list[dict[str, Any]]:
    return [
        {**vars(grant), "unit_ids": sorted(grant.unit_ids)}
        for grant in sorted(grants)
        if grant.scope != Scope.NONE
    ]


def _record(verb: str, role: Role, data: Mapping[str, Any], actor: Actor) -> None:
    changes.record(
        verb, {"role_id": role.pk, "key": role.key, "name": role.name, **data}, actor=actor
    )
