"""Every write of the process app, by noun: moves, exceptions, published versions."""

from closeloop.process.actions.exceptions import decide_exception, request_exception
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
    "decide_exception",
    "migrate_running",
    "publish",
    "request_exception",
    "start",
    "tick",
    "wait",
]
