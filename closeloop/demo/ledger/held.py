"""What the books keep of each record, and the rows that are only ever added."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from closeloop.process.blueprints import Loaded
from closeloop.records.types import RecordType


@dataclass(slots=True)
class Held:
    """A record with its running instance. `values` by field key: columns in canonical form, user
    fields as they are stored; `columns` are those of the type's table that are no fields.
    """

    id: int
    type: RecordType
    values: dict[str, Any]
    owner_id: int | None
    unit_id: int | None
    created_by_id: int | None
    created_at: datetime
    updated_at: datetime
    last_activity_at: datetime
    version: int = 1
    columns: dict[str, Any] = field(default_factory=dict)
    loaded: Loaded | None = None
    stage: str = ""
    stage_entered_at: datetime | None = None
    moves: int = 0
    outcome_reason: str = ""
    waiting_reason: str = ""
    waiting_since: datetime | None = None
    waited_s: float = 0
    opening_missing: list[dict[str, object]] | None = None
    """What an opening entry lacks; None where the record began at the first stage."""
    ticks: set[str] = field(default_factory=set)
    documents: dict[tuple[str, str], int] = field(default_factory=dict)
    """How many documents by kind and format."""
    visits: list["VisitHeld"] = field(default_factory=list)

    def touch(self, at: datetime) -> None:
        """Count one change."""
        self.version += 1
        self.updated_at = self.last_activity_at = at


@dataclass(slots=True)
class VisitHeld:
    """A stay in a stage."""

    record_id: int
    stage: str
    kind: str
    entered_at: datetime
    entered_by_id: int | None
    reason: str = ""
    left_at: datetime | None = None


@dataclass(slots=True)
class ExceptionHeld:
    """A request to pass a locked move."""

    id: int
    record_id: int
    version_id: int
    from_stage: str
    to_stage: str
    items: list[str]
    missing: list[dict[str, object]]
    reason: str
    requested_by_id: int
    requested_at: datetime
    decider_id: int
    state: str = "open"
    decided_by_id: int | None = None
    decided_at: datetime | None = None
    note: str = ""


@dataclass(slots=True)
class MentionHeld:
    """A person named in a comment."""

    comment_id: int
    user_id: int
    seen_at: datetime | None = None


Row = tuple[Any, ...]


@dataclass
class Added:
    """Rows that are only ever added, in the order of time."""

    visits: list[VisitHeld] = field(default_factory=list)
    ticks: list[Row] = field(default_factory=list)
    attachments: list[Row] = field(default_factory=list)
    comments: list[Row] = field(default_factory=list)
    mentions: list[MentionHeld] = field(default_factory=list)
    exceptions: dict[int, ExceptionHeld] = field(default_factory=dict)
    entries: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Ids:
    """The first free id of each table whose ids other rows name."""

    record: int
    comment: int
    attachment: int
    exception: int


@dataclass(frozen=True)
class Sample:
    """A stored sample document, as an attachment names it."""

    content_type: str
    format: str
    ending: str
    size: int
    sha256: str
    stored_as: str
    thumbnail_as: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Places:
    """Where people sit and whom they answer to, by user id."""

    units: Mapping[int, int]
    superiors: Mapping[int, int | None]
