"""Today, the audit log and fill rates."""

from datetime import date, datetime

from ninja import Schema

from closeloop.desk.schemas.moves import ExceptionOut, MissingOut
from closeloop.desk.schemas.names import Name
from closeloop.desk.schemas.records import RecordOut, TimelineItem
from closeloop.desk.schemas.workbench import DueOut


class TodayBlocked(Schema):
    """A record that its owner tried to move and could not."""

    record: RecordOut
    attempts: int
    last_at: datetime
    to_stage: str
    missing: list[MissingOut]


class TodayCount(Schema):
    """How many open records of a type are one's own, and what they are worth."""

    type: str
    count: int
    amount: str | None


class TodayMention(Schema):
    """A comment that names one."""

    id: int
    record_id: int
    record_type: str
    title: str
    author: str
    text: str
    at: datetime


class Today(Schema):
    """What to do now."""

    date: date
    due: list[DueOut]
    my_open: list[TodayCount]
    blocked: list[TodayBlocked]
    overdue: list[RecordOut]
    stale: list[RecordOut]
    to_decide: list[ExceptionOut]
    mentions: list[TodayMention]
    recent: list[RecordOut]


class AuditItem(TimelineItem):
    """An entry of the audit log."""

    actor_kind: str
    record_id: int | None
    record_type: str
    record_title: str | None


class AuditPage(Schema):
    """A page of the audit log, newest first."""

    items: list[AuditItem]
    next_cursor: str | None


class FillRate(Schema):
    """How many of the records in reach have a value in a field (K10)."""

    field: str
    name: Name
    filled: int
    total: int
    rate: float | None
    threshold: float
