"""Scorecards, scores, learned models over HTTP."""

from closeloop.scoring.api import scorecards
from closeloop.scoring.api.routes import router

__all__ = ["router", "scorecards"]
