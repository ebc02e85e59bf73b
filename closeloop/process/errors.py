"""What the process refuses beside locked stages."""

from closeloop.engine.refusals import Refusal, RefusalKind


class NoProcess(Refusal):
    """Records of this type have no stages; there is nothing to move."""

    code = "no_process"
    kind = RefusalKind.INVALID


class UnknownItem(Refusal):
    """The checklist has no such item; reload the record."""

    code = "checklist_item_unknown"
    kind = RefusalKind.NOT_FOUND


class UnknownWaitingReason(Refusal):
    """Choose one of the waiting reasons of this stage."""

    code = "waiting_reason_unknown"
    kind = RefusalKind.INVALID


class NothingMissing(Refusal):
    """This move is not locked; make it instead of asking for an exception."""

    code = "exception_not_needed"
    kind = RefusalKind.CONFLICT


class ExceptionReasonRequired(Refusal):
    """Say why this move should be let through without the missing items."""

    code = "exception_reason_required"
    kind = RefusalKind.INVALID


class ExceptionAlreadyOpen(Refusal):
    """A request for this move is already waiting for its decision."""

    code = "exception_already_open"
    kind = RefusalKind.CONFLICT


class ExceptionDecided(Refusal):
    """This request has been decided already."""

    code = "exception_decided"
    kind = RefusalKind.CONFLICT


class ExceptionNotYours(Refusal):
    """Only a superior of the person who asks may decide; nobody decides for themselves."""

    code = "exception_not_yours"
    kind = RefusalKind.FORBIDDEN


class ExceptionNotFound(Refusal):
    """There is no such request, or it is outside what you may see."""

    code = "exception_not_found"
    kind = RefusalKind.NOT_FOUND


class NoSuperior(Refusal):
    """You have no superior who could grant an exception; ask the administrator."""

    code = "exception_no_superior"
    kind = RefusalKind.CONFLICT


class ApprovalInstead(Refusal):
    """Nothing but an approval is missing; ask for that, no superior's leave stands for it."""

    code = "exception_is_an_approval"
    kind = RefusalKind.CONFLICT


class ExceptionInApproval(Refusal):
    """This request is decided by its approval flow; answer it there.

    `data`: case_id.
    """

    code = "exception_in_approval"
    kind = RefusalKind.CONFLICT


class ApprovalNotNeeded(Refusal):
    """This move waits for no approval; make it."""

    code = "move_approval_not_needed"
    kind = RefusalKind.CONFLICT


class ApprovalOvertaken(Refusal):
    """The record has gone elsewhere since this was asked for; look where it stands now.

    `data`: from_stage, stage.
    """

    code = "approval_overtaken"
    kind = RefusalKind.CONFLICT


class OpeningNotAllowed(Refusal):
    """Records enter at the first stage; entering later needs the permission for opening entries."""

    code = "opening_not_allowed"
    kind = RefusalKind.FORBIDDEN


class UnknownStage(Refusal):
    """The process has no such stage; choose one of those named."""

    code = "stage_unknown"
    kind = RefusalKind.INVALID


class ProcessNotFound(Refusal):
    """There is no such process or version; choose one from the list."""

    code = "process_not_found"
    kind = RefusalKind.NOT_FOUND


class MigrationImpossible(Refusal):
    """Say for every stage named where its records go, to a stage of the same kind."""

    code = "migration_impossible"
    kind = RefusalKind.CONFLICT
