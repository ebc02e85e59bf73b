"""Why a task is not taken, or not closed."""

from closeloop.engine.refusals import Refusal, RefusalKind


class TaskNotFound(Refusal):
    """There is no such task, or it is outside what you may see."""

    code = "task_not_found"
    kind = RefusalKind.NOT_FOUND


class TaskInvalid(Refusal):
    """Mend the marked fields: a task has a title, and an owner who is still with the company.

    `data`: errors.
    """

    code = "task_invalid"
    kind = RefusalKind.INVALID


class TaskClosed(Refusal):
    """Somebody has closed this task already; reload the list. `data`: state."""

    code = "task_closed"
    kind = RefusalKind.CONFLICT


class TaskAnswerNeeded(Refusal):
    """Open the task and choose one of its answers. `data`: errors."""

    code = "task_answer_needed"
    kind = RefusalKind.INVALID


class TaskNotYours(Refusal):
    """Its owner, their stand-in or a superior finishes a task; who asked for it takes it back."""

    code = "task_not_yours"
    kind = RefusalKind.FORBIDDEN
