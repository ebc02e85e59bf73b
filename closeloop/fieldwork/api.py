"""Follow-ups, their standards and the doubts about them over HTTP."""

from closeloop.edge.router import Router

router = Router(tags=["followups"])
