"""The router that the addresses about support share."""

from closeloop.edge.router import Router
from closeloop.org.access import Capability

router = Router(tags=["support"])
MANAGE = f"admin:{Capability.MANAGE_SUPPORT}"
