"""The penetration of a period."""

from datetime import datetime

from ninja import Schema

from closeloop.edge.moments import Moment
from closeloop.fieldwork.schemas.shared import FollowUpName, Id


class PeriodQuery(Schema):
    """A period, and a unit with all below it."""

    since: Moment | None = None
    until: Moment | None = None
    unit: Id | None = None


class PenetrationRow(Schema):
    """A follow-up that fell due, and what met it. `customer` null: out of one's reach by now."""

    customer: FollowUpName | None
    owner: FollowUpName | None
    due_at: datetime
    is_done: bool
    followup_id: int | None
    done_at: datetime | None


class PenetrationPerson(Schema):
    """One person's part."""

    person: FollowUpName
    due: int
    done: int
    rate: float


class PenetrationOut(Schema):
    """Due dates followed up effectively ÷ all that fell due in the period, with those behind it."""

    since: datetime
    until: datetime
    due: int
    done: int
    rate: float | None
    people: list[PenetrationPerson]
    records: list[PenetrationRow]
