"""Conversations and the promises made in them over HTTP."""

from closeloop.edge.router import Router

router = Router(tags=["conversations"])
