"""The Today page: what the viewer has to do now, most pressing first."""

from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.activity.models import Entry
from closeloop.desk import details, due, learnable, listing, presenting
from closeloop.desk.queries import visible_row
from closeloop.desk.reader import Reader
from closeloop.engine.blueprint import StageKind
from closeloop.identity.actor import Actor
from closeloop.org.access import Access, Verb
from closeloop.process import blueprints
from closeloop.process import queries as process
from closeloop.records import queries as records
from closeloop.records.queries import RecordNotFound
from closeloop.records.types import RecordType, registry

MOST = 10
STALE_DAYS = 7
"""C10: a customer or deal without any interaction for more than seven days."""


def today_of(actor: Actor, reader: Reader) -> dict[str, Any]:
    """All sections of the page."""
    access = reader.access
    staged = [
        each
        for each in registry
        if access.reach(each.key, Verb.READ) and blueprints.current_of(each.key) is not None
    ]
    return {
        "date": timezone.localdate(),
        "due": due.due_now(actor, reader),
        "my_open": [_open_count(each, access) for each in staged],
        "blocked": _blocked(actor, reader),
        "overdue": _overdue(access),
        "stale": _stale(staged, access),
        "to_decide": [
            details.exception_row(request, reader)
            for request in process.exceptions_box("to_decide", actor=actor, limit=MOST)
        ],
        "mentions": [_mention(each) for each in records.unseen_mentions(actor, limit=MOST)],
        "recent": _recent(actor, access),
    }


def _open_stages(record_type: RecordType) -> list[str]:
    version = blueprints.current_of(record_type.key)
    stages = version.stages if version else ()
    return [stage.key for stage in stages if stage.kind is StageKind.OPEN]


def _open_count(record_type: RecordType, access: Access) -> dict[str, Any]:
    sums = listing.stage_sums(record_type, listing.Ask(mine=True), access)
    mine = [sums[stage] for stage in _open_stages(record_type) if stage in sums]
    amount = sum((worth for _, worth, _ in mine), start=0)
    return {
        "type": record_type.key,
        "count": sum(count for count, _, _ in mine),
        "amount": str(amount) if listing.amount_field_of(record_type, access) else None,
    }


def _blocked(actor: Actor, reader: Reader) -> list[dict[str, Any]]:
    rows = []
    for attempt in process.blocked_lately(actor, limit=MOST):
        record = _row_of(attempt["record_id"], actor, reader.access)
        if record is None:
            continue
        last = (
            Entry.objects.filter(
                record_id=attempt["record_id"],
                actor_id=actor.user_id,
                verb="process.move_blocked",
            )
            .order_by("-id")
            .first()
        )
        data = last.data if last else {}
        if data.get("from") != record["stage"]:
            continue
        rows.append(
            {
                "record": record,
                "attempts": attempt["attempts"],
                "last_at": attempt["last_at"],
                "to_stage": data.get("to", ""),
                "missing": _still_missing(record, data.get("to", ""), reader),
            }
        )
    return [row for row in rows if row["missing"]]


def _still_missing(record: dict[str, Any], to_stage: str, reader: Reader) -> list[dict[str, Any]]:
    _, previews = process.previews(registry.get(record["type"]), record["id"])
    for preview in previews:
        if preview.move.to_stage == to_stage:
            row: list[dict[str, Any]] = details.move_row(
                record["type"],
                record["id"],
                preview,
                reader,
                untold=frozenset(record["masked"]),
            )["missing"]
            return row
    return []


def _overdue(access: Access) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for record_type in registry:
        due_field = record_type.due_field
        if due_field is None or not learnable.is_told(record_type.key, due_field, access):
            continue
        column = record_type.columns[due_field]
        found += _chosen(
            record_type,
            access,
            f"r.{column} < %s AND r.stage = ANY(%s) ORDER BY r.{column}",
            [timezone.localdate(), _open_stages(record_type)],
        )
    return found


def _stale(staged: list[RecordType], access: Access) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for record_type in staged:
        found += _chosen(
            record_type,
            access,
            "r.last_activity_at < now() - make_interval(days => %s) AND r.stage = ANY(%s)"
            " ORDER BY r.last_activity_at",
            [STALE_DAYS, _open_stages(record_type)],
        )
    return sorted(found, key=lambda row: row["last_activity_at"])[:MOST]


def _chosen(
    record_type: RecordType, access: Access, condition: str, params: list[Any]
) -> list[dict[str, Any]]:
    if not access.reach(record_type.key, Verb.READ) or access.user_id is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id FROM {record_type.table} r WHERE r.owner_id = %s"
            f" AND r.deleted_at IS NULL AND {condition} LIMIT {MOST}",
            [access.user_id, *params],
        )
        ids = [row[0] for row in cursor.fetchall()]
    rows = {row.pk: row for row in record_type.model._default_manager.filter(pk__in=ids)}
    ordered = [presenting.as_dict(record_type, rows[key]) for key in ids]
    return presenting.present(record_type, ordered, access)


def _recent(actor: Actor, access: Access) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_RECENT_SQL, [actor.user_id, MOST])
        ids = [row[0] for row in cursor.fetchall()]
    rows = [_row_of(record_id, actor, access) for record_id in ids]
    return [row for row in rows if row is not None]


_RECENT_SQL = """
    SELECT record_id FROM activity_entry
    WHERE actor_id = %s AND record_id IS NOT NULL AND at > now() - interval '30 days'
    GROUP BY record_id ORDER BY max(id) DESC LIMIT %s
"""


def _row_of(record_id: int, actor: Actor, access: Access) -> dict[str, Any] | None:
    try:
        record = records.visible_record(record_id, actor=actor)
        record_type = registry.get(record.type)
        row = visible_row(record_type, record_id, actor=actor)
    except RecordNotFound:
        return None
    return presenting.present(record_type, [presenting.as_dict(record_type, row)], access)[0]


def _mention(mention: Any) -> dict[str, Any]:
    comment = mention.comment
    return {
        "id": mention.pk,
        "record_id": comment.record_id,
        "record_type": comment.record.type,
        "title": comment.record.title,
        "author": comment.author.name,
        "text": comment.text,
        "at": comment.created_at,
    }
