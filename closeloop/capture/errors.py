"""What capture refuses."""

from closeloop.engine.refusals import Refusal, RefusalKind


class ChannelNotFound(Refusal):
    """There is no such channel, or it is switched off; ask for the right address."""

    code = "channel_not_found"
    kind = RefusalKind.NOT_FOUND


class ChannelInvalid(Refusal):
    """Mend the marked settings.

    `data`: errors.
    """

    code = "channel_invalid"
    kind = RefusalKind.INVALID


class FormInvalid(Refusal):
    """Mend the marked places of the form.

    `data`: errors.
    """

    code = "form_invalid"
    kind = RefusalKind.INVALID


class CallUntrusted(Refusal):
    """Check secret, clock and signature on the sender's side: this call proves nothing.

    `data`: why.
    """

    code = "capture_signature_wrong"
    kind = RefusalKind.FORBIDDEN


class CallStale(Refusal):
    """Send it again with a fresh timestamp: it is older than five minutes, or from the future."""

    code = "capture_stale"
    kind = RefusalKind.FORBIDDEN


class NonceUsed(Refusal):
    """Send something new with a new nonce: this one belongs to another body."""

    code = "capture_nonce_used"
    kind = RefusalKind.CONFLICT


class BodyTooLarge(Refusal):
    """Send less at once: a body may have at most 1 MB.

    `data`: limit (bytes).
    """

    code = "capture_too_large"
    kind = RefusalKind.TOO_LARGE


class TooMany(Refusal):
    """Wait a little and send it again: too much came from this address."""

    code = "capture_too_many"
    kind = RefusalKind.RATE_LIMITED


class SubmissionNotFound(Refusal):
    """There is no such submission any more; reload the list."""

    code = "submission_not_found"
    kind = RefusalKind.NOT_FOUND


class SubmissionSettled(Refusal):
    """Somebody settled this submission already; reload the list.

    `data`: state, lead_id.
    """

    code = "submission_settled"
    kind = RefusalKind.CONFLICT


class LeadKnown(Refusal):
    """Nothing more to do: this person is a lead already, and what you sent was added to it."""

    code = "lead_known"
    kind = RefusalKind.CONFLICT
