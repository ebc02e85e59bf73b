"""The router of the library and what its addresses ask for."""

from closeloop.edge.router import SIGNED_IN, Router
from closeloop.org.access import Capability

router = Router(tags=["playbooks"])
READ = SIGNED_IN
MANAGE = f"admin:{Capability.MANAGE_PLAYBOOKS.value}"
