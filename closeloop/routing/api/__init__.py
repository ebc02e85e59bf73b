"""Every address of routing."""

from closeloop.routing.api import groups, records, sets
from closeloop.routing.api.routes import router

__all__ = ["groups", "records", "router", "sets"]
