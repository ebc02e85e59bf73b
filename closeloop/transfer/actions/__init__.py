"""Every write of imports and exports."""

from closeloop.transfer.actions.exports import (
    clear_exports,
    create_export,
    fail_export,
    write_export,
)
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
    "clear_exports",
    "counts_of",
    "create_export",
    "create_import",
    "discard",
    "fail",
    "fail_export",
    "load",
    "resume",
    "revert",
    "run",
    "start",
    "start_revert",
    "write_export",
]
