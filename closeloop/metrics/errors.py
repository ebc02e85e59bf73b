"""What is refused of figures and their definitions."""

from closeloop.engine.refusals import Refusal, RefusalKind


class MetricNotFound(Refusal):
    """Choose one of the metrics that are defined. `data`: key."""

    code = "metric_not_found"
    kind = RefusalKind.NOT_FOUND


class BoardNotFound(Refusal):
    """Choose one of the boards that there are. `data`: key."""

    code = "board_not_found"
    kind = RefusalKind.NOT_FOUND


class FigureMailNotFound(Refusal):
    """Choose one of the mails that you send or get. `data`: id."""

    code = "figure_mail_not_found"
    kind = RefusalKind.NOT_FOUND


class FigureMailInvalid(Refusal):
    """Mend the named fields. `data`: errors (field, code)."""

    code = "figure_mail_invalid"
    kind = RefusalKind.INVALID


class PeriodWrong(Refusal):
    """Choose a period of at least one day and at most three years. `data`: since, until."""

    code = "metric_period_wrong"
    kind = RefusalKind.INVALID


class DimensionWrong(Refusal):
    """Break a figure down by two different things, of those it has. `data`: given, known."""

    code = "metric_dimension_wrong"
    kind = RefusalKind.INVALID


class PanelNotFound(Refusal):
    """Open the board again: it has been laid out anew. `data`: board, place."""

    code = "board_panel_not_found"
    kind = RefusalKind.NOT_FOUND


class PilotNotFound(Refusal):
    """Choose one of the pilots of the units that you see."""

    code = "pilot_not_found"
    kind = RefusalKind.NOT_FOUND


class PilotInvalid(Refusal):
    """Mend the named fields. `data`: errors (field, code)."""

    code = "pilot_invalid"
    kind = RefusalKind.INVALID


class TargetNotFound(Refusal):
    """Choose a unit whose deals you see, people who work in it, and a metric that has targets."""

    code = "target_not_found"
    kind = RefusalKind.NOT_FOUND


class TargetInvalid(Refusal):
    """Mend the named cells. `data`: errors (field, code)."""

    code = "target_invalid"
    kind = RefusalKind.INVALID
