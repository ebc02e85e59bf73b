"""Reading the library for a viewer: entries, suggestions, plans, figures, pushes."""

from closeloop.playbooks.queries.context import Context, context_of
from closeloop.playbooks.queries.library import (
    Asked,
    entry_of,
    listed,
    material_of,
    published,
    versions_of,
)
from closeloop.playbooks.queries.planning import Plan, plan_for
from closeloop.playbooks.queries.suggesting import Suggested, search, suggest

__all__ = [
    "Asked",
    "Context",
    "Plan",
    "Suggested",
    "context_of",
    "entry_of",
    "listed",
    "material_of",
    "plan_for",
    "published",
    "search",
    "suggest",
    "versions_of",
]
