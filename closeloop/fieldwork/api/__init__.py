"""Follow-ups, their standards and the doubts about them over HTTP."""

from closeloop.fieldwork.api import followups, sending, standards
from closeloop.fieldwork.api.routing import router

__all__ = ["followups", "router", "sending", "standards"]
