"""What cannot be done with scorecards and models."""

from closeloop.engine.refusals import Refusal, RefusalKind


class ScorecardNotFound(Refusal):
    """Choose one of the scorecards listed."""

    code = "scorecard_not_found"
    kind = RefusalKind.NOT_FOUND


class ScorecardNoDraft(Refusal):
    """Write a draft first, then publish it."""

    code = "scorecard_no_draft"
    kind = RefusalKind.CONFLICT


class NotScorable(Refusal):
    """Choose a record type that keeps a score and a grade."""

    code = "scorecard_type_unscorable"
    kind = RefusalKind.INVALID


class NotScored(Refusal):
    """This record has no score yet: no scoring rules are published for its type."""

    code = "record_not_scored"
    kind = RefusalKind.CONFLICT


class TooLittleHistory(Refusal):
    """A model needs more records that were won or lost; the answer says how many there are."""

    code = "learning_too_little"
    kind = RefusalKind.CONFLICT


class LearningMissing(Refusal):
    """Install the extra `learned` (scikit-learn, LightGBM) for the worker, then try again."""

    code = "learning_not_installed"
    kind = RefusalKind.CONFLICT


class OutcomeUnknown(Refusal):
    """Choose one of the results listed.

    `data`: outcome.
    """

    code = "learning_outcome_unknown"
    kind = RefusalKind.INVALID
