"""What the addresses about integrations take and give."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from closeloop.edge.texts import FilledLine, Line

Name = dict[str, str]
SettingKey = Annotated[str, Field(max_length=40, pattern=r"^[a-z_]+$")]
SettingValue = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00-\x1f]*$")]
ItemKey = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f]*$")]
Id = Annotated[int, Field(ge=1, lt=2**63)]


class Person(Schema):
    """A person by id and name."""

    id: int
    name: str


class SettingField(Schema):
    """One setting. A secret is never told, only whether it is there."""

    key: str
    name: Name
    part: Literal["account", "sync", "sign_in", "callback"]
    is_secret: bool
    is_required: bool
    is_set: bool
    default: str


class SyncBrief(Schema):
    """A reading of the address book, without what it found."""

    id: int
    state: Literal["read", "applied"]
    read_at: datetime
    read_by: Person | None
    applied_at: datetime | None
    applied_by: Person | None


class Integration(Schema):
    """A provider as it is set up, and what is to be entered on its side."""

    key: str
    name: Name
    is_on: bool
    is_complete: bool
    signs_in: bool
    fields: list[SettingField]
    settings: dict[str, str]
    has_directory: bool
    callback_url: str | None
    sign_in_return_url: str
    trusted_domain: str
    linked: int
    sync_due_since: datetime | None
    last_sync: SyncBrief | None


class PageToSign(Schema, extra="forbid"):
    """A page of ours that is shown inside a provider's app."""

    url: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00-\x20]*$")]
    for_agent: bool = False


class PageSignature(Schema):
    """What the app's script asks for before it lends its interfaces to the page."""

    corp_id: str
    agent_id: str
    timestamp: int
    nonce: str
    signature: str


class IntegrationChange(Schema, extra="forbid"):
    """How a provider is to be set up. A setting that is not named stays; an empty one goes."""

    is_on: bool
    signs_in: bool = False
    settings: dict[SettingKey, SettingValue] = Field(default={}, max_length=40)


class UnitItem(Schema):
    """What becomes of one unit."""

    key: str
    kind: Literal["added", "linked", "renamed", "moved", "restored", "removed"]
    unit_id: int | None
    name: str
    before: str
    parent: str
    confidence: Literal["certain", "likely"]


class PersonItem(Schema):
    """What becomes of one person; `changes` has the old and the new value of each field."""

    key: str
    kind: Literal["added", "linked", "changed", "left"]
    person_id: int | None
    name: str
    unit: str
    matched_by: Literal["", "link", "phone", "email", "name"]
    confidence: Literal["certain", "likely"]
    changes: dict[str, list[str]]


class Conflict(Schema):
    """Something that is left alone, and why."""

    code: str
    name: str
    others: list[str]
    message: str


class LeftOut(Schema):
    """Something that the organisation refused when it was applied."""

    key: str
    name: str
    code: str
    message: str


class SyncResult(Schema):
    """What was applied, by kind (`unit_added`, `person_changed`, …), and what was left out."""

    counts: dict[str, int]
    left_out: list[LeftOut]


class Sync(SyncBrief):
    """What differs between a provider's address book and the organisation."""

    units: list[UnitItem]
    people: list[PersonItem]
    conflicts: list[Conflict]
    result: SyncResult | None


class SyncChoice(Schema, extra="forbid"):
    """What to take of a difference.

    What is certain is taken unless it stands in `leave_out`, what is likely only where it stands
    in `accept`. Of those who left, only the accounts in `deactivate` are closed.
    """

    accept: list[ItemKey] = Field(default=[], max_length=20_000)
    leave_out: list[ItemKey] = Field(default=[], max_length=20_000)
    deactivate: list[Id] = Field(default=[], max_length=20_000)
    role: Line = ""


class LinkedPerson(Schema):
    """Somebody's id at a provider."""

    person: Person
    external_id: str
    source: Literal["sync", "sign_in", "hand"]
    at: datetime


class NewLink(Schema, extra="forbid"):
    """The id that somebody has at a provider."""

    external_id: FilledLine
