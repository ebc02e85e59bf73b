"""What changing the organisation may be refused for."""

from closeloop.engine.refusals import Refusal, RefusalKind


class UnitNotFound(Refusal):
    """Choose a unit of the organisation."""

    code = "unit_not_found"
    kind = RefusalKind.NOT_FOUND


class UnitNameTaken(Refusal):
    """Choose another name: the parent already has a unit of that name.

    `data`: name, errors.
    """

    code = "unit_name_taken"
    kind = RefusalKind.CONFLICT


class UnitBelowItself(Refusal):
    """Choose a parent outside the unit's own subtree."""

    code = "unit_below_itself"
    kind = RefusalKind.CONFLICT


class UnitInUse(Refusal):
    """Move its units, people and records elsewhere first, or set it inactive.

    `data`: holders (what still hangs on it).
    """

    code = "unit_in_use"
    kind = RefusalKind.CONFLICT


class RoleNotFound(Refusal):
    """Choose a role from the list."""

    code = "role_not_found"
    kind = RefusalKind.NOT_FOUND


class RoleKeyTaken(Refusal):
    """Choose another key: a role with it exists."""

    code = "role_key_taken"
    kind = RefusalKind.CONFLICT


class GrantsInvalid(Refusal):
    """Mend the marked grants: each names a known record type, verb and scope, once.

    `data`: errors.
    """

    code = "grants_invalid"
    kind = RefusalKind.INVALID


class PositionsInvalid(Refusal):
    """Mend the marked positions: known unit, role and superior, each once, one of them primary.

    `data`: errors.
    """

    code = "positions_invalid"
    kind = RefusalKind.INVALID


class BeyondOwnPowers(Refusal):
    """Ask somebody who holds these capabilities: nobody can give or take over more than that.

    `data`: capabilities.
    """

    code = "beyond_own_powers"
    kind = RefusalKind.FORBIDDEN


class LastAdministrator(Refusal):
    """Make somebody else an administrator first: one active person must manage users and roles."""

    code = "last_administrator"
    kind = RefusalKind.CONFLICT


class RecordTypeUnknown(Refusal):
    """There is no such record type; choose one that /api/meta names."""

    code = "record_type_unknown"
    kind = RefusalKind.NOT_FOUND
