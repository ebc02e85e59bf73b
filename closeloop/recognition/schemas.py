"""What the addresses about readings take and give."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from closeloop.edge.texts import Line
from closeloop.recognition.models import ReadingKind, ReadingState

Id = Annotated[int, Field(ge=1, lt=2**63)]
Secret = Annotated[str, Field(max_length=500)]


class ReadingLine(Schema):
    """A line as it was read. `box`: left, top, right, bottom in shares of the picture."""

    text: str
    side: Literal["own", "other", ""]
    message: int | None = None
    confidence: float | None = None
    box: list[float] | None = None
    from_s: float | None = None
    to_s: float | None = None


class ReadingFact(Schema):
    """A fact that the text proposes. `record`: whom a name means, within the viewer's reach."""

    kind: Literal["phone", "email", "amount", "date", "serial", "company"]
    value: str
    said: str
    span: list[int]
    record: dict[str, Any] | None = None


class RecognitionOut(Schema):
    """A reading. `problem` says what to do where it has failed."""

    id: int
    attachment_id: int
    kind: ReadingKind
    purpose: str
    state: ReadingState
    engine: str
    engine_version: str
    lines: list[ReadingLine]
    text: str
    facts: list[ReadingFact]
    confidence: float | None
    lasts_s: float | None
    took_ms: int | None
    error: str
    problem: str
    asked_at: datetime
    finished_at: datetime | None


class SpeechOut(Schema):
    """How speech is read. The key itself never leaves."""

    backend: Literal["off", "service", "local"]
    base_url: str
    model: str
    model_path: str
    language: str
    words: str
    has_key: bool


class SpeechIn(Schema, extra="forbid"):
    """How speech is to be read. Without `key` the one that is kept stays; an empty one goes."""

    backend: Literal["off", "service", "local"]
    base_url: Line = ""
    model: Line = ""
    model_path: Line = ""
    language: Line = ""
    words: Line = ""
    key: Secret | None = None
