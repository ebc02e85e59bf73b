"""Figures over HTTP."""

from closeloop.metrics.api import definitions, figures, pilots
from closeloop.metrics.api.routes import router

__all__ = ["definitions", "figures", "pilots", "router"]
