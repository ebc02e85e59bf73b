"""Why an event or a day's log is not taken."""

from closeloop.engine.refusals import Faulty, Refusal, RefusalKind


class LogNotFound(Refusal):
    """There is no such log or event, or it is outside what you may see."""

    code = "saleslog_not_found"
    kind = RefusalKind.NOT_FOUND


class EventInvalid(Refusal):
    """Mend the marked fields and send it again. `data`: errors."""

    code = "saleslog_event_invalid"
    kind = RefusalKind.INVALID


class DayClosed(Refusal):
    """The day's log was sent; report a correction or a supplement instead."""

    code = "saleslog_day_sent"
    kind = RefusalKind.CONFLICT


class DayOutOfReach(Refusal):
    """A log can be sent from its day until a week later. `data`: day."""

    code = "saleslog_day_out_of_reach"
    kind = RefusalKind.INVALID


class LogSetupInvalid(Faulty):
    """Mend the listed places, then publish again. `data`: problems (code, path, data)."""

    code = "saleslog_setup_invalid"
    kind = RefusalKind.INVALID
