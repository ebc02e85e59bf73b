"""The one router of the app."""

from typing import Annotated

from ninja import Path

from closeloop.edge.router import Router
from closeloop.org.access import Capability

router = Router(tags=["nurture"])
MANAGE = f"admin:{Capability.MANAGE_NURTURE}"
READ = "record:read:lead"
EDIT = "record:edit:lead"
KeyIn = Annotated[str, Path(max_length=60)]
NumberIn = Annotated[int, Path(ge=1, lt=2**31)]
IdIn = Annotated[int, Path(ge=1, lt=2**63)]
