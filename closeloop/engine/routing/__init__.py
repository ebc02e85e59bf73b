"""Who gets a lead, decided from rules, facts and how everybody stands at that moment; pure."""

from closeloop.engine.routing.deciding import NOBODY, Compiled, compile_rules, decide, take
from closeloop.engine.routing.model import (
    DEFAULT_CAP,
    OTHERWISE,
    Branch,
    Decision,
    Group,
    Passed,
    Person,
    RuleSet,
    Seat,
    State,
    Strategy,
    Why,
)
from closeloop.engine.routing.reading import Known, RulesInvalid, find_problems, parse_rules

__all__ = [
    "DEFAULT_CAP",
    "NOBODY",
    "OTHERWISE",
    "Branch",
    "Compiled",
    "Decision",
    "Group",
    "Known",
    "Passed",
    "Person",
    "RuleSet",
    "RulesInvalid",
    "Seat",
    "State",
    "Strategy",
    "Why",
    "compile_rules",
    "decide",
    "find_problems",
    "parse_rules",
    "take",
]
