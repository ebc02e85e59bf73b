"""Imports as tests make them: a table in memory, a mapping in short, run at once."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from closeloop.identity.actor import SYSTEM, Actor
from closeloop.records.models import RecordRow
from closeloop.records.types import registry
from closeloop.transfer import actions, reporting
from closeloop.transfer.models import Import

LEAD = {"姓名": "name", "手机": "phone", "来源": "source"}


def csv_of(*rows: Sequence[Any], encoding: str = "utf-8") -> bytes:
    sink = io.StringIO(newline="")
    csv.writer(sink).writerows(rows)
    return sink.getvalue().encode(encoding)


def xlsx_of(*rows: Sequence[Any]) -> bytes:
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        sheet = workbook.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return sink.getvalue()


def draft(
    content: bytes,
    columns: Mapping[str, Any],
    *,
    record_type: str = "lead",
    actor: Actor = SYSTEM,
    layout: Mapping[str, Any] | None = None,
    constants: Mapping[str, Any] | None = None,
    empties: Sequence[str] = (),
    **settings: Any,
) -> Import:
    job = actions.create_import(
        io.BytesIO(content),
        name="表.csv",
        record_type=record_type,
        actor=actor,
        layout=layout,
    )
    plan = {"columns": columns, "constants": dict(constants or {}), "empties": list(empties)}
    return actions.change_import(job, {"plan": plan, **settings}, actor=actor)


def started(content: bytes, columns: Mapping[str, Any], **options: Any) -> Import:
    actor = options.get("actor", SYSTEM)
    return actions.start(draft(content, columns, **options), actor=actor, defer=nobody)


def imported(content: bytes, columns: Mapping[str, Any], **options: Any) -> Import:
    job = started(content, columns, **options)
    return actions.run(job.pk, actor=options.get("actor", SYSTEM))


def reverted(job: Import, *, actor: Actor = SYSTEM) -> Import:
    actions.start_revert(job, actor=actor, defer=nobody)
    return actions.revert(job.pk, actor=actor)


def error_rows(job: Import, *, locale: str = "zh-CN") -> list[list[str]]:
    """The error file as rows of text, its header first."""
    content = b"".join(reporting.error_file(job, locale=locale)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))


def rows_of(record_type: str, *columns: str) -> list[tuple[Any, ...]]:
    model: type[RecordRow] = registry.get(record_type).model
    return list(model._default_manager.order_by("pk").values_list(*columns))


def nobody(_job_id: int) -> None:
    """The test runs the job itself."""
