"""The addresses of the organisation: opening a session, units, people, roles."""

from closeloop.org.api import absences, people, roles, sessions, units
from closeloop.org.api.routes import router

__all__ = ["absences", "people", "roles", "router", "sessions", "units"]
