"""Approvals over HTTP: the report, cases, flows."""

# These addresses come before those of a case, whose id would take them.
from closeloop.approvals.api import files, reports  # isort: skip
from closeloop.approvals.api import cases, flows
from closeloop.approvals.api.routing import router

__all__ = ["cases", "files", "flows", "reports", "router"]
