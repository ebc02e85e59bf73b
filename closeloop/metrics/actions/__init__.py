"""Everything that writes counts: keeping them up to date, building them anew."""

from closeloop.metrics.actions.building import begin, build, define, drop_old, fill, swap
from closeloop.metrics.actions.keeping import KeptUp, catch_up, keep_up

__all__ = [
    "KeptUp",
    "begin",
    "build",
    "catch_up",
    "define",
    "drop_old",
    "fill",
    "keep_up",
    "swap",
]
