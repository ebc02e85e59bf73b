"""The one router of the organisation's addresses."""

from closeloop.edge.router import Router

router = Router(tags=["org"])
