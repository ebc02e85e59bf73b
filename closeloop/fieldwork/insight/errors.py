"""What cannot be read of field work."""

from closeloop.engine.refusals import Refusal, RefusalKind


class PersonNotYours(Refusal):
    """Choose yourself or one of your people."""

    code = "insight_person_not_found"
    kind = RefusalKind.NOT_FOUND
