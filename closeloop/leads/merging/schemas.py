"""What the API takes and gives about merging leads."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from closeloop.edge.texts import FilledLine, Line

LeadId = int


class LeadRef(Schema):
    """A lead by its id and name."""

    id: int
    name: str


class MergeIn(Schema, extra="forbid"):
    """Which leads go into this one, and whose value stays for which field."""

    losers: list[int] = Field(min_length=1, max_length=20)
    choices: dict[FilledLine, int] = Field(default_factory=dict)
    why: Line = ""


class MergeSign(Schema):
    """Why a merge looks doubtful, in the reader's language."""

    code: str
    message: str


class MergeOut(Schema):
    """A merge, with what was seen about it."""

    id: int
    winner: LeadRef
    losers: list[LeadRef]
    by: LeadRef | None
    at: datetime
    why: str
    fields: list[str]
    signs: list[MergeSign]
    undone_at: datetime | None
    undone_by: LeadRef | None


class MergePage(Schema):
    """A page of merges."""

    items: list[MergeOut]
    next_cursor: str | None


class MergeCandidate(Schema):
    """A lead that may be the same person; `matches` are the kinds of what they share."""

    id: int
    name: str
    company: str | None
    phone: str | None
    email: str | None
    owner: str | None
    stage: str
    created_at: datetime
    matches: list[str]


class MergeValue(Schema):
    """What one lead has in a field."""

    lead_id: int
    value: Any
    label: str


class MergeField(Schema):
    """A field of several leads side by side; `proposed` is whose value stays unless chosen."""

    key: str
    name: dict[str, str]
    type: str
    differs: bool
    proposed: int
    values: list[MergeValue]


class MergeLead(Schema):
    """A lead in a merge, as far as one chooses by it."""

    id: int
    name: str
    owner: str | None
    stage: str
    created_at: datetime
    last_activity_at: datetime
    is_converted: bool


class MergePreview(Schema):
    """Several leads side by side."""

    leads: list[MergeLead]
    fields: list[MergeField]
    signs: list[MergeSign]
