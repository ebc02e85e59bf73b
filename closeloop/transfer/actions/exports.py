"""Exports: asked for, written by a job, fetched by the one who asked, cleared away after a week."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.desk import filters
from closeloop.desk.listing import Ask
from closeloop.edge import revisions
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Access, Verb
from closeloop.records.types import registry
from closeloop.transfer import exporting, sheets, storing
from closeloop.transfer.models import Export, ExportState
from closeloop.transfer.translation import SHANGHAI

_SPOOLED_BYTES = 4 * 1024 * 1024


def create_export(
    record_type: str,
    *,
    form: str,
    columns: Sequence[str] | None,
    ask: Ask,
    actor: Actor,
    defer: Callable[[int], object],
) -> Export:
    """Ask for a list as a file.

    Raises NotAllowed, ExportColumnsInvalid, FilterInvalid, SortUnknown, UnknownRecordType.
    """
    kind = registry.get(record_type)
    access = org.access_of(actor)
    access.require(record_type, Verb.EXPORT)
    if ask.filter is not None:
        filters.filter_sql(kind, ask.filter, access)
    export = Export.objects.create(
        record_type=record_type,
        format=form,
        columns=exporting.columns_for(record_type, columns, access),
        filter=_as_data(ask),
        created_by_id=actor.user_id,
    )
    _record("export.started", export, actor)
    defer(export.pk)
    return export


def write_export(export_id: int, *, actor: Actor) -> Export:
    """Write the file; an export that was written already stays as it is."""
    revisions.refresh()
    export = Export.objects.get(pk=export_id)
    if export.state == ExportState.DONE:
        return export
    access = org.access_of(actor)
    record_type = registry.get(export.record_type)
    ids = exporting.ids_for(record_type, Ask(**(export.filter or {})), access)
    Export.objects.filter(pk=export_id).update(state=ExportState.RUNNING, rows_total=len(ids))
    with tempfile.SpooledTemporaryFile(max_size=_SPOOLED_BYTES) as target:
        _write(export, target, ids, access=access, locale=actor.locale)
        with transaction.atomic():
            export = Export.objects.select_for_update().get(pk=export_id)
            export.size = target.seek(0, 2)
            export.stored_as = storing.put(File(target), folder="exports")
            export.rows_done = len(ids)
            export.state, export.finished_at = ExportState.DONE, timezone.now()
            export.save()
            _record("export.finished", export, actor)
    return export


def fail_export(export_id: int, *, why: str) -> None:
    """Note that an export ended on something unforeseen."""
    Export.objects.filter(pk=export_id).exclude(state=ExportState.DONE).update(
        state=ExportState.FAILED, failure=why[:500], finished_at=timezone.now()
    )


def clear_exports(*, before: datetime) -> int:
    """Remove exports that were asked for before a moment, with their files; gives how many."""
    old = list(Export.objects.filter(created_at__lt=before))
    for export in old:
        if export.stored_as:
            default_storage.delete(export.stored_as)
        export.delete()
    return len(old)


def _write(
    export: Export, target: IO[bytes], ids: Sequence[int], *, access: Access, locale: str
) -> None:
    rows = exporting.rows_for(
        registry.get(export.record_type), ids, export.columns, access=access, locale=locale
    )
    if export.format == "xlsx":
        sheets.write_workbook(target, rows, zone=SHANGHAI)
        return
    for piece in sheets.csv_pieces(rows, zone=SHANGHAI):
        target.write(piece)


def _as_data(ask: Ask) -> dict[str, Any]:
    kept: Mapping[str, Any] = vars(ask)
    return {key: kept[key] for key in ("filter", "q", "sort", "stage", "mine")}


def _record(verb: str, export: Export, actor: Actor) -> None:
    data = {
        "export_id": export.pk,
        "format": export.format,
        "columns": export.columns,
        "filter": export.filter,
        "rows": export.rows_done,
    }
    activity.record(Happening(verb=verb, record_type=export.record_type, data=data), actor=actor)
