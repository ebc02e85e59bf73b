"""The configuration of the sales log for whoever keeps it."""

from django.db.models import QuerySet

from closeloop.org.models import Role
from closeloop.saleslog.models import Setup
from closeloop.support import setups as support


def versions() -> QuerySet[Setup]:
    """Every published version, the newest first."""
    return Setup.objects.select_related("published_by").order_by("-number")


def known_roles() -> frozenset[str]:
    """The roles whose holders may be asked for logs."""
    return frozenset(Role.objects.values_list("key", flat=True))


def known_support() -> frozenset[str]:
    """The kinds of support cases that events may open."""
    return frozenset(support.current().kinds)
