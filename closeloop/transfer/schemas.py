"""Imports and exports as the API takes and gives them."""

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from closeloop.transfer.plans import Plan


class Counts(Schema):
    """What became of an import's rows so far."""

    rows: int
    created: int
    updated: int
    unchanged: int
    opened: int
    refused: int
    made_beside: int
    removed: int
    restored: int
    kept: int


class SourceFile(Schema):
    """The table that was sent."""

    name: str
    size: int
    format: str
    sheets: list[str]


class ColumnSeen(Schema):
    """A column of the table: its first values, and texts in it that often stand for nothing."""

    name: str
    samples: list[str]
    placeholders: list[str]
    date_order: str


class Person(Schema):
    """A person by id and name."""

    id: int
    name: str


class ImportOut(Schema):
    """An import with everything that the wizard shows."""

    id: int
    record_type: str
    file: SourceFile
    encoding: str
    encodings: list[str]
    delimiter: str
    sheet: str
    header_row: int
    first_row: int
    columns: list[str]
    mapping: Plan
    policy: str
    match_on: list[str]
    opening: bool
    owner_id: int | None
    unit_id: int | None
    state: str
    rows_total: int
    progress: float
    counts: Counts
    failure: str
    created_by: Person | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ImportChange(Schema):
    """What may be changed of a draft; what is absent stays."""

    mapping: Plan | None = None
    policy: Literal["create", "update", "both"] | None = None
    match_on: list[str] | None = Field(None, max_length=5)
    opening: bool | None = None
    encoding: Literal["utf-8-sig", "utf-16", "gb18030", "big5", "cp1252"] | None = None
    delimiter: Literal[",", "\t", ";", "|"] | None = None
    sheet: str | None = Field(None, max_length=200)
    header_row: int | None = Field(None, ge=0, le=1000)
    first_row: int | None = Field(None, ge=1, le=100_000)
    owner_id: int | None = Field(None, ge=1, le=2**63 - 1)
    unit_id: int | None = Field(None, ge=1, le=2**63 - 1)


class RowProblem(Schema):
    """One thing that keeps a row out."""

    field: str
    code: str
    message: str


class PreviewRow(Schema):
    """One row as it would be taken."""

    row: int
    outcome: str
    cells: list[str]
    values: dict[str, Any]
    problems: list[RowProblem]


class Preview(Schema):
    """The first rows, what is seen of each column, and what keeps the import from starting."""

    columns: list[ColumnSeen]
    rows: list[PreviewRow]
    problems: list[RowProblem]


class ExportIn(Schema):
    """A list that is wanted as a file. `view`: take columns and filter from a saved view."""

    record_type: str = Field(max_length=64)
    format: Literal["csv", "xlsx"] = "xlsx"
    filter: dict[str, Any] | None = None
    columns: list[str] | None = Field(None, max_length=500)
    view: int | None = Field(None, ge=1, le=2**63 - 1)
    q: str = Field("", max_length=200)
    sort: str = Field("", max_length=80)
    stage: str | None = Field(None, max_length=64)
    mine: bool = False


class ExportOut(Schema):
    """An export; `url` once it is written."""

    id: int
    record_type: str
    format: str
    columns: list[str]
    state: str
    rows_total: int
    rows_done: int
    size: int
    url: str | None
    created_at: datetime
    finished_at: datetime | None
