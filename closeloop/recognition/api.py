"""Text out of pictures and out of speech over HTTP."""

from closeloop.edge.router import Router

router = Router(tags=["recognition"])
