"""What cannot be done with follow-ups, their standards and what is sent with them."""

from closeloop.engine.refusals import Refusal, RefusalKind


class FollowUpNotFound(Refusal):
    """There is no such follow-up among the records that you may see."""

    code = "followup_not_found"
    kind = RefusalKind.NOT_FOUND


class NotFollowable(Refusal):
    """Follow up a customer, a deal or a lead."""

    code = "followup_type_unknown"
    kind = RefusalKind.INVALID


class ContactElsewhere(Refusal):
    """Choose a contact of this customer."""

    code = "followup_contact_elsewhere"
    kind = RefusalKind.INVALID


class UploadMissing(Refusal):
    """Send the files first, then the follow-up that names them. `data`: uploads."""

    code = "followup_upload_missing"
    kind = RefusalKind.CONFLICT


class UploadTaken(Refusal):
    """Each file belongs to one follow-up; take or send another. `data`: uploads."""

    code = "followup_upload_taken"
    kind = RefusalKind.CONFLICT


class FollowUpCounts(Refusal):
    """It counts already and stays as it is; record a correction, which names this one."""

    code = "followup_counts"
    kind = RefusalKind.CONFLICT


class FollowUpStillDraft(Refusal):
    """It is a draft: change it instead of correcting it."""

    code = "followup_still_draft"
    kind = RefusalKind.CONFLICT


class FollowUpCorrected(Refusal):
    """It was corrected already; correct the newer one. `data`: corrected_by."""

    code = "followup_corrected"
    kind = RefusalKind.CONFLICT


class FollowUpNotYours(Refusal):
    """Only its author changes a follow-up."""

    code = "followup_not_yours"
    kind = RefusalKind.FORBIDDEN


class DoubtNotFound(Refusal):
    """This follow-up has no doubt of that kind."""

    code = "followup_doubt_not_found"
    kind = RefusalKind.NOT_FOUND


class DoubtNotYours(Refusal):
    """Whoever stands above the author judges a doubt."""

    code = "followup_doubt_not_yours"
    kind = RefusalKind.FORBIDDEN


class StandardNotFound(Refusal):
    """Choose one of the standards listed."""

    code = "followup_standard_not_found"
    kind = RefusalKind.NOT_FOUND


class StandardUnfit(Refusal):
    """Correct what is marked. `data`: problems (code, path)."""

    code = "followup_standard_invalid"
    kind = RefusalKind.INVALID


class StandardKeyTaken(Refusal):
    """Choose another key: this one is in use already."""

    code = "followup_standard_key_taken"
    kind = RefusalKind.CONFLICT


class NoStandardDraft(Refusal):
    """Write a draft first."""

    code = "followup_standard_no_draft"
    kind = RefusalKind.CONFLICT


class NoStandardApplies(Refusal):
    """Ask whoever manages standards for one that applies to this kind of contact."""

    code = "followup_no_standard"
    kind = RefusalKind.CONFLICT


class FollowUpFailed(Refusal):
    """Try once more; if it happens again, tell your administrator."""

    code = "followup_failed"
    kind = RefusalKind.CONFLICT
