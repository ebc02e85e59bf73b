"""The router that the files of this folder share."""

from closeloop.edge.router import Router

router = Router(tags=["followups"])
