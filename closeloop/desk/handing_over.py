"""The records that a person owns, one kind of holding for each type, and how they go over."""

from collections.abc import Iterable
from functools import partial

from django.db.models import QuerySet

from closeloop.desk.actions.records import assign_record
from closeloop.engine.blueprint import StageKind
from closeloop.identity.actor import Actor
from closeloop.org.handover import Held, Holding
from closeloop.process import blueprints
from closeloop.records.models import Record, RecordRow
from closeloop.records.types import RecordType, registry


def holdings() -> Iterable[Holding]:
    """One kind for each record type.

    Records that have ended stay with whom they ended, for figures name that person.
    """
    return [
        Holding(
            key=f"record.{record_type.key}",
            name=record_type.plural,
            count=partial(_count, record_type),
            items=partial(_items, record_type),
            hand_over=partial(_hand_over, record_type),
        )
        for record_type in registry
    ]


def _count(record_type: RecordType, person_id: int) -> int:
    return _held(record_type, person_id).count()


def _items(record_type: RecordType, person_id: int, limit: int) -> list[Held]:
    ids = list(_held(record_type, person_id).order_by("-pk").values_list("pk", flat=True)[:limit])
    titles = dict(Record.objects.filter(pk__in=ids).values_list("pk", "title"))
    key = record_type.key
    return [Held(each, titles[each], key, f"/r/{key}/{each}") for each in ids]


def _hand_over(record_type: RecordType, person_id: int, to: int, actor: Actor) -> int:
    """Assign each record as anybody would, with its unit; raises what assigning refuses."""
    ids = list(_held(record_type, person_id).order_by("pk").values_list("pk", flat=True))
    for record_id in ids:
        assign_record(record_type.key, record_id, owner_id=to, actor=actor, via="handing_over")
    return len(ids)


def _held(record_type: RecordType, person_id: int) -> QuerySet[RecordRow]:
    rows = record_type.model._default_manager.filter(owner_id=person_id, deleted_at=None)
    if record_type.is_user_defined:
        rows = rows.filter(record__type=record_type.key)
    version = blueprints.current_of(record_type.key)
    if version is None:
        return rows
    ended = [stage.key for stage in version.stages if stage.kind is not StageKind.OPEN]
    return rows.exclude(stage__in=ended)
