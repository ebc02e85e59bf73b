"""The sales log over HTTP."""

from closeloop.saleslog.api import days, events, settings, team
from closeloop.saleslog.api.routes import router

__all__ = ["days", "events", "router", "settings", "team"]
