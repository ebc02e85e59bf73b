"""Standards: what they ask for, their versions, what a draft would have made of last month."""

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from closeloop.edge.texts import Name
from closeloop.fieldwork.schemas.shared import FollowUpName, Id, Slug, StandardRef


class Worded(Schema):
    """A key with its name."""

    key: str
    name: Name


class EvidenceItemOut(Schema):
    """One item of a standard."""

    key: str
    kind: Literal["files", "text", "next_date", "place", "tick"]
    name: Name
    at_least: int
    max_length: int | None


class StandardOption(Schema):
    """A standard that holds."""

    key: str
    version: int
    name: Name
    kinds: list[str]
    unit_ids: list[int] | None
    record_type: str | None
    stages: list[str] | None
    at_least: int | None
    items: list[EvidenceItemOut]


class FollowUpOptions(Schema):
    """Everything by which a phone without network judges what it has.

    `units` are the reader's own unit and those above it, the nearest first.
    """

    units: list[int]
    kinds: list[Worded]
    ticks: list[Worded]
    standards: list[StandardOption]
    pain_max: int
    stock_phrases: list[str]


class EvidenceItemIn(Schema, extra="forbid"):
    """One item of a standard."""

    key: Slug
    kind: Literal["files", "text", "next_date", "place", "tick"]
    name: Name
    at_least: int = Field(1, ge=1, le=20)
    max_length: int | None = Field(None, ge=1, le=2000)


class StandardDefinition(Schema, extra="forbid"):
    """What a standard asks for, and of which contacts. `at_least` null: all of the items."""

    name: Name
    kinds: list[Slug] = Field(max_length=20)
    unit_ids: list[Id] | None = Field(None, max_length=200)
    record_type: Slug | None = None
    stages: list[Slug] | None = Field(None, max_length=50)
    at_least: int | None = Field(None, ge=1, le=50)
    items: list[EvidenceItemIn] = Field(max_length=30)


class StandardIn(Schema, extra="forbid"):
    """A new standard with its first draft."""

    key: Slug
    definition: StandardDefinition


class StandardDraftIn(Schema, extra="forbid"):
    """What is being written."""

    definition: StandardDefinition


class RetireIn(Schema, extra="forbid"):
    """Whether nobody is held to it any more."""

    is_retired: bool


class StandardVersionOut(Schema):
    """A published version, and how many follow-ups were judged by it."""

    number: int
    definition: dict[str, Any]
    published_at: datetime
    published_by: str | None
    is_current: bool
    judged: int
    counted: int


class StandardOut(Schema):
    """A standard; its revision is its ETag."""

    key: str
    name: Name
    is_active: bool
    revision: int
    draft: dict[str, Any] | None
    drafted_at: datetime | None
    drafted_by: str | None
    versions: list[StandardVersionOut]


class StandardList(Schema):
    """Every standard, and the words for writing one."""

    items: list[StandardOut]
    kinds: list[Worded]
    ticks: list[Worded]
    units: list[FollowUpName]
    record_types: list[str]


class MissedItem(Schema):
    """How often an item would have been missing."""

    item: str
    count: int


class RehearsalOut(Schema):
    """What last month's follow-ups would have been."""

    since: datetime
    until: datetime
    looked_at: int
    concerned: int
    counted_before: int
    counted_after: int
    gained: int
    lost: int
    missed: list[MissedItem]


class ChoiceQuery(Schema):
    """A contact before it is made."""

    kind: Slug
    record_type: Slug
    record_id: Id


class StandardChoice(Schema):
    """Which standard a contact will be held to, why that one, and what it was preferred to."""

    standard: StandardRef
    because: list[Literal["stage", "team", "record_type", "kind"]]
    over: list[StandardRef]
