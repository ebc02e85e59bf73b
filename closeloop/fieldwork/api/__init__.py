"""Follow-ups, their standards and the doubts about them over HTTP."""

from closeloop.fieldwork.api import followups, insight, sending, standards
from closeloop.fieldwork.api.routing import router

__all__ = ["followups", "insight", "router", "sending", "standards"]
