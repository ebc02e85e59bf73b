"""Approvals over HTTP: the report, cases, flows."""

# The report's addresses come before those of a case, whose id would take them.
from closeloop.approvals.api import reports  # isort: skip
from closeloop.approvals.api import cases, files, flows
from closeloop.approvals.api.routing import router

__all__ = ["cases", "files", "flows", "reports", "router"]
