"""The router that the addresses about the sales log share."""

from closeloop.edge.router import Router
from closeloop.org.access import Capability

router = Router(tags=["saleslog"])
MANAGE = f"admin:{Capability.MANAGE_SALES_LOG}"
