"""What deals refuse."""

from closeloop.engine.refusals import Refusal, RefusalKind


class NormUnknown(Refusal):
    """The installed pack has no such norm; load the list anew."""

    code = "deal_norm_unknown"
    kind = RefusalKind.NOT_FOUND


class NormInvalid(Refusal):
    """Give both thresholds, normal on the better side; a share lies between 0 and 100 %.

    `data`: errors.
    """

    code = "deal_norm_invalid"
    kind = RefusalKind.INVALID
