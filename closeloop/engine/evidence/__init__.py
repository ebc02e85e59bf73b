"""Evidence: which standard a follow-up is held to, whether it meets it, what is doubtful of it."""

from closeloop.engine.evidence.choosing import Applies, Chosen, Occasion, choose
from closeloop.engine.evidence.doubts import (
    Doubt,
    DoubtKind,
    Photo,
    Situation,
    find_doubts,
)
from closeloop.engine.evidence.places import (
    Known,
    Place,
    System,
    gcj02_to_wgs84,
    haversine_m,
    in_wgs84,
    wgs84_to_gcj02,
)
from closeloop.engine.evidence.standards import (
    Complete,
    EvidenceItem,
    EvidenceKind,
    Incomplete,
    MissingEvidence,
    Shortfall,
    Standard,
    judge,
)
from closeloop.engine.evidence.texts import is_stock, masked, normalised

__all__ = [
    "Applies",
    "Chosen",
    "Complete",
    "Doubt",
    "DoubtKind",
    "EvidenceItem",
    "EvidenceKind",
    "Incomplete",
    "Known",
    "MissingEvidence",
    "Occasion",
    "Photo",
    "Place",
    "Shortfall",
    "Situation",
    "Standard",
    "System",
    "choose",
    "find_doubts",
    "gcj02_to_wgs84",
    "haversine_m",
    "in_wgs84",
    "is_stock",
    "judge",
    "masked",
    "normalised",
    "wgs84_to_gcj02",
]
