"""The router that the addresses about figures share."""

from closeloop.edge.router import Router
from closeloop.org.access import Capability

router = Router(tags=["metrics"])
MANAGE = f"admin:{Capability.MANAGE_METRICS}"
