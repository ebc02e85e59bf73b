"""What the addresses about support take and give."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from closeloop.edge.moments import Moment
from closeloop.support.models import CaseState
from closeloop.support.queries import MOST, Part

Id = Annotated[int, Field(ge=1, lt=2**63)]
NameOut = dict[str, str]
_NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$"
Said = Annotated[str, StringConstraints(max_length=2000, pattern=_NO_CONTROLS)]
Key = Annotated[str, Field(max_length=60)]


class SupportPerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class SupportChoice(Schema):
    """Something by key and name."""

    key: str
    name: NameOut


class SupportHelpKind(SupportChoice):
    """A kind of help; only substantive help counts."""

    is_substantive: bool
    needs_text: bool


class SupportOptions(Schema):
    """What forms about support offer."""

    version: int
    kinds: list[SupportChoice]
    helps: list[SupportHelpKind]


class SupportRecord(Schema):
    """What a case is about; `is_readable`: whether the viewer may open it."""

    id: int
    type: str
    title: str
    is_readable: bool


class SupportFile(Schema):
    """A document of a case."""

    id: int
    name: str
    content_type: str
    size: int
    url: str
    thumbnail_url: str | None


class SupportHelp(Schema):
    """What somebody did about a case; `turned_down`: it does not count any more."""

    id: int
    kind: SupportChoice
    is_substantive: bool
    text: str
    by: SupportPerson | None
    at: datetime
    turned_down: bool
    in_time: bool
    files: list[SupportFile]


class SupportTurn(Schema):
    """One turn in the course of a case."""

    what: Literal["requested", "assigned", "noted", "given", "confirmed", "reopened", "withdrawn"]
    at: datetime
    by: SupportPerson | None
    to: SupportPerson | None
    note: str
    help_id: int | None


class SupportCan(Schema):
    """What the viewer may do with a case."""

    help: bool
    assign: bool
    judge: bool
    withdraw: bool
    add_files: bool


class SupportCaseRow(Schema):
    """A support case in a list.

    `due_at`: when its first 24 hours are over. `answer_by`: until when help is due now, which is
    later once help was turned down. `outcome`: what it counts as by now.
    """

    id: int
    number: str
    kind: SupportChoice
    what: str
    record: SupportRecord | None
    customer: SupportRecord | None
    unit: SupportPerson | None
    requester: SupportPerson
    owner: SupportPerson | None
    state: CaseState
    origin: str
    opened_at: datetime
    due_at: datetime | None
    answer_by: datetime | None
    is_late: bool
    reopened: int
    ended_at: datetime | None
    outcome: Literal["met", "missed", "pending", "withdrawn", "unclocked"]
    version: int
    can: SupportCan


class SupportCaseOut(SupportCaseRow):
    """A support case whole: why this owner, its course, its documents."""

    why: str
    helps: list[SupportHelp]
    turns: list[SupportTurn]
    files: list[SupportFile]


class SupportCasePage(Schema):
    """A page of cases."""

    items: list[SupportCaseRow]
    next_cursor: str | None


class SupportCaseQuery(Schema):
    """Which cases: a box, or those about one record."""

    box: Literal["mine", "asked", "team", "all"] = "mine"
    state: Literal["open", "supported", "closed", "withdrawn", "ongoing", "any"] = "ongoing"
    kind: Key = ""
    record_id: Id | None = None
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=MOST)


class SupportCaseIn(Schema, extra="forbid"):
    """A problem, about a deal or a customer or neither."""

    kind: Key
    what: Said
    record_id: Id | None = None
    customer_id: Id | None = None
    client_id: UUID | None = None
    via: Literal["screen", "phone", "api"] = "screen"


class SupportOwnerQuery(Schema):
    """Which problem somebody would be asked about."""

    kind: Key
    record_id: Id | None = None
    customer_id: Id | None = None


class SupportOwnerOut(Schema):
    """Who would be asked, and why."""

    owner: SupportPerson | None
    why: str


class SupportHelpIn(Schema, extra="forbid"):
    """What was done; `file_ids` are documents sent to the case before."""

    kind: Key
    text: Said = ""
    file_ids: Annotated[list[Id], Field(max_length=20)] = []


class SupportSaying(Schema, extra="forbid"):
    """Why, in a sentence."""

    note: Said = ""


class SupportAssigning(SupportSaying):
    """Who is to help instead."""

    owner_id: Id


class SupportPeriodQuery(Schema):
    """When problems were reported, and of which unit (with all below it)."""

    since: Moment
    until: Moment
    unit: Id | None = None


class SupportBehindQuery(SupportPeriodQuery):
    """The cases behind one figure."""

    part: Part = "reported"
    kind: Key = ""
    region: Id | None = None
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=MOST)


class SupportFigure(Schema):
    """Reported; of these due (their 24 hours over), met, missed; pending and withdrawn: neither."""

    reported: int
    due: int
    met: int
    missed: int
    rate: float | None
    pending: int
    withdrawn: int
    unclocked: int


class SupportRegionFigure(SupportFigure):
    """The figures of a region."""

    region: SupportPerson | None


class SupportKindFigure(SupportFigure):
    """The figures of a kind of problem."""

    kind: SupportChoice


class SupportCell(SupportFigure):
    """The figures of a kind in a region."""

    region_id: int | None
    kind: str


class SupportFigures(Schema):
    """The figures of a period, with their definition in words."""

    total: SupportFigure
    by_region: list[SupportRegionFigure]
    by_kind: list[SupportKindFigure]
    cells: list[SupportCell]
    definition: str


class SupportSetupVersion(Schema):
    """A published version; nobody published those that a pack brought."""

    version: int
    definition: dict[str, Any]
    sentences: list[str]
    published_at: datetime
    published_by: SupportPerson | None
    is_shipped: bool
    is_current: bool


class SupportSetup(Schema):
    """The configuration: kinds, kinds of help, rules; the latest versions, newest first."""

    version: int
    definition: dict[str, Any]
    versions: list[SupportSetupVersion]
    units: list[SupportPerson]
    roles: list[SupportChoice]
    people: list[SupportPerson]


class SupportSetupIn(Schema, extra="forbid"):
    """A whole configuration."""

    definition: dict[str, Any]


class SupportKindTried(SupportChoice):
    """A kind of the draft, or one that it leaves out; its cases, and those under way."""

    state: Literal["added", "changed", "same", "removed"]
    cases: int
    ongoing: int


class SupportPersonTried(Schema):
    """How many of the cases somebody would be asked about, now and by the draft."""

    person: SupportPerson | None
    now: int
    then: int


class SupportSetupTried(Schema):
    """A draft tried on the cases of the last 30 days; `moved` would go to somebody else."""

    cases: int
    moved: int
    sentences: list[str]
    kinds: list[SupportKindTried]
    people: list[SupportPersonTried]
