"""Pools over HTTP."""

from closeloop.pool.api import entries, settings
from closeloop.pool.api.routes import router

__all__ = ["entries", "router", "settings"]
