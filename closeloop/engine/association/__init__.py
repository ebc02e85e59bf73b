"""What goes together with something that keeps happening, and what would explain it (C13)."""

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

__all__ = [
    "Association",
    "Concentration",
    "Flapping",
    "Limits",
    "Observation",
    "Trait",
    "chi_square_p",
    "concentrations",
    "cramers_v",
    "fisher_p",
    "flapping",
    "holm",
    "left_over",
    "rank",
    "share_interval",
]
