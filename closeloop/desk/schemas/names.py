"""Small pieces that several answers hold."""

from ninja import Schema

Name = dict[str, str]


class Person(Schema):
    """A person or unit by id and name."""

    id: int
    name: str


class OptionOut(Schema):
    """A reason to choose from, or a checklist item."""

    key: str
    name: Name
    guidance: Name | None = None
