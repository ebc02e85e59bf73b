"""Every write of the process app, by noun: moves, exceptions, published versions."""

from closeloop.process.actions.approving import carry_out_move, lock_move, request_approval
from closeloop.process.actions.exceptions import (
    decide_exception,
    end_unapproved,
    grant_approved,
    request_exception,
)
from closeloop.process.actions.moves import (
    Ask,
    Moved,
    advance,
    advance_running,
    start,
    tick,
    wait,
)
from closeloop.process.actions.publishing import migrate_running, publish

__all__ = [
    "Ask",
    "Moved",
    "advance",
    "advance_running",
    "carry_out_move",
    "decide_exception",
    "end_unapproved",
    "grant_approved",
    "lock_move",
    "migrate_running",
    "publish",
    "request_approval",
    "request_exception",
    "start",
    "tick",
    "wait",
]
