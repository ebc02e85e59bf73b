"""What the addresses about behaviour take and give."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import BaseModel, Field

from closeloop.behaviour.intake import MOST_IN_BATCH
from closeloop.edge.texts import FilledLine, Paragraph

SiteKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
NameOut = dict[str, str]


class BehaviourBatch(Schema, extra="forbid"):
    """Events: {visitor | record_id, session?, kind, at?, data?}; times in ISO 8601 with zone."""

    events: list[dict[str, Any]] = Field(max_length=MOST_IN_BATCH)


class EventRefused(BaseModel):
    """An event that could not be kept, by its place in the batch."""

    index: int
    code: str


class BehaviourTaken(BaseModel):
    """How many events were kept, and what was not."""

    kept: int
    refused: list[EventRefused]


class TrackAnswer(BaseModel):
    """The token that the browser shall use from now on."""

    visitor: str


class BehaviourQuery(Schema):
    """Which page of a trail."""

    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=100)


class BehaviourEvent(BaseModel):
    """One thing that somebody did."""

    id: int
    kind: str
    at: datetime
    text: str
    data: dict[str, Any]
    visit: int | None
    origin: str


class BehaviourCount(BaseModel):
    """How often something was done."""

    kind: str
    name: NameOut
    count: int
    last_at: datetime


class BehaviourTrail(BaseModel):
    """A page of a record's trail; `counts` only come with the first."""

    items: list[BehaviourEvent]
    next_cursor: str | None
    counts: list[BehaviourCount]


class RetentionOut(BaseModel):
    """Months for which what comes from outside is kept; `known_months` None: like the record."""

    strangers_months: int
    known_months: int | None
    bodies_months: int


class RetentionIn(Schema, extra="forbid"):
    """How many months what comes from outside is to be kept."""

    strangers_months: int = Field(ge=1, le=36)
    known_months: int | None = Field(None, ge=1, le=120)
    bodies_months: int = Field(ge=1, le=36)


class SiteOut(BaseModel):
    """A site and what its pages carry."""

    key: str
    name: str
    origins: list[str]
    is_active: bool
    asks_consent: bool
    respects_dnt: bool
    consent_text: NameOut
    snippet: str


class SiteChange(Schema, extra="forbid"):
    """What is changed; what is not given stays."""

    name: FilledLine | None = None
    origins: list[FilledLine] | None = Field(None, max_length=50)
    is_active: bool | None = None
    asks_consent: bool | None = None
    respects_dnt: bool | None = None
    consent_text: dict[str, Paragraph] | None = Field(None, max_length=2)


class SiteIn(Schema, extra="forbid"):
    """A new site."""

    key: SiteKey
    name: FilledLine
    origins: list[FilledLine] = Field(max_length=50)
    asks_consent: bool = True
    respects_dnt: bool = True
    consent_text: dict[str, Paragraph] = Field(default_factory=dict, max_length=2)
