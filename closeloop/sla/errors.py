"""What cannot be done with policies, calendars and clocks."""

from closeloop.engine.refusals import Refusal, RefusalKind


class PolicyNotFound(Refusal):
    """Choose one of the policies listed."""

    code = "policy_not_found"
    kind = RefusalKind.NOT_FOUND


class PolicyExists(Refusal):
    """Choose another key: a policy has this one already."""

    code = "policy_exists"
    kind = RefusalKind.CONFLICT


class NoDraft(Refusal):
    """Write a draft first, then publish it."""

    code = "policy_no_draft"
    kind = RefusalKind.CONFLICT


class RehearsalTooLong(Refusal):
    """Choose at most 400 days that are over."""

    code = "rehearsal_too_long"
    kind = RefusalKind.INVALID


class NothingToRehearse(Refusal):
    """Rehearse policies about records, approvals, exceptions or tasks that have a history."""

    code = "rehearsal_impossible"
    kind = RefusalKind.INVALID


class CalendarNotFound(Refusal):
    """Choose one of the calendars listed."""

    code = "calendar_not_found"
    kind = RefusalKind.NOT_FOUND


class CalendarTaken(Refusal):
    """This unit has a calendar already; change that one."""

    code = "calendar_taken"
    kind = RefusalKind.CONFLICT


class CalendarInvalid(Refusal):
    """Give every weekday spans that do not overlap, such as 09:00–12:00 and 13:30–18:00."""

    code = "calendar_invalid"
    kind = RefusalKind.INVALID


class ZoneUnknown(Refusal):
    """Choose a time zone by its IANA name, such as Asia/Shanghai."""

    code = "time_zone_unknown"
    kind = RefusalKind.INVALID
