"""What support brings to those below: clocks about cases, notices, what people hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.identity.actor import Actor
from closeloop.notices.events import Event, Events, Group
from closeloop.org.handover import Held, Holding, Holdings
from closeloop.sla.subjects import Kind, Subjects
from closeloop.support import actions as support
from closeloop.support import queries
from closeloop.support.actions import helping, opening, turning
from closeloop.support.models import Case

Name = Mapping[str, str]
EVENTS = (
    Event(opening.ASKED, group=Group.TASKS, reminds=True),
    Event(helping.HELPED, group=Group.TASKS),
    Event(helping.REOPENED, group=Group.TASKS, reminds=True),
    Event(helping.WITHDRAWN, default_channels=("in_app",), group=Group.TASKS),
)


def plug(subjects: Subjects, events: Events, holdings: Holdings) -> None:
    """Join support to clocks, notices and handing over."""
    subjects.kinds[turning.ABOUT] = Kind(
        requesters=lambda contexts: [context.get("requester_id") for context in contexts],
        titles=_titles,
        link=lambda context: f"/support/{context.get('support_case_id')}",
        reassign=support.reassign_by_clock,
        lock=support.lock_case,
    )
    for event in EVENTS:
        events.register(event)
    holdings.register(CASES)


def _titles(contexts: Sequence[Mapping[str, Any]]) -> list[Name | None]:
    ids = [context.get("support_case_id") or 0 for context in contexts]
    found = Case.objects.in_bulk(ids)
    return [_title(found.get(each)) for each in ids]


def _title(case: Case | None) -> Name | None:
    if case is None:
        return None
    return {key: f"{case.number} {name}" for key, name in turning.kind_name(case.kind).items()}


def _held(person_id: int, limit: int) -> list[Held]:
    return [
        Held(case.pk, f"{case.number} {case.what[:60]}", "support_case", f"/support/{case.pk}")
        for case in queries.open_cases_of(person_id, limit=limit)
    ]


def _hand_over(person_id: int, to: int, actor: Actor) -> int:
    return support.reassign_cases(person_id, to, actor=actor)


CASES = Holding(
    key="support_cases",
    name={"zh-CN": "待支持的工单", "en-US": "Support cases"},
    count=queries.count_open,
    items=_held,
    hand_over=_hand_over,
)
