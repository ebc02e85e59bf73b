"""What the addresses about pools take and give."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BaseModel, Field

from closeloop.edge.texts import FilledLine, Paragraph
from closeloop.pool.models import EntryReason, Leaving
from closeloop.sla.schemas import ClockBadge

Id = Annotated[int, Field(ge=1, lt=2**63)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
NameOut = dict[str, str]


class PoolPerson(BaseModel):
    """Somebody by id and name."""

    id: int
    name: str


class PoolChoice(BaseModel):
    """Something by key and name."""

    key: str
    name: NameOut


class PoolField(BaseModel):
    """A field that a pool shows."""

    key: str
    name: NameOut
    type: str
    choices: list[PoolChoice]


class PoolMine(BaseModel):
    """What the viewer may still claim; a limit of null is none."""

    may_claim: bool
    left_today: int | None = None
    per_day: int | None = None
    claimed_today: int = 0
    held: int = 0
    most_held: int | None = None


class PoolRow(BaseModel):
    """A pool in the list."""

    id: int
    key: str
    name: NameOut
    record_type: str
    count: int
    sentences: list[str]
    fields: list[PoolField]
    my: PoolMine
    may_hand_out: bool


class PoolEntry(BaseModel):
    """A record in a pool: only what the pool shows; `locked_until` if the viewer had it last."""

    record_id: int
    record_type: str
    title: str
    pool_id: int
    stage: str | None
    created_at: datetime
    entered_at: datetime
    reason: EntryReason
    why: str
    from_owner: PoolPerson | None
    locked_until: datetime | None
    values: dict[str, Any]
    masked: list[str]
    clock: ClockBadge | None


class PoolPage(BaseModel):
    """A page of a pool, the newest first."""

    items: list[PoolEntry]
    next_cursor: str | None
    count: int
    count_capped: bool


class PoolQuery(Schema):
    """Which records of a pool."""

    q: str = Field("", max_length=100)
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=100)


class PoolNamed(BaseModel):
    """A pool by id and name."""

    id: int
    name: NameOut


class PoolStay(BaseModel):
    """A record's stay in a pool."""

    id: int
    pool: PoolNamed
    entered_at: datetime
    reason: EntryReason
    why: str
    from_owner: PoolPerson | None
    put_by: PoolPerson | None
    left_at: datetime | None
    left_how: Leaving | None
    to_owner: PoolPerson | None


class PoolComing(BaseModel):
    """When an owned record goes back by itself, if nothing happens."""

    rule: str
    sentence: str
    at: datetime


class PoolStanding(BaseModel):
    """How a record stands with pools. `entry` where it lies in one that the viewer sees."""

    entry: PoolEntry | None
    pool: PoolNamed | None
    my: PoolMine | None
    may_release: bool
    may_put_in: bool
    may_assign_out: bool
    reasons: list[PoolChoice]
    needs_note: bool
    protected_until: datetime | None
    coming: PoolComing | None
    stays: list[PoolStay]


class ReleaseIn(Schema, extra="forbid"):
    """Why a record goes back."""

    reason: Key
    note: Paragraph = ""


class PutInIn(Schema, extra="forbid"):
    """Why a record goes into the pool."""

    note: Paragraph


class AssignOutIn(Schema, extra="forbid"):
    """Who gets a record."""

    owner: Id


class PoolUnit(BaseModel):
    """A unit by id and name."""

    id: int
    name: str


class PoolVersionOut(BaseModel):
    """A published version."""

    number: int
    is_current: bool
    published_at: datetime
    published_by: str


class PoolSettingsRow(BaseModel):
    """A pool in the list of whoever keeps them."""

    id: int
    key: str
    name: NameOut
    record_type: str
    unit: PoolUnit | None
    is_active: bool
    version: int | None
    has_draft: bool
    sentences: list[str]


class PoolSettings(PoolSettingsRow):
    """A pool with what it says. `current` and `draft` are definitions."""

    versions: list[PoolVersionOut]
    current: dict[str, Any] | None
    draft: dict[str, Any] | None
    drafted_at: datetime | None


class PoolNameIn(Schema, extra="forbid"):
    """A name in both languages."""

    zh_CN: FilledLine = Field(alias="zh-CN")
    en_US: FilledLine = Field(alias="en-US")

    def as_data(self) -> dict[str, str]:
        """The name by language."""
        return {"zh-CN": self.zh_CN, "en-US": self.en_US}


class PoolIn(Schema, extra="forbid"):
    """A new pool, for the whole company or for a unit and those below."""

    key: Key
    name: PoolNameIn
    record_type: Key
    unit_id: Id | None = None


class PoolDefinitionIn(Schema, extra="forbid"):
    """A pool's rules as they are being written."""

    definition: dict[str, Any]


class PoolPreviewIn(Schema, extra="forbid"):
    """Rules (the draft, else what holds) and how far ahead to look."""

    definition: dict[str, Any] | None = None
    days: int = Field(7, ge=0, le=90)


class PoolSwitchIn(Schema, extra="forbid"):
    """Whether a pool takes in and gives out."""

    is_active: bool


class PoolProblem(BaseModel):
    """A fault of a definition; `path` is a JSON Pointer."""

    code: str
    path: str
    data: dict[str, Any]
    message: str


class PoolChecked(BaseModel):
    """Problems, or else the sentences of a definition."""

    problems: list[PoolProblem]
    sentences: list[str]


class PoolCount(BaseModel):
    """How many records somebody would lose."""

    person: PoolPerson
    count: int


class PoolRecord(BaseModel):
    """A record by id, type and title."""

    id: int
    type: str
    title: str


class PoolLoss(BaseModel):
    """A record that would go back: from whom, by which rule, when."""

    record: PoolRecord
    owner: PoolPerson
    rule: str
    sentence: str
    at: datetime


class PoolPreview(BaseModel):
    """What rules would take back in some days; `items` are the first of them."""

    total: int
    is_capped: bool
    people: list[PoolCount]
    items: list[PoolLoss]


class PoolFact(BaseModel):
    """Something that a condition may ask about."""

    key: str
    name: NameOut
    type: str
    choices: list[PoolChoice]


class PoolCatalogue(BaseModel):
    """What the editor offers for a record type."""

    record_types: list[PoolChoice]
    fields: list[PoolChoice]
    roles: list[PoolChoice]
    units: list[PoolUnit]
    stages: list[PoolChoice]
    policies: list[PoolChoice]
    children: list[PoolChoice]
    facts: list[PoolFact]
    relations: list[Literal["owner", "superior", "unit_head"]]


class PoolCatalogueQuery(Schema):
    """For which record type."""

    record_type: Key = "lead"
