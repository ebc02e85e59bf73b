"""The audit log: everything that was recorded, for those who may read all of it."""

from dataclasses import dataclass
from typing import Any

from closeloop.activity.models import Entry
from closeloop.desk import timeline
from closeloop.desk.reader import Reader
from closeloop.edge import cursors
from closeloop.records.models import Record


@dataclass(frozen=True)
class Wanted:
    """Which entries: of one record, by one person, with a verb that begins so."""

    record_id: int | None = None
    actor_id: int | None = None
    verb: str = ""


def page_of(
    wanted: Wanted, *, cursor: str | None, limit: int, reader: Reader
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of the log, newest first."""
    entries = Entry.objects.order_by("-id")
    if wanted.record_id is not None:
        entries = entries.filter(record_id=wanted.record_id)
    if wanted.actor_id is not None:
        entries = entries.filter(actor_id=wanted.actor_id)
    if wanted.verb:
        entries = entries.filter(verb__startswith=wanted.verb)
    if cursor:
        entries = entries.filter(id__lt=cursors.decode(cursor, "bigint")[0])
    found = list(entries[: limit + 1])
    shown = found[:limit]
    ids = {entry.record_id for entry in shown if entry.record_id}
    titles = dict(Record.objects.filter(pk__in=ids).values_list("pk", "title"))
    told = timeline.tell(shown, reader)
    rows = [
        {
            **vars(item),
            "actor_kind": entry.actor_kind,
            "record_id": entry.record_id,
            "record_type": entry.record_type,
            "record_title": titles.get(entry.record_id or 0),
        }
        for item, entry in zip(told, shown, strict=True)
    ]
    return rows, cursors.encode(shown[-1].id) if len(found) > limit else None
