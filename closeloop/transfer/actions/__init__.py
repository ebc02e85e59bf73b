"""Every write of imports and exports."""

from closeloop.transfer.actions.imports import (
    cancel,
    change_import,
    create_import,
    discard,
    fail,
    resume,
    start,
    start_revert,
)
from closeloop.transfer.actions.loading import Fresh, Opening, load
from closeloop.transfer.actions.reverting import revert
from closeloop.transfer.actions.running import counts_of, run

__all__ = [
    "Fresh",
    "Opening",
    "cancel",
    "change_import",
    "counts_of",
    "create_import",
    "discard",
    "fail",
    "load",
    "resume",
    "revert",
    "run",
    "start",
    "start_revert",
]
