"""Why something cannot be done with the library."""

from closeloop.engine.refusals import Refusal, RefusalKind


class EntryNotFound(Refusal):
    """Go back to the library: there is no such entry, or it is not published."""

    code = "playbook_not_found"
    kind = RefusalKind.NOT_FOUND


class ContentInvalid(Refusal):
    """Mend the marked parts of the entry. `data`: errors."""

    code = "playbook_invalid"
    kind = RefusalKind.INVALID


class NoDraft(Refusal):
    """Write a draft first, then publish it."""

    code = "playbook_no_draft"
    kind = RefusalKind.CONFLICT


class DraftMoved(Refusal):
    """Somebody else has written this draft meanwhile; reload it. `data`: revision."""

    code = "playbook_draft_moved"
    kind = RefusalKind.PRECONDITION


class DraftTaken(Refusal):
    """A colleague's proposal waits for this entry; it is published or dropped first."""

    code = "playbook_draft_taken"
    kind = RefusalKind.CONFLICT


class NotPublished(Refusal):
    """Publish the entry first."""

    code = "playbook_not_published"
    kind = RefusalKind.CONFLICT


class PushNotAllowed(Refusal):
    """Push to the people whom you lead, or ask who manages the library. `data`: people."""

    code = "playbook_push_not_allowed"
    kind = RefusalKind.FORBIDDEN


class NobodyToPushTo(Refusal):
    """Choose somebody, or a unit in which somebody works whom you lead."""

    code = "playbook_nobody"
    kind = RefusalKind.INVALID


class NothingToTake(Refusal):
    """Choose at least one step of the plan, and a day that the record can hold."""

    code = "playbook_nothing_to_take"
    kind = RefusalKind.INVALID


class UseWithoutRecord(Refusal):
    """Say with which record the entry was used."""

    code = "playbook_use_without_record"
    kind = RefusalKind.INVALID
