"""The one router of the app."""

from closeloop.edge.router import Router
from closeloop.org.access import Capability

router = Router(tags=["routing"])
MANAGE = f"admin:{Capability.MANAGE_ROUTING}"
