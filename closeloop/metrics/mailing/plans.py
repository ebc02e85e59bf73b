"""What is mailed, to whom, when: as it is asked for, checked, and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from closeloop.engine.calendars import NoWorkingTime
from closeloop.engine.metrics import Board, View
from closeloop.engine.metrics.rhythm import Rhythm
from closeloop.engine.metrics.view import PRESETS
from closeloop.metrics import errors
from closeloop.metrics.exporting import files
from closeloop.metrics.models import FigureMail
from closeloop.notices import readers
from closeloop.sla import calendars

MOST_RECIPIENTS = 50
LONGEST_NAME = 100


@dataclass(frozen=True)
class About:
    """What is mailed: a view, or a board over one of its periods."""

    view: View | None = None
    board: Board | None = None
    period: str | None = None
    unit: int | None = None

    @property
    def metrics(self) -> set[str]:
        """The metrics whose figures are in it."""
        if self.view is not None:
            return {self.view.metric}
        return {each.metric for each in self.board.panels if each.metric} if self.board else set()


@dataclass(frozen=True)
class Plan:
    """A mail as its owner wants it."""

    name: str
    about: Mapping[str, Any]
    recipients: Sequence[int]
    rhythm: Rhythm
    is_active: bool = True


def read_about(document: Mapping[str, Any]) -> About:
    """What is mailed, from how it is kept: `view`, or `board` with `period` and `unit`.

    Raises MetricNotFound, BoardNotFound, MetricInvalid.
    """
    if document.get("view") is not None:
        return About(view=files.read(document["view"]))
    board = files.held_board(str(document.get("board")))
    period = document.get("period")
    return About(
        board=board,
        period=period if period in PRESETS else board.periods[0],
        unit=document.get("unit"),
    )


def check(plan: Plan) -> None:
    """Raises FigureMailInvalid with every field that is wrong."""
    wrong = []
    if not 0 < len(plan.name.strip()) <= LONGEST_NAME:
        wrong.append({"field": "name", "code": "required"})
    known = readers.active_people(set(plan.recipients))
    if not 0 < len(plan.recipients) <= MOST_RECIPIENTS or set(plan.recipients) - set(known):
        wrong.append({"field": "recipients", "code": "unknown_choice"})
    if not plan.rhythm.is_sound:
        wrong.append({"field": "rhythm", "code": "unknown_choice"})
    if wrong:
        raise errors.FigureMailInvalid({"errors": wrong})


def rhythm_of(mail: FigureMail) -> Rhythm:
    """When a mail comes."""
    return Rhythm(
        every=mail.every,
        hour=mail.hour,
        weekdays=tuple(mail.weekdays),
        month_day=mail.month_day,
        is_workdays_only=mail.is_workdays_only,
    )


def next_at(rhythm: Rhythm, now: datetime) -> datetime | None:
    """When it comes next on the company's clock and by its working days."""
    zone = timezone.get_current_timezone()
    return rhythm.next_after(now, zone=zone, is_workday=_is_workday)


def _is_workday(day: date) -> bool:
    """Whether the company works on a day; every day counts where nobody ever works."""
    calendar = calendars.for_unit(None).calendar
    try:
        return calendar.working_days_before(day + timedelta(days=1))[0] == day
    except NoWorkingTime:
        return True
