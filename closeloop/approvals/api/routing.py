"""The router that every endpoint of approvals is declared on, and the ids in its addresses."""

from typing import Annotated

from ninja import Path

from closeloop.edge.router import Router

CaseId = Annotated[int, Path(ge=1, lt=2**63)]

router = Router(tags=["approvals"])
