"""What cannot be done with pools."""

from closeloop.engine.refusals import Faulty, Refusal, RefusalKind


class PoolNotFound(Refusal):
    """Choose one of the pools listed."""

    code = "pool_not_found"
    kind = RefusalKind.NOT_FOUND


class PoolExists(Refusal):
    """Change the pool that there is: this key, or this type and unit, has one already."""

    code = "pool_exists"
    kind = RefusalKind.CONFLICT


class NoPool(Refusal):
    """Ask sales operations for a pool: no active one takes in records of this type and unit."""

    code = "pool_none"
    kind = RefusalKind.CONFLICT


class NoDraft(Refusal):
    """Write a draft first, then publish it."""

    code = "pool_no_draft"
    kind = RefusalKind.CONFLICT


class PoolRulesInvalid(Faulty):
    """Mend the listed places of the rules, then check them again.

    `data`: problems (code, path, data), `path` is a JSON Pointer into the definition.
    """

    code = "pool_rules_invalid"
    kind = RefusalKind.INVALID


class AlreadyTaken(Refusal):
    """Choose another record: somebody was faster.

    `data`: by (the name of who has it now).
    """

    code = "pool_already_taken"
    kind = RefusalKind.CONFLICT


class NotPooled(Refusal):
    """Reload the page: the record is in no pool."""

    code = "pool_not_pooled"
    kind = RefusalKind.CONFLICT


class AlreadyPooled(Refusal):
    """Reload the page: the record is in the pool already."""

    code = "pool_already_pooled"
    kind = RefusalKind.CONFLICT


class NotClaimant(Refusal):
    """Ask your manager to assign it to you: the pool's rules do not let you claim."""

    code = "pool_not_claimant"
    kind = RefusalKind.FORBIDDEN


class ClaimsUsedUp(Refusal):
    """Come back tomorrow: today's claims are used up.

    `data`: per_day.
    """

    code = "pool_claims_used_up"
    kind = RefusalKind.CONFLICT


class HandsFull(Refusal):
    """Finish or release a record first: you hold as many as the pool allows.

    `data`: held, most.
    """

    code = "pool_hands_full"
    kind = RefusalKind.CONFLICT


class LockedToPrevious(Refusal):
    """Leave it to others until the day named: you had it last.

    `data`: until.
    """

    code = "pool_locked_to_previous"
    kind = RefusalKind.CONFLICT


class Protected(Refusal):
    """Wait until the day named: whoever claimed it has it to themselves until then.

    `data`: until.
    """

    code = "pool_protected"
    kind = RefusalKind.CONFLICT


class ReasonUnknown(Refusal):
    """Choose one of the reasons listed.

    `data`: reasons (keys to choose from).
    """

    code = "pool_reason_unknown"
    kind = RefusalKind.INVALID


class NoteMissing(Refusal):
    """Say in a sentence why it goes back."""

    code = "pool_note_missing"
    kind = RefusalKind.INVALID


class RecordEnded(Refusal):
    """Leave it: a record that has ended does not go into a pool."""

    code = "pool_record_ended"
    kind = RefusalKind.CONFLICT


class NotYours(Refusal):
    """Only the owner releases a record; a manager puts it into the pool."""

    code = "pool_not_yours"
    kind = RefusalKind.FORBIDDEN
