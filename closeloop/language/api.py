"""The gateway to a configured language model over HTTP."""

from closeloop.edge.router import Router

router = Router(tags=["language"])
