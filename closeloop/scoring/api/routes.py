"""The one router of the app."""

from closeloop.edge.router import Router
from closeloop.org.access import Capability

router = Router(tags=["scoring"])
MANAGE = f"admin:{Capability.MANAGE_SCORING}"
VIEW = f"admin:{Capability.VIEW_PROCESS}|{Capability.MANAGE_SCORING}"
