"""Small pieces that several answers of approvals hold."""

from typing import Annotated, Any, Literal

from ninja import Field
from pydantic import BaseModel

from closeloop.edge.texts import Name, Paragraph

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Id = Annotated[int, Field(ge=1, lt=2**63)]
Definition = Annotated[
    dict[str, Any], Field(description="A flow: docs/recipes/add-an-approval-flow.md")
]
Comment = Annotated[Paragraph, Field(max_length=2000)]
Files = Annotated[list[Id], Field(max_length=20)]


class Answer(BaseModel):
    """What an endpoint gives, from plain mappings."""


class Person(Answer):
    """A person by id and name."""

    id: int
    name: str


class RecordRef(Answer):
    """A record by id, type and title."""

    id: int
    type: str
    title: str


class FlowRef(Answer):
    """A flow by key and name."""

    key: str
    name: Name


class Option(Answer):
    """Something to choose from, by key and name."""

    key: str
    name: Name


class FormRow(Answer):
    """One line of the form as the reader may see it."""

    key: str
    name: Name
    type: str
    value: Any
    label: Name | None
    access: Literal["read", "edit"]
    is_required: bool
    choices: list[Option]
