"""What the addresses of notices take and give."""

from datetime import datetime, time
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BaseModel, Field

from closeloop.edge.texts import Line

Id = Annotated[int, Field(ge=1, lt=2**63)]
Name = dict[str, str]
TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["22:00"])]
DigestKind = Literal["off", "hourly", "daily"]
DeliveryStateName = Literal["waiting", "sending", "sent", "failed", "unknown", "dead", "skipped"]


class Answer(BaseModel):
    """What an endpoint gives, from plain mappings."""


class PersonRef(Answer):
    """A person by id and name."""

    id: int
    name: str


class RecordRef(Answer):
    """A record by id, type and title."""

    id: int
    type: str
    title: str


class NoticeOut(Answer):
    """A notice in the reader's language."""

    id: int
    event: str
    group: str
    title: str
    body: str
    at: datetime
    link: str
    record: RecordRef | None
    is_red: bool
    is_copy: bool
    seen_at: datetime | None
    document_id: int | None


class NoticePageOut(Answer):
    """Some notices, how many were not seen at all, and where to go on."""

    items: list[NoticeOut]
    unread: int
    next_cursor: str | None


class SeenIn(Schema, extra="forbid"):
    """Which notices were seen; null means all."""

    ids: list[Id] | None = Field(default=None, max_length=1000)


class Unread(Answer):
    """How many notices are left unseen."""

    unread: int


class Quiet(Schema, extra="forbid"):
    """Hours in which only urgent messages come, in one's own time; over midnight where from is
    later.
    """

    model_config = {"populate_by_name": True}
    from_: TimeOfDay = Field(alias="from")
    to: TimeOfDay


class SettingsIn(Schema, extra="forbid"):
    """How one wants to be told."""

    channels: dict[str, dict[str, bool]] = {}
    quiet: Quiet | None = None
    digest: DigestKind = "off"
    digest_at: TimeOfDay = "08:30"
    time_zone: Line = ""


class OwnChannel(Answer):
    """A channel as a person may switch it."""

    key: str
    name: Name
    is_on: bool
    is_fixed: bool
    takes_digests: bool
    address: str


class GroupOut(Answer):
    """What channels are switched for."""

    key: str
    name: Name


class QuietOut(Answer):
    """Hours in which only urgent messages come."""

    model_config = {"populate_by_name": True}
    from_: str = Field(alias="from")
    to: str


class SettingsOut(Answer):
    """One's settings; `channels` holds every switch as it stands, group by group."""

    channels: dict[str, dict[str, bool]]
    quiet: QuietOut | None
    digest: DigestKind
    digest_at: str
    time_zone: str
    groups: list[GroupOut]
    available: list[OwnChannel]


class NoticeRef(Answer):
    """The notice that a delivery carries, in the reader's language."""

    id: int
    event: str
    title: str


class DeliveryOut(Answer):
    """One notice on one channel."""

    id: int
    notice: NoticeRef
    person: PersonRef
    channel: str
    state: DeliveryStateName
    attempts: int
    created_at: datetime
    next_at: datetime | None
    sent_at: datetime | None
    provider_id: str
    receipt: dict[str, Any] | None
    error_code: str
    error: str
    reason: str
    can_resend: bool


class DeliveryPageOut(Answer):
    """Some deliveries and where to go on."""

    items: list[DeliveryOut]
    next_cursor: str | None


class SettingFieldOut(Answer):
    """One setting of a channel, for its form."""

    key: str
    name: Name
    kind: Literal["text", "secret", "number", "boolean", "choice"]
    is_required: bool
    choices: list[str]
    only_for: dict[str, list[str]]


class ChannelOut(Answer):
    """A channel as it is set up. Of secrets only their keys are told."""

    key: str
    name: Name
    is_on: bool
    is_complete: bool
    is_fixed: bool
    guarantee: Literal["exactly_once", "repeats_dropped", "at_most_once", "at_least_once"]
    guarantee_text: str
    fields: list[SettingFieldOut]
    settings: dict[str, Any]
    secrets_set: list[str]
    missing: list[str]
    counts: dict[str, int]


class ChannelIn(Schema, extra="forbid"):
    """What is to change of a channel: named settings are replaced, null removes one."""

    is_on: bool | None = None
    settings: dict[str, str | bool | int | None] = {}


class TriedOut(Answer):
    """What came of a test message; `reason` is told to the reader."""

    is_sent: bool
    is_uncertain: bool
    provider_id: str
    code: str
    detail: str
    reason: str


def time_of(text: str) -> time:
    """A time of day as typed."""
    return time.fromisoformat(text)
