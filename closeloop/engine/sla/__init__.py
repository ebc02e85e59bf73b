"""Clocks: what a policy says, when its steps fall due, and how a clock lives through a history."""

from closeloop.engine.sla.lives import Life, State, begin, close, pause, reset, resume
from closeloop.engine.sla.model import (
    ABOUT_OTHERS,
    ROUTE,
    Basis,
    Duration,
    Event,
    Item,
    ItemKind,
    PauseLimit,
    Policy,
    Reminder,
    Step,
    Target,
    Test,
    items_of,
)
from closeloop.engine.sla.reading import (
    CHANNELS,
    PolicyInvalid,
    find_problems,
    is_relation,
    parse_policy,
)
from closeloop.engine.sla.replay import Happened, Lived, Rules, replay
from closeloop.engine.sla.schedule import Elapsed, Plan, plan_of

__all__ = [
    "ABOUT_OTHERS",
    "CHANNELS",
    "ROUTE",
    "Basis",
    "Duration",
    "Elapsed",
    "Event",
    "Happened",
    "Item",
    "ItemKind",
    "Life",
    "Lived",
    "PauseLimit",
    "Plan",
    "Policy",
    "PolicyInvalid",
    "Reminder",
    "Rules",
    "State",
    "Step",
    "Target",
    "Test",
    "begin",
    "close",
    "find_problems",
    "is_relation",
    "items_of",
    "parse_policy",
    "pause",
    "plan_of",
    "replay",
    "reset",
    "resume",
]
