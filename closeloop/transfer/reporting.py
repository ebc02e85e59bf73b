"""The refused rows of an import as a file like the one that was sent, with their reasons."""

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import IO, Any

from django.core.files.storage import default_storage

from closeloop.edge import messages
from closeloop.fields import queries as fields
from closeloop.transfer import plans, preparing, sheets, tables
from closeloop.transfer.interpreting import Problem
from closeloop.transfer.models import Import
from closeloop.transfer.translation import SHANGHAI

COLUMN = {"zh-CN": "错误", "en-US": "Errors"}


def opened(job: Import) -> IO[bytes]:
    """The file as it was sent."""
    return default_storage.open(job.stored_as, "rb")


def error_file(job: Import, *, locale: str) -> Iterator[bytes]:
    """The refused rows in their original columns: CSV with a byte order mark, or XLSX."""
    header = [*job.column_names, COLUMN[locale]]
    rows = chain([header], refused_rows(job, locale=locale))
    if job.format == "csv":
        yield from sheets.csv_pieces(rows, delimiter=job.delimiter, zone=SHANGHAI)
        return
    sink = io.BytesIO()
    sheets.write_workbook(sink, rows, zone=SHANGHAI)
    yield sink.getvalue()


def refused_rows(job: Import, *, locale: str) -> Iterator[list[Any]]:
    """Every refused row as it stands in the file, and its reasons in one cell."""
    reasons = {
        refused["row"]: sentence_of(job, refused["problems"], locale=locale)
        for batch in job.batches.order_by("first_row").only("refused")
        for refused in batch.refused
    }
    with opened(job) as stream:
        for number, cells in tables.rows(stream, preparing.layout_of(job)):
            if number in reasons:
                padded = [*cells, *[None] * (len(job.column_names) - len(cells))]
                yield [*padded[: len(job.column_names)], reasons[number]]


def sentence_of(job: Import, problems: Sequence[Problem], *, locale: str) -> str:
    """All problems of a row in one cell: what field, what is wrong."""
    plan = preparing.plan_of(job)
    by_target = {target: column.column for target, column in plan.by_target.items()}
    return "；".join(_sentence(job, problem, by_target, locale) for problem in problems)


def _sentence(job: Import, problem: Problem, by_target: Mapping[str, str], locale: str) -> str:
    said = messages.say(f"value.{problem['code']}", locale, problem)
    if said == f"value.{problem['code']}":
        said = messages.say(problem["code"], locale, problem)
    missing = problem.get("missing")
    if missing:
        named = [
            (item.get("name") or {}).get(locale) or item.get("item_key", "") for item in missing
        ]
        said = f"{said} ({'、'.join(named)})"
    key = problem["field"]
    if not key:
        return said
    spec = fields.specs_of(job.record_type).get(key) if job.record_type != plans.ORG else None
    label = by_target.get(key) or (spec.name.get(locale) if spec else None) or key
    return f"{label}: {said}"
