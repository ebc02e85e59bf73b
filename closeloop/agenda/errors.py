"""What cannot be read of the agenda."""

from closeloop.engine.refusals import Refusal, RefusalKind


class PersonNotYours(Refusal):
    """Choose yourself or one of your people."""

    code = "agenda_person_not_found"
    kind = RefusalKind.NOT_FOUND
