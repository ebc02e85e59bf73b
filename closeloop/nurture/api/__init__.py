"""Every address of nurture."""

from closeloop.nurture.api import content, enrolments, limits, paths, templates
from closeloop.nurture.api.routes import router

__all__ = ["content", "enrolments", "limits", "paths", "router", "templates"]
