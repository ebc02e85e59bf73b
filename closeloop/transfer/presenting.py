"""Imports as the wizard shows them."""

from collections.abc import Sequence
from typing import Any

from closeloop.edge import messages
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.transfer import checking, plans, preparing, reporting, tables
from closeloop.transfer.actions import counts_of
from closeloop.transfer.errors import MappingInvalid
from closeloop.transfer.models import Import, ImportState
from closeloop.transfer.tables.encodings import OFFERED
from closeloop.transfer.translation import flat, order_of, text_of

SAMPLED_ROWS = 1000
SHOWN_SAMPLES = 5
_LONGEST_SAMPLE = 80


def import_out(job: Import) -> dict[str, Any]:
    """An import as the API gives it."""
    person = job.created_by
    total = max(job.rows_total, 1)
    is_over = job.state in (ImportState.DONE, ImportState.REVERTED)
    return {
        "id": job.pk,
        "record_type": job.record_type,
        "file": {
            "name": job.name,
            "size": job.size,
            "format": job.format,
            "sheets": job.sheets,
        },
        "encoding": job.encoding if job.format == "csv" else "",
        "encodings": list(OFFERED) if job.format == "csv" else [],
        "delimiter": job.delimiter if job.format == "csv" else "",
        "sheet": job.sheet,
        "header_row": job.header_row,
        "first_row": job.first_row,
        "columns": job.column_names,
        "mapping": preparing.plan_of(job),
        "policy": job.policy,
        "match_on": job.match_on,
        "opening": job.is_opening,
        "owner_id": job.owner_id,
        "unit_id": job.unit_id,
        "state": job.state,
        "rows_total": job.rows_total,
        "progress": 1.0 if is_over else round(min(job.rows_done / total, 1), 4),
        "counts": {
            **counts_of(job),
            "removed": job.removed,
            "restored": job.restored,
            "kept": job.kept,
        },
        "failure": job.failure,
        "created_by": None if person is None else {"id": person.pk, "name": person.name},
        "created_at": job.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
    }


def preview_out(job: Import, *, actor: Actor, language: str) -> dict[str, Any]:
    """What is seen of the table, and its first rows as they would be taken."""
    with reporting.opened(job) as stream:
        sampled = [
            cells
            for (_, cells), _ in zip(
                tables.rows(stream, preparing.layout_of(job)), range(SAMPLED_ROWS), strict=False
            )
        ]
        columns = [
            _column(name, [row[place] for row in sampled if place < len(row)])
            for place, name in enumerate(job.column_names)
        ]
        if job.record_type == plans.ORG:
            return {"columns": columns, "rows": _plain_rows(sampled), "problems": []}
        try:
            seen = checking.preview(job, stream, actor=actor)
            preparing.check(job, access=org.access_of(actor))
            found: Sequence[Any] = []
        except MappingInvalid as invalid:
            return {
                "columns": columns,
                "rows": _plain_rows(sampled),
                "problems": _told(job, invalid.data.get("errors"), language),
            }
    rows = [
        {
            "row": each.row,
            "outcome": each.outcome,
            "cells": [text_of(cell) or "" for cell in cells],
            "values": each.values,
            "problems": _told(job, each.problems, language),
        }
        for each, cells in zip(seen, sampled, strict=False)
    ]
    return {"columns": columns, "rows": rows, "problems": found}


def _column(name: str, cells: Sequence[Any]) -> dict[str, Any]:
    texts = list(dict.fromkeys(text for cell in cells if (text := text_of(cell))))
    return {
        "name": name,
        "samples": [text[:_LONGEST_SAMPLE] for text in texts[:SHOWN_SAMPLES]],
        "placeholders": [text for text in texts if flat(text) in plans.PLACEHOLDERS],
        "date_order": order_of(list(cells)),
    }


def _plain_rows(sampled: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    return [
        {
            "row": number,
            "outcome": "unknown",
            "cells": [text_of(cell) or "" for cell in cells],
            "values": {},
            "problems": [],
        }
        for number, cells in enumerate(sampled[: checking.PREVIEWED_ROWS], start=1)
    ]


def _told(job: Import, found: Any, language: str) -> list[dict[str, Any]]:
    return [
        {
            "field": str(problem.get("field", "")),
            "code": problem["code"],
            "message": messages.say(f"value.{problem['code']}", language, problem),
        }
        for problem in found or ()
    ]
