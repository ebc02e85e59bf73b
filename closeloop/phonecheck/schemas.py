"""What the addresses about the two-source check take and give."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from closeloop.edge.texts import FilledLine, Line

Id = Annotated[int, Field(ge=1, lt=2**63)]
CheckState = Literal["open", "kept", "match", "unknown"]


class CheckRef(Schema):
    """A record by id and title."""

    id: int
    title: str


class CheckPerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class SourceWord(Schema):
    """What one source says of the phone, and the numbers that it has."""

    source: Literal["wecom", "registry"]
    name: str
    verdict: Literal["match", "mismatch", "unknown"]
    reason: str
    text: str
    numbers: list[str]


class CheckKept(Schema):
    """Who keeps the phone all the same, and why."""

    at: datetime
    by: str
    why: str


class CheckLink(Schema):
    """Who the contact is in WeCom; `others`: how many more colleagues have them."""

    name: str
    company: str
    how: Literal["mobile", "name", "lead", "hand"]
    is_gone: bool
    followers: list[str]
    others: int


class PhoneCheck(Schema):
    """What both sources say of a contact's phone; `is_on`: whether any source is asked."""

    contact: CheckRef
    customer: CheckRef | None
    owner: CheckPerson | None
    is_on: bool
    phone: str | None
    version: int
    state: Literal["none", "open", "kept", "match", "unknown"]
    sources: list[SourceWord]
    checked_at: datetime | None
    kept: CheckKept | None
    wecom: CheckLink | None
    may_decide: bool


class PhoneCheckPage(Schema):
    """A page of checks, and how many there are in each state."""

    items: list[PhoneCheck]
    next_cursor: str | None
    counts: dict[CheckState, int]


class PhoneCheckQuery(Schema):
    """Which checks."""

    state: CheckState = "open"
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(30, ge=1, le=100)


class KeepIn(Schema, extra="forbid"):
    """Why the phone is kept."""

    why: FilledLine


class TakeIn(Schema, extra="forbid"):
    """The number to be taken."""

    number: FilledLine


class WeComPerson(Schema):
    """Somebody in WeCom who may be the contact."""

    external_id: str
    name: str
    company: str
    numbers: list[str]


class WeComLinkIn(Schema, extra="forbid"):
    """Who the contact is there; null: nobody."""

    external_id: Annotated[str, Field(min_length=1, max_length=100)] | None


class SourceReading(Schema):
    """When a source was read last, and why it could not be."""

    at: datetime | None
    problem: str


class KeptOfSources(Schema):
    """How much is kept of each source."""

    people: int
    linked: int
    companies: int


class PhoneCheckSettings(Schema):
    """The sources as they are set up."""

    uses_wecom: bool
    uses_registry: bool
    is_strict: bool
    provider: str
    base_url: str
    has_key: bool
    providers: list[str]
    kept: KeptOfSources
    readings: dict[Literal["wecom", "registry"], SourceReading]


class PhoneCheckSettingsIn(Schema, extra="forbid"):
    """The sources as they shall be; no `key` leaves the one that is kept, an empty forgets it."""

    uses_wecom: bool
    uses_registry: bool
    is_strict: bool = True
    provider: Line = ""
    base_url: Line = ""
    key: Annotated[str, Field(max_length=256)] | None = None


class RegistryTaken(Schema):
    """What became of a table."""

    taken: int
    left_out: int
