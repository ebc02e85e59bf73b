"""What the demo company refuses."""

from closeloop.engine.refusals import Refusal, RefusalKind


class NotEmpty(Refusal):
    """This database holds other people's work; use an empty one, or add --force."""

    code = "demo_not_empty"
    kind = RefusalKind.CONFLICT
