"""A follow-up plan from the library alone: what is typed, steps, days to do them on (D12)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from closeloop.engine.calendars import Calendar
from closeloop.engine.playbooks import Candidate, Planned, Step, make_plan
from closeloop.identity.actor import Actor
from closeloop.playbooks import facets
from closeloop.playbooks.content import said
from closeloop.playbooks.models import EntryKind
from closeloop.playbooks.queries.context import Context, context_of
from closeloop.playbooks.queries.library import Asked
from closeloop.playbooks.queries.suggesting import Suggested, search
from closeloop.playbooks.retrieval import Question
from closeloop.playbooks.shelf import Shelved
from closeloop.records.models import Record
from closeloop.sla import calendars

LOOKED_AT = 40
LONGEST_LINE = 160
_QUOTED = re.compile(r"[「“]([^」”]{6,160})[」”]")
_FURTHEST_DAYS = 60


@dataclass(frozen=True)
class PlanStep:
    """A step: what it is for, by when, and the entries that it says, shows and names."""

    step: Step
    name: Mapping[str, str]
    aim: Mapping[str, str]
    due_at: datetime
    says: Suggested | None
    shows: Suggested | None
    case: Suggested | None

    @property
    def entry_ids(self) -> list[int]:
        """The entries of the step."""
        return [each.entry.entry_id for each in (self.says, self.shows, self.case) if each]


@dataclass(frozen=True)
class Plan:
    """Steps in order; `context` is what was known of the situation."""

    situation: str
    context: Context
    steps: Sequence[PlanStep]


def plan_for(situation: str, *, record: Record | None, now: datetime, actor: Actor) -> Plan:
    """A plan by retrieval and the settings' steps; local cases first: same region, industry."""
    context = context_of(record, actor=actor) if record is not None else Context({})
    found = search(Question(situation, context.tags), Asked())[:LOOKED_AT]
    by_id = {each.entry.entry_id: each for each in found}
    steps = [_step(each) for each in facets.settings().get("steps", ())]
    candidates = [
        Candidate(each.entry.entry_id, each.entry.kind, _nearness(each.entry, context))
        for each in found
    ]
    calendar = calendars.for_unit(record.unit_id if record else None).calendar
    worded = {each["key"]: each for each in facets.settings().get("steps", ())}
    return Plan(
        situation,
        context,
        [
            _planned(each, worded[each.step.key], by_id, due(calendar, now, each.step.after_days))
            for each in make_plan(steps, candidates, case_kind=EntryKind.CASE)
        ],
    )


def line_of(entry: Shelved, language: str) -> str:
    """What to say: the first quoted sentence of an entry, else how its text begins."""
    body = said(dict(entry.content["body"]), language)
    quoted = _QUOTED.search(body)
    if quoted:
        return quoted.group(1).strip()
    first = next((line.strip() for line in body.splitlines() if line.strip()), "")
    return first[:LONGEST_LINE]


def due(calendar: Calendar, now: datetime, after_days: int) -> datetime:
    """The end of work on the so manieth working day from now; 0 is today while work goes on."""
    local = now.astimezone(calendar.zone)
    day, left = local.date(), after_days
    for _ in range(_FURTHEST_DAYS):
        spans = calendar.spans_of(day)
        if spans:
            midnight = datetime(day.year, day.month, day.day, tzinfo=calendar.zone)
            end = midnight + timedelta(seconds=spans[-1].to_s)
            if left <= 0 and end > local:
                return end
        if spans or day == local.date():
            left -= 1
        day += timedelta(days=1)
    return now + timedelta(days=max(after_days, 1))


def _step(given: Mapping[str, Any]) -> Step:
    return Step(
        given["key"], given["after_days"], tuple(given.get("says", ())), tuple(given["shows"])
    )


def _planned(
    planned: Planned, worded: Mapping[str, Any], by_id: Mapping[int, Suggested], due_at: datetime
) -> PlanStep:
    return PlanStep(
        planned.step,
        worded["name"],
        worded["aim"],
        due_at,
        by_id.get(planned.says or 0),
        by_id.get(planned.shows or 0),
        by_id.get(planned.case or 0),
    )


def _nearness(entry: Shelved, context: Context) -> int:
    """How many of the places (facets that the settings call local) an entry shares."""
    local = facets.settings().get("local_facets", ())
    return sum(bool(set(entry.tags.get(key, ())) & set(context.tags.get(key, ()))) for key in local)
