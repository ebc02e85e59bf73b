"""Counting what a test wrote, as the product does once it has committed."""

from django.conf import settings

from closeloop.metrics import actions, definitions
from closeloop.metrics.models import Build

COMMITTED = 2**62
"""Behind every transaction, so that what this test wrote is counted though it never ends."""


def count() -> None:
    """Let the product count all that has happened, by its own statements."""
    build = Build.objects.create(zone=settings.TIME_ZONE, xid=COMMITTED, entry_id=COMMITTED)
    actions.define(build, list(definitions.book().measures.values()))
    actions.fill(build)
    actions.swap(build)
