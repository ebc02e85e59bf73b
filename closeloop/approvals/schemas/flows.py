"""What the endpoints of flows take and give."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from closeloop.approvals.schemas.pieces import (
    Answer,
    Definition,
    FormRow,
    Id,
    Key,
    Option,
    Person,
)
from closeloop.edge.texts import Name


class FlowProblem(Answer):
    """A fault of a flow: at which node, where in the definition, and what to do."""

    code: str
    path: str
    node: str
    message: str


class CheckOut(Answer):
    """What is wrong with a definition; nothing, if it can be published.

    Warnings stop nobody: steps that no clock watches. They are told once nothing is wrong.
    """

    problems: list[FlowProblem]
    warnings: list[FlowProblem]


class FlowVersionRow(Answer):
    """A published version."""

    number: int
    is_current: bool
    published_at: datetime
    published_by: Person | None
    running: int


class FlowRow(Answer):
    """A flow in the list."""

    key: str
    name: Name
    record_type: str
    is_active: bool
    version: int | None
    has_draft: bool
    running: int


class FlowDetail(FlowRow):
    """A flow with its versions, what is current, and what is being written."""

    versions: list[FlowVersionRow]
    current: dict[str, Any] | None
    draft: dict[str, Any] | None
    draft_saved_at: datetime | None


class FlowVersionOut(FlowVersionRow):
    """One version and what it says."""

    key: str
    name: Name
    definition: dict[str, Any]


class FlowIn(Schema, extra="forbid"):
    """A new flow."""

    key: Key
    name: Name
    record_type: str | None = Field(default=None, max_length=100)


class FlowDefinitionIn(Schema, extra="forbid"):
    """A whole definition."""

    definition: Definition


class FlowSwitchIn(Schema, extra="forbid"):
    """Whether new cases may enter."""

    is_active: bool


class PreviewIn(Schema, extra="forbid"):
    """Whose request about what is to be tried; without a definition the current version."""

    record_id: Id | None = None
    requester_id: Id | None = None
    form: dict[str, Any] = {}
    chosen: dict[str, list[Id]] = {}
    definition: Definition | None = None


class SeatOut(Answer):
    """A person who would be asked."""

    person: Person
    on_behalf_of: Person | None
    is_repeated: bool


class PathNode(Answer):
    """A step on the way that a request would take."""

    key: str
    name: Name
    kind: str
    mode: str | None
    is_skipped: bool
    people: list[SeatOut]


class PathOut(Answer):
    """The way of a request; `needs_choice` are the steps whose people the requester chooses."""

    path: list[PathNode]
    needs_choice: list[str]
    state: str
    form: list[FormRow]


class FactOut(Answer):
    """A fact that conditions may name."""

    key: str
    name: Name
    type: str
    operators: list[str]
    choices: list[Option]


class FlowCatalogue(Answer):
    """What a flow may be made of."""

    record_types: list[Option]
    roles: list[Option]
    policies: list[Option]
    sources: list[str]
    modes: list[str]
    rights: list[str]
    form_types: list[str]
    facts: list[FactOut]
