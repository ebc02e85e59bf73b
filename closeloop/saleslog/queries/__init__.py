"""Reading logs for a viewer: a day as it was, the team's day, surges, the configuration."""

from closeloop.saleslog.queries.days import (
    MOST_ENTRIES,
    assembled,
    events_of,
    log_of,
    may_read,
    own_event,
    suggestions,
    visible_event,
)
from closeloop.saleslog.queries.settings import Tried, rehearse, require_sound, versions
from closeloop.saleslog.queries.surges import events_behind, jumps_of, surge_by_id, surges_for
from closeloop.saleslog.queries.team import Line, team_of, writers_due

__all__ = [
    "MOST_ENTRIES",
    "Line",
    "Tried",
    "assembled",
    "events_behind",
    "events_of",
    "jumps_of",
    "log_of",
    "may_read",
    "own_event",
    "rehearse",
    "require_sound",
    "suggestions",
    "surge_by_id",
    "surges_for",
    "team_of",
    "versions",
    "visible_event",
    "writers_due",
]
