"""What setting up notices may be refused for."""

from closeloop.engine.refusals import Refusal, RefusalKind


class ChannelUnknown(Refusal):
    """Choose one of the channels that the list names."""

    code = "channel_unknown"
    kind = RefusalKind.NOT_FOUND


class ChannelAlwaysOn(Refusal):
    """The notice centre cannot be switched off or set up; it needs nothing."""

    code = "channel_always_on"
    kind = RefusalKind.CONFLICT


class ChannelIncomplete(Refusal):
    """Fill in the settings that are marked; then the channel can be switched on.

    `data`: errors (field, code).
    """

    code = "channel_incomplete"
    kind = RefusalKind.INVALID


class ChannelSettingsInvalid(Refusal):
    """Correct the settings that are marked.

    `data`: errors (field, code).
    """

    code = "channel_settings_invalid"
    kind = RefusalKind.INVALID


class NoticeSettingsInvalid(Refusal):
    """Correct the settings that are marked.

    `data`: errors (field, code).
    """

    code = "notice_settings_invalid"
    kind = RefusalKind.INVALID


class DeliveryNotFound(Refusal):
    """There is no such delivery; read the list again."""

    code = "delivery_not_found"
    kind = RefusalKind.NOT_FOUND


class DeliveryNotStuck(Refusal):
    """Only what was given up, left out or never confirmed can be sent again.

    `data`: state.
    """

    code = "delivery_not_stuck"
    kind = RefusalKind.CONFLICT
