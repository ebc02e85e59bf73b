"""Reading the organisation: access, who stands above whom, who is away, lists."""

from closeloop.org.queries.absences import (
    absences,
    absences_in,
    is_away,
    is_in_charge_of,
    stand_in_for,
    stand_ins,
    standing_in_for,
)
from closeloop.org.queries.directory import (
    active_user,
    has_administrator,
    people,
    roles,
    unit_names,
    units,
    user,
    users,
    users_counted,
)
from closeloop.org.queries.lines import (
    head_of_unit,
    home_unit_of,
    is_above,
    lines_above,
    people_below,
    people_with_role,
    superior_of,
    superiors_of,
)
from closeloop.org.queries.reaches import CLOSURE_SQL, REVISION, access_of, subtree_ids
from closeloop.org.queries.regions import regions_below, regions_within, top_unit

__all__ = [
    "CLOSURE_SQL",
    "REVISION",
    "absences",
    "absences_in",
    "access_of",
    "active_user",
    "has_administrator",
    "head_of_unit",
    "home_unit_of",
    "is_above",
    "is_away",
    "is_in_charge_of",
    "lines_above",
    "people",
    "people_below",
    "people_with_role",
    "regions_below",
    "regions_within",
    "roles",
    "stand_in_for",
    "stand_ins",
    "standing_in_for",
    "subtree_ids",
    "superior_of",
    "superiors_of",
    "top_unit",
    "unit_names",
    "units",
    "user",
    "users",
    "users_counted",
]
