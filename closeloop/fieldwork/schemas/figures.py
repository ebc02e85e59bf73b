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
    """A customer whose follow-up fell due, and what met it."""

    customer: FollowUpName
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
    """Effective follow-ups ÷ customers whose follow-up fell due, with the customers behind it."""

    since: datetime
    until: datetime
    due: int
    done: int
    rate: float | None
    people: list[PenetrationPerson]
    records: list[PenetrationRow]
