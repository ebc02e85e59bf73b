"""The configuration of support for whoever keeps it."""

from django.db.models import QuerySet

from closeloop.identity.models import User
from closeloop.org.models import Role, Unit
from closeloop.support.models import Setup
from closeloop.support.setups import Known


def known() -> Known:
    """What rules may name now."""
    return Known(
        units=frozenset(Unit.objects.filter(is_active=True).values_list("pk", flat=True)),
        people=frozenset(User.objects.filter(is_active=True).values_list("pk", flat=True)),
        roles=frozenset(Role.objects.values_list("key", flat=True)),
    )


def versions() -> QuerySet[Setup]:
    """Every published version, the newest first."""
    return Setup.objects.select_related("published_by").order_by("-number")
