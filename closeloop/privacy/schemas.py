"""What the API takes and gives about privacy."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StringConstraints

from closeloop.edge.texts import FilledLine

Days = Annotated[int, Field(ge=1, le=36500)]
Id = Annotated[int, Field(ge=1, lt=2**63)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class Both(Schema, extra="forbid"):
    """Words in both languages of the product."""

    zh: Words = Field(alias="zh-CN")
    en: Words = Field(alias="en-US")

    def as_data(self) -> dict[str, str]:
        """As it is stored."""
        return {"zh-CN": self.zh, "en-US": self.en}


class PrivacyPerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class PrivacyPurpose(Schema):
    """What a kind of personal data is taken for; `mine` is what one answered to this version."""

    key: str
    version: int
    name: dict[str, str]
    text: dict[str, str]
    mine: Literal["agreed", "declined"] | None
    answered_at: datetime | None


class PrivacyPurposes(Schema):
    """Every purpose."""

    items: list[PrivacyPurpose]


class ConsentIn(Schema, extra="forbid"):
    """One's answer to a version of a purpose."""

    purpose: Key
    version: Annotated[int, Field(ge=1, lt=2**31)]
    agreed: bool
    via: Literal["screen", "phone"] = "screen"


class PurposeIn(Schema, extra="forbid"):
    """New words for a purpose; everybody is asked again."""

    name: Both
    text: Both


class PurposeAnswers(Schema):
    """How many people said what to a purpose as it stands."""

    key: str
    version: int
    name: dict[str, str]
    text: dict[str, str]
    published_at: datetime
    agreed: int
    declined: int
    silent: int


class RetentionRow(Schema):
    """How long one kind is kept. `past` is how many are past it and go in the next night."""

    key: str
    name: dict[str, str]
    stays: dict[str, str]
    days: int | None
    default_days: int | None
    by_time: bool
    past: int


class RetentionPreview(Schema):
    """How many of a kind would go."""

    key: str
    days: int | None
    past: int


class RetentionDaysIn(Schema, extra="forbid"):
    """For how many days; null without an end."""

    days: Days | None


class AccessRecord(Schema):
    """What something belongs to; told only to whom may read it."""

    id: int
    type: str
    title: str


class AccessRow(Schema):
    """Somebody looked at something."""

    id: int
    at: datetime
    person: PrivacyPerson
    kind: str
    kind_name: dict[str, str]
    item_id: int
    record: AccessRecord | None


class AccessPage(Schema):
    """A page of the access log."""

    items: list[AccessRow]
    next_cursor: str | None
    kinds: list["AccessKind"]


class AccessKind(Schema):
    """A kind that is looked at."""

    key: str
    name: dict[str, str]


class AccessQuery(Schema):
    """Which looks."""

    kind: Annotated[str, Field(max_length=64)] = ""
    person: Id | None = None
    record: Id | None = None
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=100)


class HeldKind(Schema):
    """How much of one kind is held about somebody, and what stays when it is erased."""

    key: str
    name: dict[str, str]
    stays: dict[str, str]
    count: int


class Held(Schema):
    """What is held about a person outside. `elsewhere` says where nobody looked by itself."""

    record: AccessRecord
    kinds: list[HeldKind]
    elsewhere: str


class SubjectRequestIn(Schema, extra="forbid"):
    """An export or an erasure, and why."""

    kind: Literal["export", "erasure"]
    contact_id: Id
    reason: FilledLine


class SubjectRequestOut(Schema):
    """One request; `done_kinds` of `all_kinds` are done."""

    id: int
    kind: Literal["export", "erasure"]
    record: AccessRecord
    reason: str
    state: Literal["waiting", "running", "done", "failed"]
    counts: list[HeldKind]
    done_kinds: int
    all_kinds: int
    asked_by: PrivacyPerson | None
    asked_at: datetime
    finished_at: datetime | None
    url: str | None
    elsewhere: str


class SubjectRequestPage(Schema):
    """A page of requests."""

    items: list[SubjectRequestOut]
    next_cursor: str | None


class PageQuery(Schema):
    """Which page."""

    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=100)


class DaysQuery(Schema):
    """A period to try; none is without an end."""

    days: Days | None = None
