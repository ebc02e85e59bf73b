"""What the administration of fields refuses."""

from closeloop.engine.refusals import Refusal, RefusalKind


class FieldUnknown(Refusal):
    """The record type has no such field; choose one from its list."""

    code = "field_not_found"
    kind = RefusalKind.NOT_FOUND


class FieldKeyTaken(Refusal):
    """The record type has a field of this key already; choose another key."""

    code = "field_key_taken"
    kind = RefusalKind.CONFLICT


class FieldRoleUnknown(Refusal):
    """There is no such role."""

    code = "field_role_unknown"
    kind = RefusalKind.NOT_FOUND


class TitleAlwaysTold(Refusal):
    """Whoever may read a record reads its name: lists, links and messages call it by that."""

    code = "field_names_record"
    kind = RefusalKind.INVALID


class ReferenceTargetMissing(Refusal):
    """Say which record type the reference points at."""

    code = "field_target_missing"
    kind = RefusalKind.INVALID
