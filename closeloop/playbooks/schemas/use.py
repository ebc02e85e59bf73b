"""What the addresses of use, figures and pushes take and give."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

from closeloop.edge.moments import Day
from closeloop.edge.texts import FilledLine, Line
from closeloop.playbooks.schemas.entries import (
    Id,
    Localized,
    PlaybookFigures,
    PlaybookPerson,
    PlaybookValue,
    SourceKey,
)


class PlaybookUseIn(Schema, extra="forbid"):
    """Opened, or used with a record."""

    kind: Literal["opened", "used"] = "opened"
    record_id: Id | None = None
    source: SourceKey = "library"


class PlaybookRatingIn(Schema, extra="forbid"):
    """Whether it helped."""

    is_helpful: bool
    note: Line = ""


class PlaybookRecord(Schema):
    """A record by id and title."""

    id: int
    type: str
    title: str


class PlaybookUseRow(Schema):
    """A use with a record that the viewer may read."""

    person: PlaybookPerson
    record: PlaybookRecord
    source: str
    at: datetime


class PlaybookUses(Schema):
    """The figures of an entry and what stands behind them; `hidden` are out of one's reach."""

    figures: PlaybookFigures
    items: list[PlaybookUseRow]
    hidden: int


class PushIn(Schema, extra="forbid"):
    """To whom an entry is pushed: people, or everybody in a unit."""

    people: list[Id] = Field(default_factory=list, max_length=500)
    unit_id: Id | None = None
    note: Line = ""


class ReceiptOut(Schema):
    """What one person did with a push."""

    person: PlaybookPerson
    is_copy: bool
    seen_at: datetime | None
    opened_at: datetime | None


class PushOut(Schema):
    """A push. `stage` and `behind` say which failures in a row it answers."""

    id: int
    entry_id: int
    title: Localized
    kind_name: Localized
    pushed_by: PlaybookPerson | None
    note: str
    stage: PlaybookValue | None
    behind: list[PlaybookRecord]
    hidden: int
    at: datetime
    people: int
    seen: int
    opened: int
    receipts: list[ReceiptOut]
    is_new: bool


class PushPage(Schema):
    """Pushes, the latest first; `unseen` counts those that the viewer has not looked at."""

    items: list[PushOut]
    unseen: int


class PlaybookSaying(Schema, extra="forbid"):
    """Everyday words and the words of the library that they stand for."""

    said: list[FilledLine] = Field(min_length=1, max_length=40)
    means: list[FilledLine] = Field(min_length=1, max_length=40)


class PlaybookSettings(Schema):
    """From how many failures in a row at a stage its pack is pushed (0 never); everyday words."""

    failures: int
    sayings: list[PlaybookSaying]


class PlaybookSettingsIn(Schema, extra="forbid"):
    """What is to change; what is left out stays."""

    failures: int | None = Field(default=None, ge=0, le=20)
    sayings: list[PlaybookSaying] | None = Field(default=None, max_length=500)


class UsageQuery(Schema):
    """Days, both included, and a unit with everything below it."""

    since: Day
    until: Day
    unit_id: Id | None = None


class UsageRow(Schema):
    """Of the records that a person worked on, with how many they used a talk track."""

    person: PlaybookPerson
    unit: PlaybookPerson | None
    records: int
    with_track: int
    opened: int


class UsageOut(Schema):
    """Talk-track use per person and altogether, in counts."""

    since: date
    until: date
    records: int
    with_track: int
    items: list[UsageRow]
