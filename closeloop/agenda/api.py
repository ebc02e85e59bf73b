"""Somebody's days ahead, and their calendar feed over HTTP."""

from closeloop.edge.router import Router

router = Router(tags=["agenda"])
