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
    "cell_at",
    "expect",
    "learn",
    "levels_of",
    "past_of",
    "prove",
]
