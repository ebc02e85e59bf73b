"""The sales log: the day, its key events, and their surges over HTTP."""

from closeloop.edge.router import Router

router = Router(tags=["saleslog"])
