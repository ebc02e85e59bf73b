"""Small pieces that several answers hold."""

from pydantic import BaseModel

Name = dict[str, str]


class Answer(BaseModel):
    """What an endpoint gives, from plain mappings: Ninja's Schema asks every value by attribute."""


class Person(Answer):
    """A person by id and name."""

    id: int
    name: str


class OptionOut(Answer):
    """A reason to choose from, or a checklist item."""

    key: str
    name: Name
    guidance: Name | None = None
