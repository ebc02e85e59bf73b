"""Reading figures, what they mean, and the things behind them."""

from closeloop.metrics.queries.behind import Behind, Thing, things
from closeloop.metrics.queries.corrections import newest as newest_correction
from closeloop.metrics.queries.figures import Answer, Asked, Parts, Row, figures, parts_of
from closeloop.metrics.queries.versions import versions_of

__all__ = [
    "Answer",
    "Asked",
    "Behind",
    "Parts",
    "Row",
    "Thing",
    "figures",
    "newest_correction",
    "parts_of",
    "things",
    "versions_of",
]
