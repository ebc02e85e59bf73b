"""Why the language model cannot be set up or tried."""

from closeloop.engine.refusals import Refusal, RefusalKind


class SetupIncomplete(Refusal):
    """Fill in address, model and key before you switch it on or try it. `data`: errors."""

    code = "language_incomplete"
    kind = RefusalKind.INVALID


class SetupMoved(Refusal):
    """Somebody else has changed these settings meanwhile; reload them. `data`: revision."""

    code = "language_moved"
    kind = RefusalKind.PRECONDITION
