"""The library over HTTP. The addresses of one entry come last: they match any word."""

from closeloop.playbooks.api import entries, plans, pushes, use, writing
from closeloop.playbooks.api.routes import router

__all__ = ["entries", "plans", "pushes", "router", "use", "writing"]
