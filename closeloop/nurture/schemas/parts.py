"""What several addresses about nurture have in common."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from closeloop.edge.texts import FilledLine

Id = Annotated[int, Field(ge=1, lt=2**63)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
NameOut = dict[str, str]
ChannelKey = Literal["mail", "sms", "wecom"]
Language = Literal["zh-CN", "en-US"]
Definition = dict[str, Any]


class NurtureName(BaseModel):
    """A name in both languages."""

    zh: FilledLine = Field(alias="zh-CN")
    en: FilledLine = Field(alias="en-US")

    def as_data(self) -> dict[str, str]:
        """The name as it is stored."""
        return {"zh-CN": self.zh, "en-US": self.en}


class NurtureNamed(BaseModel):
    """Something by its key and its name in both languages."""

    key: str
    name: NameOut


class NurtureSaid(BaseModel):
    """Something by its key and its name in the reader's language."""

    key: str
    name: str


class NurturePerson(BaseModel):
    """Somebody by id and name."""

    id: int
    name: str


class NurtureRecord(BaseModel):
    """A record by id, type and title."""

    id: int
    type: str
    title: str


class NurtureProblem(BaseModel):
    """A fault of a path or a template; `path` is a JSON Pointer into it."""

    code: str
    path: str
    data: dict[str, Any]
    step: str | None
    message: str


class NurtureReason(BaseModel):
    """How often something was not sent, and why."""

    reason: str
    name: str
    count: int


class NurtureDraftIn(BaseModel):
    """A draft. `revision` is that of the draft which was read: another one is refused."""

    definition: Definition
    revision: int | None = None


class NurtureTryIn(BaseModel):
    """A definition to be looked at; null is the draft, else what is published."""

    definition: Definition | None = None
