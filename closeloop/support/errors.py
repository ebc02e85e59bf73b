"""Why a support case is not opened, or not taken further."""

from closeloop.engine.refusals import Faulty, Refusal, RefusalKind


class CaseNotFound(Refusal):
    """There is no such support case, or it is outside what you may see."""

    code = "support_case_not_found"
    kind = RefusalKind.NOT_FOUND


class CaseInvalid(Refusal):
    """Mend the marked fields and send it again. `data`: errors."""

    code = "support_case_invalid"
    kind = RefusalKind.INVALID


class CaseNotYours(Refusal):
    """Its owner or a superior helps and hands on; whoever asked confirms, reopens, withdraws."""

    code = "support_case_not_yours"
    kind = RefusalKind.FORBIDDEN


class CaseMovedOn(Refusal):
    """The case has moved on meanwhile; reload it. `data`: state."""

    code = "support_case_moved_on"
    kind = RefusalKind.CONFLICT


class SetupInvalid(Faulty):
    """Mend the listed places, then publish again. `data`: problems (code, path, data)."""

    code = "support_setup_invalid"
    kind = RefusalKind.INVALID


class SetupMissing(Refusal):
    """Have an administrator publish the kinds and rules of support first."""

    code = "support_setup_missing"
    kind = RefusalKind.CONFLICT
