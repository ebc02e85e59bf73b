"""The stays of one record: the open one, and who had it before."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from closeloop.pool.models import Stay

_MOST = 50


def open_stay(record_id: int) -> Stay | None:
    """The record's stay in a pool now."""
    return _stays(record_id).filter(left_at=None).first()


def last_stay(record_id: int) -> Stay | None:
    """The newest stay, ended or not."""
    return _stays(record_id).order_by("-pk").first()


def history_of(record_id: int) -> list[Stay]:
    """All stays of a record, the newest first."""
    return list(_stays(record_id).order_by("-pk")[:_MOST])


def protected_until(record_id: int) -> datetime | None:
    """Until when nobody may take the record from its owner; None where nothing protects it."""
    newest = Stay.objects.filter(record_id=record_id).order_by("-pk").first()
    until = newest.protected_until if newest is not None else None
    return until if until is not None and until > timezone.now() else None


def _stays(record_id: int) -> QuerySet[Stay]:
    return Stay.objects.filter(record_id=record_id).select_related(
        "pool", "from_owner", "from_unit", "put_by", "to_owner", "left_by"
    )
