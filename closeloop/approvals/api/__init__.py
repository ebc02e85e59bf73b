"""Approvals over HTTP: flows and cases."""

from closeloop.approvals.api import cases, flows
from closeloop.approvals.api.routing import router

__all__ = ["cases", "flows", "router"]
