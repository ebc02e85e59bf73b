"""What the desk refuses."""

from closeloop.engine.refusals import Refusal, RefusalKind


class ValuesInvalid(Refusal):
    """Correct the marked fields; every problem is listed."""

    code = "values_invalid"
    kind = RefusalKind.INVALID


class OwnerInvalid(Refusal):
    """Choose an active person with a position as the owner."""

    code = "owner_invalid"
    kind = RefusalKind.INVALID


class ConversionNeeded(Refusal):
    """This stage is entered by converting the record; use its conversion instead of a move."""

    code = "conversion_needed"
    kind = RefusalKind.CONFLICT


class NotRemoved(Refusal):
    """The record is not removed; there is nothing to restore."""

    code = "record_not_removed"
    kind = RefusalKind.CONFLICT


class StillReferenced(Refusal):
    """Other records belong to this one; remove or reassign them first."""

    code = "record_still_referenced"
    kind = RefusalKind.CONFLICT


class Duplicate(Refusal):
    """A record with this unique value exists already; open it instead of making a second one."""

    code = "duplicate"
    kind = RefusalKind.CONFLICT


class SortUnknown(Refusal):
    """Sort by one of the type's fields, by created_at, updated_at or stage_entered_at."""

    code = "sort_unknown"
    kind = RefusalKind.INVALID


class FilterInvalid(Refusal):
    """The filter could not be read; the answer names the place."""

    code = "filter_invalid"
    kind = RefusalKind.INVALID


class TooManyLookups(Refusal):
    """Go on in an hour: so many numbers and addresses are looked up by nobody who enters records.

    `data`: most (in an hour).
    """

    code = "too_many_lookups"
    kind = RefusalKind.RATE_LIMITED


class BulkTooLarge(Refusal):
    """Change at most 1,000 records at once; narrow the filter."""

    code = "bulk_too_large"
    kind = RefusalKind.TOO_LARGE


class StageLogTooLong(Refusal):
    """Ask for a shorter period, one record type, or only the steps back.

    `data`: most (lines in one file).
    """

    code = "stage_log_too_long"
    kind = RefusalKind.TOO_LARGE


class FeedAskedTooOften(Refusal):
    """Let the calendar program read once an hour. `data`: retry_after_s."""

    code = "calendar_feed_asked_too_often"
    kind = RefusalKind.RATE_LIMITED


class FeedNotFound(Refusal):
    """This calendar address was ended or renewed; take the new one from the settings."""

    code = "calendar_feed_not_found"
    kind = RefusalKind.NOT_FOUND


class ViewNotFound(Refusal):
    """The view was removed, or is not shared with you."""

    code = "view_not_found"
    kind = RefusalKind.NOT_FOUND


class ViewNotYours(Refusal):
    """Only its owner may change a view; save a copy of your own."""

    code = "view_not_yours"
    kind = RefusalKind.FORBIDDEN


class ViewNameTaken(Refusal):
    """You have a view of this name already; choose another."""

    code = "view_name_taken"
    kind = RefusalKind.CONFLICT
