"""What is refused of saved views."""

from closeloop.engine.refusals import Refusal, RefusalKind


class FigureViewNotFound(Refusal):
    """The view was removed, or is not shared with you."""

    code = "figure_view_not_found"
    kind = RefusalKind.NOT_FOUND


class FigureViewNotYours(Refusal):
    """Only its owner may change a view; save a copy of your own."""

    code = "figure_view_not_yours"
    kind = RefusalKind.FORBIDDEN


class FigureViewNameTaken(Refusal):
    """Choose a name that none of your own views has. `data`: name."""

    code = "figure_view_name_taken"
    kind = RefusalKind.CONFLICT
