"""Why a reading or a setting is refused."""

from closeloop.engine.refusals import Refusal, RefusalKind


class ReadingNotFound(Refusal):
    """The reading does not exist, or belongs to what you may not see."""

    code = "reading_not_found"
    kind = RefusalKind.NOT_FOUND


class NothingToRead(Refusal):
    """Send a picture to read text, a recording to read speech. `data`: format."""

    code = "recognition_wrong_format"
    kind = RefusalKind.INVALID


class ReadingUnderWay(Refusal):
    """It is being read already; wait for it."""

    code = "reading_under_way"
    kind = RefusalKind.CONFLICT


class SpeechSetUpInvalid(Refusal):
    """Complete the marked settings: a service needs its address, a local engine its model."""

    code = "speech_set_up_invalid"
    kind = RefusalKind.INVALID
