"""Support cases and who answers them over HTTP."""

from closeloop.edge.router import Router

router = Router(tags=["support"])
