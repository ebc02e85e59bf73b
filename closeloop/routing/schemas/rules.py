"""What the addresses about rules, tests, groups and receivers take and give."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from closeloop.edge.texts import FilledLine, Line

Id = Annotated[int, Field(ge=1, lt=2**63)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
NameOut = dict[str, str]
StrategyKey = Literal["least_open", "round_robin", "weighted", "fixed"]
WhyKey = Literal["left", "paused", "away", "off_hours", "lacks_skill", "had_it", "at_cap"]
HoursKey = Literal["calendar", "always"]
Skill = Annotated[FilledLine, Field(max_length=60)]
Cap = Annotated[int, Field(ge=0, le=100_000)]


class RoutingName(BaseModel):
    """A name in both languages."""

    zh: FilledLine = Field(alias="zh-CN")
    en: FilledLine = Field(alias="en-US")

    def as_data(self) -> dict[str, str]:
        """The name as it is stored."""
        return {"zh-CN": self.zh, "en-US": self.en}


class RoutingPerson(BaseModel):
    """Somebody by id and name."""

    id: int
    name: str


class RoutingRecord(BaseModel):
    """A record by id, type and title."""

    id: int
    type: str
    title: str


class RoutingNamed(BaseModel):
    """Something by its key and its name in both languages."""

    key: str
    name: NameOut


class RoutingSaid(BaseModel):
    """Something by its key and its name in the reader's language."""

    key: str
    name: str


class BranchSentence(BaseModel):
    """A branch in words."""

    branch: str
    text: str


class RoutingSetRow(BaseModel):
    """A rule set as lists give it; the active one of a record type decides."""

    key: str
    name: NameOut
    record_type: str
    is_active: bool
    version: int | None
    has_draft: bool
    sentences: list[BranchSentence]


class RoutingVersion(BaseModel):
    """A published version."""

    number: int
    is_current: bool
    published_at: datetime
    published_by: str


class RoutingSetOut(RoutingSetRow):
    """A rule set with its versions, what it says now, and its draft."""

    versions: list[RoutingVersion]
    current: dict[str, Any] | None
    draft: dict[str, Any] | None
    drafted_at: datetime | None


class RoutingVersionOut(RoutingVersion):
    """A published version with what it says."""

    definition: dict[str, Any]
    sentences: list[BranchSentence]


class RoutingSetIn(BaseModel, extra="forbid"):
    """A new rule set."""

    key: Key
    name: RoutingName
    record_type: Line = "lead"


class RoutingDefinitionIn(BaseModel, extra="forbid"):
    """A definition being written."""

    definition: dict[str, Any]


class RoutingSwitchIn(BaseModel, extra="forbid"):
    """Whether a rule set decides."""

    is_active: bool


class RoutingProblem(BaseModel):
    """A fault in a definition, at a JSON Pointer."""

    code: str
    path: str
    data: dict[str, Any]
    message: str


class RoutingChecked(BaseModel):
    """What is wrong with a definition, or what it says."""

    problems: list[RoutingProblem]
    sentences: list[BranchSentence]


class RoutingTestIn(BaseModel, extra="forbid"):
    """What is tested on how many of the newest records.

    `definition` null: the draft, else what is published. `standing` now: people as they stand;
    free: everybody at work without an open record.
    """

    definition: dict[str, Any] | None = None
    last: Annotated[int, Field(ge=1, le=1000)] = 10
    standing: Literal["now", "free"] = "free"


class RoutingPassedCount(BaseModel):
    """How many people of a group were passed over, and why."""

    group: str
    why: WhyKey
    message: str
    count: int


class RoutingWhere(BaseModel):
    """Where a record would go; without a group, to the pool. `why` are the facts that fitted."""

    branch: RoutingNamed
    group: RoutingSaid | None
    person: RoutingPerson | None
    overflow: list[RoutingSaid]
    why: str
    passed_over: list[RoutingPassedCount]


class RoutingTried(BaseModel):
    """One record in a test: by the definition now, and by what is published before."""

    record: RoutingRecord
    now: RoutingWhere
    before: RoutingWhere | None
    is_changed: bool


class RoutingBranchCount(RoutingNamed):
    """How many records a branch took."""

    count: int


class RoutingTest(BaseModel):
    """Where the newest records would go."""

    tried: int
    changed: int
    pooled: int
    branches: list[RoutingBranchCount]
    items: list[RoutingTried]


class RoutingFact(RoutingNamed):
    """A fact that a condition may ask for; places come from the divisions."""

    type: str
    is_place: bool
    operators: list[str]
    choices: list[RoutingNamed]


class RoutingGroupBrief(RoutingNamed):
    """A group and how many people are in it."""

    members: int


class RoutingStrategy(BaseModel):
    """A way to choose, in words."""

    key: StrategyKey
    sentence: str


class RoutingCatalogue(BaseModel):
    """What the editor of rules may choose from."""

    facts: list[RoutingFact]
    groups: list[RoutingGroupBrief]
    skills: list[str]
    grades: list[RoutingNamed]
    strategies: list[RoutingStrategy]


class RoutingCatalogueQuery(BaseModel):
    """Of which record type."""

    record_type: Line = "lead"


class Division(BaseModel):
    """A province, city or county; `full_name` with what it lies in."""

    code: str
    name: str
    full_name: str
    parent: str | None
    has_parts: bool


class DivisionQuery(BaseModel):
    """The parts of a division (none: the provinces), those with a text, or those by code."""

    parent: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    q: Line = ""
    codes: Annotated[str, Field(pattern=r"^(\d{6}(,\d{6}){0,199})?$")] = ""


class ReceiverOut(BaseModel):
    """Somebody who receives by rule. `load` and `unable` are as of now."""

    person: RoutingPerson
    cap: int
    skills: list[str]
    hours: HoursKey
    is_receiving: bool
    load: int
    unable: WhyKey | None


class ReceiverIn(BaseModel, extra="forbid"):
    """What changes about somebody who receives."""

    cap: Cap | None = None
    skills: Annotated[list[Skill], Field(max_length=50)] | None = None
    hours: HoursKey | None = None
    is_receiving: bool | None = None


class MemberOut(ReceiverOut):
    """A member of a group."""

    weight: int


class MemberIn(BaseModel, extra="forbid"):
    """A member of a group; cap and skills are the person's in every group, null keeps them."""

    person: Id
    weight: Annotated[int, Field(ge=1, le=1000)] = 1
    cap: Cap | None = None
    skills: Annotated[list[Skill], Field(max_length=50)] | None = None


class RoutingGroupOut(RoutingNamed):
    """A group with its members in their order."""

    strategy: StrategyKey
    used_by: list[RoutingNamed]
    members: list[MemberOut]


class RoutingGroupIn(BaseModel, extra="forbid"):
    """A group as a whole."""

    name: RoutingName
    strategy: StrategyKey = "least_open"
    members: Annotated[list[MemberIn], Field(max_length=500)] = []


class NewRoutingGroup(RoutingGroupIn):
    """A new group."""

    key: Key
