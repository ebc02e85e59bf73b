"""Opening, helping, handing on, ending, filing, configuring: every write of support."""

from closeloop.support.actions.filing import add_file, remove_file
from closeloop.support.actions.handing import (
    lock_case,
    reassign_by_clock,
    reassign_case,
    reassign_cases,
)
from closeloop.support.actions.helping import (
    confirm_support,
    give_support,
    reopen_case,
    withdraw_case,
)
from closeloop.support.actions.opening import NewCase, open_case, open_new
from closeloop.support.actions.publishing import install, publish

__all__ = [
    "NewCase",
    "add_file",
    "confirm_support",
    "give_support",
    "install",
    "lock_case",
    "open_case",
    "open_new",
    "publish",
    "reassign_by_clock",
    "reassign_case",
    "reassign_cases",
    "remove_file",
    "reopen_case",
    "withdraw_case",
]
