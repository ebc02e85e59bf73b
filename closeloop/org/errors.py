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


class AbsenceNotFound(Refusal):
    """The absence was called off already, or does not exist; reload the list."""

    code = "absence_not_found"
    kind = RefusalKind.NOT_FOUND


class AbsenceNotYours(Refusal):
    """Ask the person, somebody above them, or whoever hands over work in your company."""

    code = "absence_not_yours"
    kind = RefusalKind.FORBIDDEN


class AbsenceInvalid(Refusal):
    """Mend the marked places: an absence ends after it begins and later than now.

    `data`: errors.
    """

    code = "absence_invalid"
    kind = RefusalKind.INVALID


class AbsenceOverlaps(Refusal):
    """Call the other absence off first, or choose another time: nobody is away twice at once.

    `data`: errors.
    """

    code = "absence_overlaps"
    kind = RefusalKind.CONFLICT


class AbsenceOver(Refusal):
    """The absence has ended; there is nothing left to call off."""

    code = "absence_over"
    kind = RefusalKind.CONFLICT


class StandInRing(Refusal):
    """Choose somebody else: this stand-in is away too and has the person stand in for them.

    `data`: errors.
    """

    code = "stand_in_ring"
    kind = RefusalKind.CONFLICT


class HandoverInvalid(Refusal):
    """Mend the marked places: name kinds from the list, each with somebody who stays.

    `data`: errors.
    """

    code = "handover_invalid"
    kind = RefusalKind.INVALID


class HandoverIncomplete(Refusal):
    """Name somebody for everything that the person still holds; then the account can be closed.

    `data`: left (how many by kind).
    """

    code = "handover_incomplete"
    kind = RefusalKind.CONFLICT
