"""Contacts as they are reported, and as they were judged."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, Field

from closeloop.edge.moments import Day, Moment
from closeloop.edge.texts import Name, Paragraph
from closeloop.fieldwork.schemas.shared import (
    Degrees,
    FollowUpName,
    Id,
    Meridian,
    Metres,
    Slug,
    StandardRef,
    System,
    Told,
)


class FollowedRef(BaseModel, extra="forbid"):
    """The record that was followed up."""

    type: Slug
    id: Id


class PlaceIn(BaseModel, extra="forbid"):
    """Where the phone says it was, in its own coordinates."""

    latitude: Degrees
    longitude: Meridian
    accuracy_m: Metres | None = None
    system: System = "WGS84"
    at: Moment | None = None


class FollowUpIn(BaseModel, extra="forbid"):
    """One contact. `device_now` is the device's clock when it sends."""

    client_id: UUID
    kind: Slug
    record: FollowedRef
    contact_id: Id | None = None
    at: Moment
    device_now: Moment | None = None
    text: Told = ""
    ticks: list[Slug] = Field(default_factory=list, max_length=20)
    next_at: Moment | None = None
    place: PlaceIn | None = None
    uploads: list[UUID] = Field(default_factory=list, max_length=20)
    store: dict[Slug, Told | bool | float | None] = Field(default_factory=dict, max_length=40)
    via: Literal["phone", "screen", "api"] = "api"


class SyncIn(BaseModel, extra="forbid"):
    """What a phone has kept, in its order; `device_now` is its clock now."""

    device_now: Moment | None = None
    items: list[FollowUpIn] = Field(min_length=1, max_length=50)


class FollowedRecord(Schema):
    """The record that was followed up."""

    type: str
    id: int
    title: str


class PlaceOut(Schema):
    """Where the phone said it was; to about a kilometre for those who are not to know exactly."""

    latitude: float
    longitude: float
    accuracy_m: float | None
    system: System
    at: datetime | None
    is_coarse: bool = False


class FileOut(Schema):
    """A file that came with it."""

    id: int
    client_id: str
    kind: str
    name: str
    size: int
    thumbnail_url: str | None
    url: str


class MissingEvidence(Schema):
    """What a draft lacks."""

    item: str
    kind: str
    name: Name
    shortfall: Literal["absent", "too_few", "too_long", "not_later"]
    expected: Any
    actual: Any


class DoubtOut(Schema):
    """What is doubtful, in words and figures, and what somebody above the author said of it."""

    kind: str
    text: str
    data: dict[str, Any]
    verdict: Literal["open", "accepted", "confirmed"]
    by: str | None
    at: datetime | None
    note: str


class FollowUpOut(Schema):
    """One contact as it was reported and judged."""

    id: int
    client_id: str
    kind: str
    state: Literal["draft", "counted"]
    record: FollowedRecord
    customer: FollowUpName | None
    contact: FollowUpName | None
    author: FollowUpName
    at: datetime
    received_at: datetime
    text: str
    ticks: list[str]
    next_at: datetime | None
    place: PlaceOut | None
    store: dict[str, Any]
    via: str
    files: list[FileOut]
    standard: StandardRef | None
    missing: list[MissingEvidence]
    still_needed: int
    doubts: list[DoubtOut]
    corrects: int | None
    corrected_by: int | None
    version: int


class FollowUpPage(Schema):
    """A page of follow-ups."""

    items: list[FollowUpOut]
    next_cursor: str | None


class SyncProblem(Schema):
    """Why one was not taken, and what to do."""

    status: int
    code: str
    title: str
    detail: str
    data: dict[str, Any]


class SyncItem(Schema):
    """What became of one."""

    client_id: str
    outcome: Literal["saved", "repeated", "rejected"]
    followup: FollowUpOut | None
    problem: SyncProblem | None


class SyncOut(Schema):
    """What became of each, in the order in which they came."""

    items: list[SyncItem]


class FollowUpQuery(Schema):
    """Which follow-ups."""

    record_type: Slug | None = None
    record_id: Id | None = None
    author: Id | None = None
    day: Day | None = None
    state: Literal["draft", "counted"] | None = None
    doubtful: bool = False
    unit: Id | None = None
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=100)


class JudgementIn(Schema, extra="forbid"):
    """What became of a doubt."""

    verdict: Literal["open", "accepted", "confirmed"]
    note: Paragraph = ""
