"""What will be won by a day, from what became of deals that stood alike, and how wrong that was."""

from closeloop.engine.forecast.chances import FACTORS, Chances, Factor, Rate, learn, levels_of
from closeloop.engine.forecast.courses import Cell, Course, Ladder, Past, cell_at, past_of
from closeloop.engine.forecast.expecting import (
    COMMIT,
    Expected,
    Forecast,
    Newcomers,
    Span,
    expect,
)
from closeloop.engine.forecast.proving import Proof, Proved, prove
from closeloop.engine.forecast.targets import Standing, missed_in_a_row, together

__all__ = [
    "COMMIT",
    "FACTORS",
    "Cell",
    "Chances",
    "Course",
    "Expected",
    "Factor",
    "Forecast",
    "Ladder",
    "Newcomers",
    "Past",
    "Proof",
    "Proved",
    "Rate",
    "Span",
    "Standing",
    "cell_at",
    "expect",
    "learn",
    "levels_of",
    "missed_in_a_row",
    "past_of",
    "prove",
    "together",
]
