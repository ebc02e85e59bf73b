"""What waits for somebody, and a manager's workbench."""

from datetime import datetime
from typing import Literal

from ninja import Schema

from closeloop.desk.schemas.moves import RecordRef
from closeloop.desk.schemas.names import Person
from closeloop.documents.schemas import DocumentRow
from closeloop.sla.schemas import ClockOut
from closeloop.tasks.schemas import TaskOut


class DueOut(Schema):
    """One thing to do. `at` is null where nothing says by when; the title is in one's language."""

    kind: Literal["clock", "task", "approval", "exception"]
    at: datetime | None
    is_late: bool
    is_red: bool
    title: str
    record: RecordRef | None
    link: str
    clock_id: int | None
    task_id: int | None
    case_id: int | None


class LateByPerson(Schema):
    """The open clocks of one person."""

    person: Person
    running: int
    late: int
    red: int


class WaitingApprovals(Schema):
    """What waits for an answer of the team."""

    waiting: int
    late: int
    oldest_at: datetime | None


class WorkbenchFigures(Schema):
    """Sums over the team; `people` are those below, without oneself."""

    people: int
    running: int
    late: int
    red: int
    tasks_open: int
    tasks_late: int


class Workbench(Schema):
    """What a manager looks at first."""

    red: list[ClockOut]
    tasks: list[TaskOut]
    documents: list[DocumentRow]
    late_by_person: list[LateByPerson]
    approvals: WaitingApprovals
    figures: WorkbenchFigures
