"""The router that every endpoint of approvals is declared on."""

from closeloop.edge.router import Router

router = Router(tags=["approvals"])
