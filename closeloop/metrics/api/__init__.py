"""Figures over HTTP."""

from closeloop.metrics.api import checks, definitions, figures, pilots
from closeloop.metrics.api.routes import router

__all__ = ["checks", "definitions", "figures", "pilots", "router"]
