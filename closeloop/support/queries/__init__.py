"""Reading support cases for a viewer: boxes, one case, figures, the configuration."""

from closeloop.support.queries.boxes import (
    BOXES,
    MOST,
    cases_in,
    cases_of_record,
    count_open,
    may_answer,
    may_judge,
    open_cases_of,
    page_of,
    visible,
    visible_case,
    visible_file,
    whole_case,
)
from closeloop.support.queries.figures import Figures, Part, Period, behind, figures_of
from closeloop.support.queries.settings import Tried, rehearse, require_sound, versions

__all__ = [
    "BOXES",
    "MOST",
    "Figures",
    "Part",
    "Period",
    "Tried",
    "behind",
    "cases_in",
    "cases_of_record",
    "count_open",
    "figures_of",
    "may_answer",
    "may_judge",
    "open_cases_of",
    "page_of",
    "rehearse",
    "require_sound",
    "versions",
    "visible",
    "visible_case",
    "visible_file",
    "whole_case",
]
