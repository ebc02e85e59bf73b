"""What cannot be done with nurture paths, templates, enrolments and messages."""

from closeloop.engine.refusals import Refusal, RefusalKind


class PathNotFound(Refusal):
    """Choose one of the paths listed."""

    code = "nurture_path_not_found"
    kind = RefusalKind.NOT_FOUND


class KeyTaken(Refusal):
    """Choose another key: this one is in use already."""

    code = "nurture_key_taken"
    kind = RefusalKind.CONFLICT


class NoDraft(Refusal):
    """Write a draft first."""

    code = "nurture_no_draft"
    kind = RefusalKind.CONFLICT


class DraftMoved(Refusal):
    """Read the draft again: somebody else has written it meanwhile.

    `data`: revision, by, at.
    """

    code = "nurture_draft_moved"
    kind = RefusalKind.CONFLICT


class NotPublished(Refusal):
    """Publish it first."""

    code = "nurture_not_published"
    kind = RefusalKind.CONFLICT


class PathOff(Refusal):
    """Switch the path on first; then leads can begin it."""

    code = "nurture_path_off"
    kind = RefusalKind.CONFLICT


class TemplateNotFound(Refusal):
    """Choose one of the templates listed."""

    code = "nurture_template_not_found"
    kind = RefusalKind.NOT_FOUND


class TemplateInvalid(Refusal):
    """Mend the listed places of the template, then check it again.

    `data`: problems (code, path, data), `path` is a JSON Pointer into the template.
    """

    code = "nurture_template_invalid"
    kind = RefusalKind.INVALID


class TemplateInUse(Refusal):
    """Take the template out of the paths that send it first.

    `data`: paths (keys).
    """

    code = "nurture_template_in_use"
    kind = RefusalKind.CONFLICT


class ItemNotFound(Refusal):
    """Choose one of the items of the library."""

    code = "nurture_item_not_found"
    kind = RefusalKind.NOT_FOUND


class ItemInvalid(Refusal):
    """Correct the fields that are marked.

    `data`: errors (field, code).
    """

    code = "nurture_item_invalid"
    kind = RefusalKind.INVALID


class EnrolmentNotFound(Refusal):
    """There is no such enrolment among the leads that you may see."""

    code = "nurture_enrolment_not_found"
    kind = RefusalKind.NOT_FOUND


class EnrolmentOver(Refusal):
    """It is over already."""

    code = "nurture_enrolment_over"
    kind = RefusalKind.CONFLICT


class MessageNotFound(Refusal):
    """There is no such message among those to leads that you may see."""

    code = "nurture_message_not_found"
    kind = RefusalKind.NOT_FOUND


class MessageNotStuck(Refusal):
    """Only what was given up or never confirmed can be sent again.

    `data`: state.
    """

    code = "nurture_message_not_stuck"
    kind = RefusalKind.CONFLICT


class SuppressionNotFound(Refusal):
    """There is no such entry; read the list again."""

    code = "nurture_suppression_not_found"
    kind = RefusalKind.NOT_FOUND


class AlreadyLifted(Refusal):
    """It was lifted already."""

    code = "nurture_suppression_lifted"
    kind = RefusalKind.CONFLICT


class AddressInvalid(Refusal):
    """Give a mail address, a phone number or an id at WeCom, as the channel asks.

    `data`: errors (field, code).
    """

    code = "nurture_address_invalid"
    kind = RefusalKind.INVALID


class LimitsInvalid(Refusal):
    """Correct the limits that are marked: a day's hours begin before they end.

    `data`: errors (field, code).
    """

    code = "nurture_limits_invalid"
    kind = RefusalKind.INVALID


class LinkInvalid(Refusal):
    """The address is not complete or not ours; use the one in the message."""

    code = "nurture_link_invalid"
    kind = RefusalKind.NOT_FOUND


class ReplyUntrusted(Refusal):
    """Set the provider's callback to the address that the settings show."""

    code = "nurture_reply_untrusted"
    kind = RefusalKind.FORBIDDEN
