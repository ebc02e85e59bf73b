"""Why something about conversations is refused."""

from closeloop.engine.refusals import Refusal, RefusalKind


class ConversationNotFound(Refusal):
    """The conversation does not exist, or belongs to what you may not see."""

    code = "conversation_not_found"
    kind = RefusalKind.NOT_FOUND


class ConversationEmpty(Refusal):
    """Paste a text, or choose a file."""

    code = "conversation_empty"
    kind = RefusalKind.INVALID


class NotForConversation(Refusal):
    """File it to a customer, a lead or a deal. `data`: type."""

    code = "conversation_wrong_record"
    kind = RefusalKind.INVALID


class PromiseNotFound(Refusal):
    """The promise does not exist, or belongs to a conversation that you may not see."""

    code = "promise_not_found"
    kind = RefusalKind.NOT_FOUND


class PromiseJudged(Refusal):
    """It was confirmed or declined already. `data`: state."""

    code = "promise_judged"
    kind = RefusalKind.CONFLICT


class CannotReply(Refusal):
    """Only a mail from outside can be answered, and only where outgoing mail is set up."""

    code = "conversation_cannot_reply"
    kind = RefusalKind.CONFLICT


class SourceNotFound(Refusal):
    """There is no such mailbox or archive."""

    code = "conversation_source_not_found"
    kind = RefusalKind.NOT_FOUND


class SourceInvalid(Refusal):
    """Complete the marked settings."""

    code = "conversation_source_invalid"
    kind = RefusalKind.INVALID


class FileWrong(Refusal):
    """Send a recording for a call or voice note, a picture for a chat, text or a document else."""

    code = "conversation_wrong_file"
    kind = RefusalKind.INVALID
