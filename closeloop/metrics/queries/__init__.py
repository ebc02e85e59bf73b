"""Reading figures, what they mean, and the things behind them."""

from closeloop.metrics.queries.behind import Behind, Thing, things
from closeloop.metrics.queries.corrections import newest as newest_correction
from closeloop.metrics.queries.figures import Answer, Asked, Row, figures
from closeloop.metrics.queries.self_check import checked
from closeloop.metrics.queries.versions import versions_of

__all__ = [
    "Answer",
    "Asked",
    "Behind",
    "Row",
    "Thing",
    "checked",
    "figures",
    "newest_correction",
    "things",
    "versions_of",
]
