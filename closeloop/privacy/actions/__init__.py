"""Every write of privacy: purposes, answers, periods, the access log, requests of people."""

from closeloop.privacy.actions.accesses import note_access
from closeloop.privacy.actions.purposes import answer, install, publish_purpose
from closeloop.privacy.actions.requests import (
    clear_files,
    fail_request,
    open_request,
    run_request,
)
from closeloop.privacy.actions.retention import erase_due, set_days

__all__ = [
    "answer",
    "clear_files",
    "erase_due",
    "fail_request",
    "install",
    "note_access",
    "open_request",
    "publish_purpose",
    "run_request",
    "set_days",
]
