"""Clocks, policies and calendars over HTTP."""

from closeloop.sla.api import calendars, clocks, policies
from closeloop.sla.api.routes import router

__all__ = ["calendars", "clocks", "policies", "router"]
