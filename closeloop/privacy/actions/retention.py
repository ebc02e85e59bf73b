"""How long each kind is kept, and the nightly erasing of what is past it."""

from datetime import datetime, timedelta

from django.db import transaction

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.privacy import queries
from closeloop.privacy.models import Retention
from closeloop.privacy.registry import registry

AT_ONCE = 500
"""So many in one transaction."""


def set_days(key: str, days: int | None, *, actor: Actor) -> None:
    """Say for how many days a kind is kept, None without an end. Raises KindNotFound."""
    holding = queries.holding(key)
    before = queries.days_of(holding)
    if days == before:
        return
    Retention.objects.update_or_create(kind=key, defaults={"days": days})
    data = {"kind": key, "name": holding.name, "before": before, "after": days}
    activity.record(Happening(verb="privacy.retention_changed", data=data), actor=actor)


def erase_due(now: datetime) -> dict[str, int]:
    """Erase what is past its period, in batches; gives how many of each kind. It may run twice."""
    erased: dict[str, int] = {}
    for holding in registry:
        days = queries.days_of(holding)
        if days is None or holding.erase_before is None:
            continue
        before, count = now - timedelta(days=days), 0
        while True:
            with transaction.atomic():
                some = holding.erase_before(before, AT_ONCE)
            count += some
            if some < AT_ONCE:
                break
        if count:
            data = {
                "kind": holding.key,
                "name": holding.name,
                "count": count,
                "before": before.date().isoformat(),
            }
            with transaction.atomic():
                activity.record(Happening(verb="privacy.erased_by_time", data=data), actor=SYSTEM)
            erased[holding.key] = count
    return erased
