"""The desk's one router: one address may have reads and writes in different modules."""

from closeloop.edge.router import Router

router = Router(tags=["desk"])
