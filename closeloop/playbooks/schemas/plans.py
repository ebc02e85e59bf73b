"""What the addresses of follow-up plans take and give."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

from closeloop.edge.moments import Moment
from closeloop.edge.texts import Paragraph
from closeloop.playbooks.schemas.entries import (
    Id,
    Localized,
    PlaybookPages,
    PlaybookRow,
    PlaybookTag,
    Situation,
)
from closeloop.playbooks.schemas.use import PlaybookRecord


class PlanIn(Schema, extra="forbid"):
    """A situation in one's own words, perhaps about a record."""

    situation: Annotated[Situation, Field(min_length=2)]
    record_id: Id | None = None


class PlanStepOut(Schema):
    """A step of a plan; `line` is what to say, `words` what a language model made of it."""

    key: str
    name: Localized
    aim: Localized
    due_at: datetime
    line: Localized
    words: str
    says: PlaybookRow | None
    shows: PlaybookRow | None
    pages: list[PlaybookPages]
    case: PlaybookRow | None
    entry_ids: list[int]


class PlanOut(Schema):
    """A plan. `source` is `library`, or `model:<name>`; `based_on` says what was taken in."""

    situation: str
    source: str
    based_on: list[PlaybookTag]
    record: PlaybookRecord | None
    can_set_next_date: bool
    steps: list[PlanStepOut]


class PlanStepIn(Schema, extra="forbid"):
    """A step that is taken over."""

    title: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
    note: Paragraph = ""
    due_at: Moment
    entry_ids: list[Id] = Field(default_factory=list, max_length=20)


class PlanTakenIn(Schema, extra="forbid"):
    """What is taken over, and as what."""

    record_id: Id
    steps: list[PlanStepIn] = Field(min_length=1, max_length=10)
    as_tasks: bool = True
    as_next_date: bool = True


class PlanTakenOut(Schema):
    """The tasks that were made."""

    task_ids: list[int]
