"""Scorecards, scores, learned models over HTTP."""

from closeloop.scoring.api import learned, scorecards
from closeloop.scoring.api.routes import router

__all__ = ["learned", "router", "scorecards"]
