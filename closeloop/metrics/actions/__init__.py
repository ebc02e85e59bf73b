"""Everything that writes counts: keeping them up to date, building them anew."""

from closeloop.metrics.actions.building import begin, build, define, drop_old, fill, rebuild, swap
from closeloop.metrics.actions.keeping import KeptUp, catch_up, keep_up
from closeloop.metrics.actions.publishing import install, publish_metric

__all__ = [
    "KeptUp",
    "begin",
    "build",
    "catch_up",
    "define",
    "drop_old",
    "fill",
    "install",
    "keep_up",
    "publish_metric",
    "rebuild",
    "swap",
]
