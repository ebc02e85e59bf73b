"""What the addresses about the organisation take and give."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from closeloop.edge.moments import Moment
from closeloop.edge.texts import FilledLine, Line, Name, Secret
from closeloop.org.access import Capability, Verb
from closeloop.org.models import AbsenceScope, Scope

Id = Annotated[int, Field(ge=1, lt=2**63)]
Username = FilledLine
Locale = Literal["zh-CN", "en-US"]
AnyName = dict[str, str]


class Ref(Schema):
    """Something by id and name."""

    id: int
    name: str


class Me(Schema):
    """The signed-in person and what they may do: per record type, each verb's widest scope."""

    id: int
    username: str
    name: str
    locale: str
    theme: str
    must_change_password: bool
    unit: Ref | None
    position: str
    roles: list[AnyName]
    is_admin: bool
    can: dict[str, dict[str, Scope]]
    admin: list[str]


class DemoAccount(Schema):
    """A sign-in of the demo company."""

    username: str
    password: str
    name: str
    position: str


class SignInProvider(Schema):
    """A way in beside name and password: `url` is where the browser goes, `?next=` where after."""

    key: str
    name: AnyName
    url: str


class Session(Schema):
    """Who is signed in here; demo sign-ins and other ways in are named while nobody is.

    `live_url` leads to the live process (`{live_url}/live`); null where there is none.
    """

    authenticated: bool
    user: Me | None
    demo: bool
    demo_accounts: list[DemoAccount]
    live_url: str | None
    providers: list[SignInProvider]


class Unit(Schema):
    """A part of the company."""

    id: int
    parent_id: int | None
    name: str
    code: str
    head: Ref | None
    position: int
    is_active: bool
    people: int
    version: int


class NewUnit(Schema):
    """A unit to be added; without a parent it is a top one."""

    name: FilledLine
    parent_id: Id | None = None
    code: Line = ""
    head_id: Id | None = None
    position: int = Field(0, ge=-(2**31), lt=2**31)


class UnitChange(Schema):
    """What is to change of a unit; what is left out stays. A new parent moves it."""

    name: FilledLine = ""
    parent_id: Id | None = None
    code: Line = ""
    head_id: Id | None = None
    position: int = Field(0, ge=-(2**31), lt=2**31)
    is_active: bool = True


class RoleRef(Schema):
    """A role by id and name."""

    id: int
    key: str
    name: AnyName


class Position(Schema):
    """A person's place: unit, role, title, superior."""

    unit: Ref
    role: RoleRef
    title: str
    superior: Ref | None
    is_primary: bool


class NewPosition(Schema):
    """A place that a person is to have."""

    unit_id: Id
    role_id: Id
    title: Line = ""
    superior_id: Id | None = None
    is_primary: bool = False


class User(Schema):
    """A person as their administrator sees them."""

    id: int
    username: str
    name: str
    email: str
    phone: str
    locale: str
    is_active: bool
    is_demo: bool
    must_change_password: bool
    last_login: datetime | None
    positions: list[Position]
    version: int


class UserFilter(Schema):
    """Which people are asked for."""

    q: Line = ""
    unit_id: int | None = None
    role_id: int | None = None
    is_active: bool | None = None
    cursor: str | None = None
    limit: int = Field(50, ge=1, le=100)


class UserPage(Schema):
    """A page of people."""

    items: list[User]
    next_cursor: str | None
    count: int


class NewUser(Schema):
    """A person to be added; the password is temporary. Without one they cannot sign in yet."""

    username: Username
    name: FilledLine
    email: Line = ""
    phone: Line = ""
    locale: Locale = "zh-CN"
    password: Secret | None = None
    positions: list[NewPosition] = Field(default_factory=list, max_length=20)


class UserChange(Schema):
    """What is to change of a person; what is left out stays. Positions are replaced as a whole."""

    username: Username = ""
    name: FilledLine = ""
    email: Line = ""
    phone: Line = ""
    locale: Locale = "zh-CN"
    is_active: bool = True
    positions: list[NewPosition] | None = Field(None, max_length=20)


class NewPassword(Schema):
    """A temporary password for somebody."""

    password: Secret


class Grant(Schema):
    """One verb on one record type (or *) within a scope."""

    record_type: FilledLine
    verb: Verb
    scope: Scope
    unit_ids: list[Id] = Field(default_factory=list, max_length=500)


class Role(Schema):
    """What holders may do."""

    id: int
    key: str
    name: AnyName
    capabilities: list[str]
    grants: list[Grant]
    is_builtin: bool
    holders: int
    version: int


class NewRole(Schema):
    """A role to be added."""

    name: Name
    key: FilledLine | None = None
    capabilities: list[Capability] = Field(default_factory=list)
    grants: list[Grant] = Field(default_factory=list, max_length=2000)


class RoleChange(Schema):
    """What is to change of a role; what is left out stays. Grants are replaced as a whole."""

    name: Name = Field(default_factory=dict, min_length=1)
    capabilities: list[Capability] = Field(default_factory=list)
    grants: list[Grant] = Field(default_factory=list, max_length=2000)


class Word(Schema):
    """A key with its name on the screen."""

    key: str
    name: AnyName


class Permissions(Schema):
    """Everything that a role can be made of."""

    record_types: list[str]
    verbs: list[Word]
    scopes: list[Word]
    capabilities: list[Word]


class PersonFound(Schema):
    """Somebody who may be chosen."""

    id: int
    name: str
    unit: Ref | None
    position: str


class Absence(Schema):
    """A time in which somebody is away, and who stands in for them."""

    id: int
    person: Ref
    delegate: Ref | None
    from_at: datetime
    to_at: datetime
    scope: AbsenceScope
    reason: str
    state: Literal["planned", "current", "over", "cancelled"]
    planned_by: Ref | None
    can_cancel: bool


class AbsencePage(Schema):
    """A page of absences, the latest first."""

    items: list[Absence]
    next_cursor: str | None


class AbsenceFilter(Schema):
    """Which absences: one's own, those in which one stands in, those of the people below one."""

    box: Literal["mine", "for_others", "team"] = "mine"
    person_id: Id | None = None
    lasting: bool = Field(False, description="only those that are not over")
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=100)


class NewAbsence(Schema):
    """An absence to be planned, one's own unless another person is named."""

    person_id: Id | None = None
    from_at: Moment
    to_at: Moment
    delegate_id: Id | None = None
    scope: AbsenceScope = AbsenceScope.ALL
    reason: Line = ""


class HeldOut(Schema):
    """One thing that somebody holds."""

    id: int
    title: str
    type: str
    link: str


class HoldingOut(Schema):
    """One kind of things that somebody holds, with the first of them."""

    key: str
    name: AnyName
    count: int
    items: list[HeldOut]


class HandoverIn(Schema, extra="forbid"):
    """Who gets what: a person by kind, `*` for every other kind."""

    to: dict[FilledLine, Id] = Field(max_length=100)
    deactivate: bool = False


class MovedOut(Schema):
    """How many of a kind went over."""

    key: str
    count: int


class HandoverOut(Schema):
    """What a handover did."""

    moved: list[MovedOut]
    deactivated: bool
