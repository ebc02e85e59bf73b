"""What leads refuse."""

from closeloop.engine.refusals import Refusal, RefusalKind


class AlreadyConverted(Refusal):
    """This lead was converted already; open its customer or deal."""

    code = "lead_already_converted"
    kind = RefusalKind.CONFLICT


class CustomerNotGiven(Refusal):
    """Choose an existing customer or give the values of a new one."""

    code = "conversion_needs_customer"
    kind = RefusalKind.INVALID


class NoConversionStage(Refusal):
    """The lead's process has no stage that ends in a conversion; ask your administrator."""

    code = "conversion_stage_missing"
    kind = RefusalKind.CONFLICT


class SpendInvalid(Refusal):
    """Some values of the spend cannot be taken; see each field."""

    code = "channel_spend_invalid"
    kind = RefusalKind.INVALID


class SpendNotFound(Refusal):
    """This entry was withdrawn or never there; load the list anew."""

    code = "channel_spend_not_found"
    kind = RefusalKind.NOT_FOUND


class FigureUnknown(Refusal):
    """The board has no such figure; load it anew."""

    code = "channel_figure_unknown"
    kind = RefusalKind.INVALID


class LinkUnknown(Refusal):
    """The funnel has no such link any more; load it anew."""

    code = "funnel_link_unknown"
    kind = RefusalKind.NOT_FOUND


class NormInvalid(Refusal):
    """Give both shares, the abnormal one below the normal one, between 0 and 100 %.

    `data`: errors.
    """

    code = "funnel_norm_invalid"
    kind = RefusalKind.INVALID


class MergeInvalid(Refusal):
    """Choose up to 20 other leads, and values of these leads alone.

    `data`: most, fields (keys that were chosen wrongly).
    """

    code = "merge_invalid"
    kind = RefusalKind.INVALID


class ClaimFirst(Refusal):
    """Claim the lead first: what its pool masks is told to nobody before, by no way.

    `data`: leads that nobody owns yet.
    """

    code = "lead_not_claimed"
    kind = RefusalKind.CONFLICT


class MergeNotFound(Refusal):
    """There is no such merge; reload the list."""

    code = "merge_not_found"
    kind = RefusalKind.NOT_FOUND


class MergeUndone(Refusal):
    """This merge was undone already; reload the page."""

    code = "merge_undone"
    kind = RefusalKind.CONFLICT
