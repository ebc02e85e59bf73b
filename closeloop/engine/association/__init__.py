"""What goes together with something that keeps happening, and what would explain it (C13)."""

from closeloop.engine.association.contrasts import Contrast, contrasts, difference_interval
from closeloop.engine.association.explaining import Concentration, concentrations, left_over
from closeloop.engine.association.flapping import Flapping, flapping
from closeloop.engine.association.ranking import Association, Limits, Observation, Trait, rank
from closeloop.engine.association.significance import (
    chi_square_p,
    cramers_v,
    fisher_p,
    holm,
    share_interval,
)
from closeloop.engine.association.touches import Share, Touch, better_from, by_touch, likeliest

__all__ = [
    "Association",
    "Concentration",
    "Contrast",
    "Flapping",
    "Limits",
    "Observation",
    "Share",
    "Touch",
    "Trait",
    "better_from",
    "by_touch",
    "chi_square_p",
    "concentrations",
    "contrasts",
    "cramers_v",
    "difference_interval",
    "fisher_p",
    "flapping",
    "holm",
    "left_over",
    "likeliest",
    "rank",
    "share_interval",
]
