"""The addresses of the organisation: opening a session, units, people, roles."""

from closeloop.org.api import absences, handing_over, people, roles, sessions, units
from closeloop.org.api.routes import router

__all__ = ["absences", "handing_over", "people", "roles", "router", "sessions", "units"]
