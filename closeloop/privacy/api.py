"""Purposes, consent, retention and the access log; what is held about one contact over HTTP."""

from closeloop.edge.router import Router

router = Router(tags=["privacy"])
