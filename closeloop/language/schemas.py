"""What the addresses of the language model take and give."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

from closeloop.edge.texts import Line
from closeloop.language.models import Outcome

Id = Annotated[int, Field(ge=1, lt=2**63)]
Address = Annotated[str, Field(max_length=300, pattern=r"^(https?://[^\s]+)?$")]


class LanguagePerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class LanguageSetup(Schema):
    """What is set up; of the key only whether there is one. `today` is what was spent."""

    is_on: bool
    base_url: str
    model: str
    has_key: bool
    timeout_s: int
    calls_a_day: int
    tokens_a_day: int
    for_everybody: bool
    unit_ids: list[int]
    people: list[LanguagePerson]
    revision: int
    calls_today: int
    tokens_today: int


class LanguageSetupIn(Schema, extra="forbid"):
    """What is to change; `revision` as it was read. An empty key forgets the key."""

    is_on: bool | None = None
    base_url: Address | None = None
    model: Line | None = None
    key: Annotated[str, Field(max_length=300)] | None = None
    timeout_s: Annotated[int, Field(ge=1, le=60)] | None = None
    calls_a_day: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    tokens_a_day: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None
    for_everybody: bool | None = None
    unit_ids: Annotated[list[Id], Field(max_length=500)] | None = None
    person_ids: Annotated[list[Id], Field(max_length=500)] | None = None
    revision: int | None = None


class LanguageTried(Schema):
    """How a small question ended."""

    outcome: Outcome
    error: str
    took_ms: int
    answer: str


class LanguageQuestion(Schema):
    """A question as it left."""

    id: int
    at: datetime
    person: LanguagePerson | None
    purpose: str
    model: str
    asked: str
    answered: str
    outcome: Outcome
    error: str
    tokens_in: int
    tokens_out: int
    took_ms: int


class LanguageQuestions(Schema):
    """The latest questions."""

    items: list[LanguageQuestion]
