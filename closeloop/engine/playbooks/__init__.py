"""Finding what helps: words of a text, several rankings as one, failures in a row, a plan."""

from closeloop.engine.playbooks.fusion import WEIGHTS, Ranked, Weights, fuse
from closeloop.engine.playbooks.plan import Candidate, Planned, Step, make_plan
from closeloop.engine.playbooks.sayings import Heard, Saying, heard, meant, told
from closeloop.engine.playbooks.streaks import Outcome, Streak, streak_of
from closeloop.engine.playbooks.words import grams, passages, shared_words

__all__ = [
    "WEIGHTS",
    "Candidate",
    "Heard",
    "Outcome",
    "Planned",
    "Ranked",
    "Saying",
    "Step",
    "Streak",
    "Weights",
    "fuse",
    "grams",
    "heard",
    "make_plan",
    "meant",
    "passages",
    "shared_words",
    "streak_of",
    "told",
]
