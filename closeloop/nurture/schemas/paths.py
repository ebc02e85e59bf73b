"""What the addresses about paths take and give."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from closeloop.edge.texts import Line
from closeloop.nurture.schemas.parts import (
    Definition,
    Id,
    Key,
    NameOut,
    NurtureName,
    NurtureNamed,
    NurtureProblem,
    NurtureReason,
    NurtureRecord,
    NurtureTryIn,
)


class NurtureSentence(BaseModel):
    """What starts a path (`start`), ends it (`leave:<key>`), or a step does, in words."""

    step: str
    text: str


class NurtureFigure(BaseModel):
    """How many leads, of all that began."""

    key: str
    name: str
    count: int
    share: float | None


class NurturePathRow(BaseModel):
    """A path in the list; figures are of leads that the reader may see."""

    key: str
    name: NameOut
    is_active: bool
    version: int | None
    has_draft: bool
    revision: int
    changed_at: datetime
    running: int
    started: int
    done: int
    left: int
    sent: int
    opened: int
    clicked: int
    grades: list[NurtureFigure]
    sentences: list[NurtureSentence]


class NurtureVersionRow(BaseModel):
    """A published version."""

    number: int
    is_current: bool
    published_at: datetime
    published_by: str
    running: int


class NurturePath(NurturePathRow):
    """A path with its versions and its draft."""

    versions: list[NurtureVersionRow]
    current: Definition | None
    draft: Definition | None
    drafted_at: datetime | None
    drafted_by: str


class NurtureVersion(BaseModel):
    """A published version with what it says."""

    number: int
    is_current: bool
    published_at: datetime
    published_by: str
    definition: Definition
    sentences: list[NurtureSentence]


class NurturePathIn(BaseModel):
    """A new path; `like` is a path whose definition it begins with."""

    key: Key
    name: NurtureName
    like: Key | None = None


class NurtureSwitchIn(BaseModel):
    """Whether leads begin it; `leaves_running` False lets those that are on it go on."""

    is_active: bool
    leaves_running: bool = False


class NurtureChecked(BaseModel):
    """The problems of a path, or without any its sentences.

    `todos`: what is to be done before a step can send; until then it is skipped with that reason.
    """

    problems: list[NurtureProblem]
    todos: list[NurtureProblem]
    sentences: list[NurtureSentence]


class NurtureChannelReach(BaseModel):
    """How many of the leads that would begin are reached on a channel."""

    channel: str
    reachable: int
    no_address: int
    suppressed: int


class NurturePreview(BaseModel):
    """Who would begin now, of the open leads that the reader may see."""

    looked_at: int
    is_partial: bool
    would_start: int
    running: int
    had_before: int
    examples: list[NurtureRecord]
    reach: list[NurtureChannelReach]


class NurtureRehearseIn(NurtureTryIn):
    """Which lead goes through a path, from when on, and whether it opens and follows messages."""

    record_id: Id
    start_at: datetime | None = None
    opens: bool = False
    clicks: bool = False


class NurtureRehearsedStep(BaseModel):
    """A step as it would be taken; `until` is when a wait would be over."""

    step: str
    kind: str
    at: datetime
    until: datetime | None
    text: str
    outcome: str
    reason: str | None
    reason_text: str


class NurtureRehearsedEnd(BaseModel):
    """How it would end."""

    how: Literal["done", "left", "running"]
    reason: str | None
    reason_text: str
    at: datetime


class NurtureRehearsal(BaseModel):
    """How one lead would go through a path; `why` says why it would not begin by itself."""

    starts: bool
    why: str
    steps: list[NurtureRehearsedStep]
    ends: NurtureRehearsedEnd


class NurtureStepFigures(BaseModel):
    """What became of a step: leads that came to it, messages, and why some were not sent."""

    step: str
    kind: str
    name: str
    reached: int
    sent: int
    waiting: int
    opened: int
    clicked: int
    unknown: int
    dead: int
    skipped: int
    skips: list[NurtureReason]
    open_share: float | None
    click_share: float | None


class NurtureReport(BaseModel):
    """A path's figures, of one version or of all, of leads that the reader may see."""

    version: int | None
    versions: list[int]
    started: int
    running: int
    done: int
    left: int
    reasons: list[NurtureFigure]
    grades: list[NurtureFigure]
    steps: list[NurtureStepFigures]


class NurtureFact(BaseModel):
    """A fact that conditions may ask for."""

    key: str
    name: NameOut
    type: str
    operators: list[str]
    choices: list[NurtureNamed]


class NurtureChannel(BaseModel):
    """A channel; with `needs_confirmation` a colleague confirms each message in WeCom."""

    key: str
    name: NameOut
    is_on: bool
    guarantee: str
    needs_confirmation: bool


class NurtureOffered(BaseModel):
    """A template that steps may send."""

    key: str
    name: NameOut
    channel: str
    version: int


class NurtureCatalogue(BaseModel):
    """What editors of paths and templates choose from."""

    facts: list[NurtureFact]
    verbs: list[NurtureNamed]
    channels: list[NurtureChannel]
    templates: list[NurtureOffered]
    roles: list[NurtureNamed]
    grades: list[NurtureNamed]
    placeholders: list[NurtureNamed]
    kinds: list[NurtureNamed]
    topics: list[str]


class NurtureEnrolIn(BaseModel):
    """The leads that begin a path because somebody chose them."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=500)]
    why: Line = ""


class NurtureRefused(BaseModel):
    """A lead that did not begin, and why."""

    id: int
    title: str
    code: str
    detail: str


class NurtureEnrolled(BaseModel):
    """What came of it."""

    started: list[int]
    refused: list[NurtureRefused]
