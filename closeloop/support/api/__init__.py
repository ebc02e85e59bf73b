"""Support cases and who answers them over HTTP."""

from closeloop.support.api import cases, figures, settings
from closeloop.support.api.routes import router

__all__ = ["cases", "figures", "router", "settings"]
