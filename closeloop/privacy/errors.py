"""What cannot be done with purposes, periods and requests."""

from closeloop.engine.refusals import Refusal, RefusalKind


class PurposeNotFound(Refusal):
    """Choose one of the purposes listed."""

    code = "privacy_purpose_not_found"
    kind = RefusalKind.NOT_FOUND


class PurposeMoved(Refusal):
    """Read the notice again: there is a newer version. `data`: version."""

    code = "privacy_purpose_moved"
    kind = RefusalKind.CONFLICT


class KindNotFound(Refusal):
    """Choose one of the kinds of personal data listed."""

    code = "privacy_kind_not_found"
    kind = RefusalKind.NOT_FOUND


class ConsentMissing(Refusal):
    """Read the notice and agree to it, or go on without. `data`: purpose."""

    code = "privacy_consent_missing"
    kind = RefusalKind.FORBIDDEN


class RequestNotFound(Refusal):
    """There is no such request among those that you may see."""

    code = "privacy_request_not_found"
    kind = RefusalKind.NOT_FOUND


class RequestOpen(Refusal):
    """The same is being done for this person already; wait for it."""

    code = "privacy_request_open"
    kind = RefusalKind.CONFLICT


class NotASubject(Refusal):
    """Choose a contact: exports and erasures are about people. `data`: record_type."""

    code = "privacy_not_a_subject"
    kind = RefusalKind.INVALID


class FileGone(Refusal):
    """The file is not written yet, or its days are over; ask for it again."""

    code = "privacy_file_gone"
    kind = RefusalKind.NOT_FOUND
