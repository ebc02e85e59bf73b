"""What the addresses about tasks take and give."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from closeloop.edge.moments import Moment
from closeloop.edge.texts import FilledLine, Paragraph
from closeloop.tasks.models import TaskState

Id = Annotated[int, Field(ge=1, lt=2**63)]


class TaskPerson(Schema):
    """Somebody by id and name."""

    id: int
    name: str


class TaskRecord(Schema):
    """The record that a task is about."""

    id: int
    type: str
    title: str


class TaskCan(Schema):
    """What the viewer may do with a task."""

    finish: bool
    cancel: bool


class TaskAnswer(Schema):
    """One of the answers of which a task wants one."""

    key: str
    name: dict[str, str]


class TaskOut(Schema):
    """A task. The record is told only to whom may read it.

    With `answers` it is done by choosing one, which then stands in `answer`.
    """

    id: int
    kind: str
    title: dict[str, str]
    note: str
    owner: TaskPerson
    asker: TaskPerson | None
    record: TaskRecord | None
    due_at: datetime | None
    is_late: bool
    is_red: bool
    state: TaskState
    result: str
    origin: dict[str, Any]
    answers: list[TaskAnswer]
    answer: str | None
    created_at: datetime
    done_at: datetime | None
    done_by: TaskPerson | None
    can: TaskCan


class TaskPage(Schema):
    """A page of tasks."""

    items: list[TaskOut]
    next_cursor: str | None


class TaskQuery(Schema):
    """Which tasks: a box, or those about one record."""

    box: Literal["mine", "team", "asked"] = "mine"
    state: TaskState = TaskState.OPEN
    record_id: Id | None = None
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=100)


class TaskIn(Schema, extra="forbid"):
    """What is to be done; by oneself unless another owner is named."""

    title: FilledLine
    note: Paragraph = ""
    owner_id: Id | None = None
    due_at: Moment | None = None
    record_id: Id | None = None


class TaskClosing(Schema, extra="forbid"):
    """What came of it."""

    note: Paragraph = ""


class TaskFinishing(TaskClosing):
    """What came of it; a task that asks for one of several answers wants its key."""

    answer: str = Field("", max_length=63)
