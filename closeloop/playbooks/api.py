"""Playbooks: what helps in which situation over HTTP."""

from closeloop.edge.router import Router

router = Router(tags=["playbooks"])
