"""What cannot be done with rule sets, groups and leads that are to be given to somebody."""

from closeloop.engine.refusals import Refusal, RefusalKind


class RuleSetNotFound(Refusal):
    """Choose one of the rule sets listed."""

    code = "routing_set_not_found"
    kind = RefusalKind.NOT_FOUND


class RuleSetExists(Refusal):
    """Choose another key: a rule set has this one already."""

    code = "routing_set_exists"
    kind = RefusalKind.CONFLICT


class NoRuleDraft(Refusal):
    """Write a draft first, then publish it."""

    code = "routing_no_draft"
    kind = RefusalKind.CONFLICT


class NotPublished(Refusal):
    """Publish the rule set first, then switch it on."""

    code = "routing_not_published"
    kind = RefusalKind.CONFLICT


class NotRoutable(Refusal):
    """Rules give out leads; choose a record type that has owners and stages."""

    code = "routing_type_unknown"
    kind = RefusalKind.INVALID


class GroupNotFound(Refusal):
    """Choose one of the groups listed."""

    code = "routing_group_not_found"
    kind = RefusalKind.NOT_FOUND


class GroupExists(Refusal):
    """Choose another key: a group has this one already."""

    code = "routing_group_exists"
    kind = RefusalKind.CONFLICT


class GroupInUse(Refusal):
    """Take the group out of the published rules first.

    `data`: rule_sets that name it.
    """

    code = "routing_group_in_use"
    kind = RefusalKind.CONFLICT


class GroupKeyInvalid(Refusal):
    """Begin the key with a small letter; use small letters, digits and underscores."""

    code = "routing_group_key_invalid"
    kind = RefusalKind.INVALID


class ReceiverUnknown(Refusal):
    """Choose people who work here and have a unit.

    `data`: people who do not.
    """

    code = "routing_receiver_unknown"
    kind = RefusalKind.INVALID


class NothingDecides(Refusal):
    """Publish a rule set for this record type and switch it on."""

    code = "routing_nothing_decides"
    kind = RefusalKind.CONFLICT


class FigureUnknown(Refusal):
    """Choose one of the report's figures; load it anew."""

    code = "routing_figure_unknown"
    kind = RefusalKind.INVALID


class PeriodTooLong(Refusal):
    """Choose at most 400 days."""

    code = "routing_period_too_long"
    kind = RefusalKind.INVALID
