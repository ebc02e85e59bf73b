"""The one router of the app."""

from closeloop.edge.router import Router
from closeloop.org.access import Capability

router = Router(tags=["pool"])
MANAGE = f"admin:{Capability.MANAGE_POOL}"
