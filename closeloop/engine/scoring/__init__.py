"""Scoring: what facts and behaviour are worth, how that fades, and which grade it makes."""

from closeloop.engine.scoring.counting import Counter, Given, Part, Scored, Seen
from closeloop.engine.scoring.model import (
    COUNT,
    SCORE,
    BehaviourRule,
    FactRule,
    Filter,
    Grade,
    Period,
    Repeat,
    Scorecard,
)
from closeloop.engine.scoring.reading import (
    ScorecardInvalid,
    find_problems,
    graded_by,
    parse_scorecard,
)

__all__ = [
    "COUNT",
    "SCORE",
    "BehaviourRule",
    "Counter",
    "FactRule",
    "Filter",
    "Given",
    "Grade",
    "Part",
    "Period",
    "Repeat",
    "Scorecard",
    "ScorecardInvalid",
    "Scored",
    "Seen",
    "find_problems",
    "graded_by",
    "parse_scorecard",
]
