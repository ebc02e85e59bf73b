"""Figures: what each recorded thing counts for, and what a metric says of the counts.

A measure names recorded things; each of them counts once, on one day, for one person, in one unit,
under one kind. A metric divides or adds measures and knows what is good and what is not.
"""

from closeloop.engine.metrics.board import Board, Panel, read_board
from closeloop.engine.metrics.counting import Counted, counted, fold
from closeloop.engine.metrics.definition import ENTRIES, Format, Measure, Metric, Threshold
from closeloop.engine.metrics.figure import Figure, Level, figure_of, interval
from closeloop.engine.metrics.reading import MetricInvalid, read_measure, read_metric
from closeloop.engine.metrics.view import Span, View, read_view, span_of

__all__ = [
    "ENTRIES",
    "Board",
    "Counted",
    "Figure",
    "Format",
    "Level",
    "Measure",
    "Metric",
    "MetricInvalid",
    "Panel",
    "Span",
    "Threshold",
    "View",
    "counted",
    "figure_of",
    "fold",
    "interval",
    "read_board",
    "read_measure",
    "read_metric",
    "read_view",
    "span_of",
]
