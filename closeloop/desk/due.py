"""What somebody must do now, of whatever kind, the soonest due first (今日待办)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from closeloop.approvals.models import Ask, Case
from closeloop.desk.reader import Reader
from closeloop.edge import messages
from closeloop.engine.approvals import AskState, CaseState
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.models import AbsenceScope
from closeloop.process import queries as process
from closeloop.process.models import ExceptionRequest
from closeloop.records import queries as records
from closeloop.sla import queries as sla
from closeloop.sla.models import Clock, ClockState
from closeloop.sla.queries import ClockBrief
from closeloop.tasks import queries as tasks
from closeloop.tasks.models import Task

MOST = 50
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class _Due:
    """One thing to do, before it is known whether its record may be told."""

    kind: str
    title: str
    link: str
    at: datetime | None = None
    is_red: bool = False
    record_id: int | None = None
    ids: Mapping[str, int] = field(default_factory=dict)


def due_now(actor: Actor, reader: Reader) -> list[dict[str, Any]]:
    """Clocks, tasks, approvals and exceptions that wait for the actor.

    Tasks and clocks of those for whom the actor stands in are among them. A clock about an
    approval, a task or an exception does not stand beside it: it says by when that is due.
    """
    now = timezone.now()
    language = reader.language
    who = [actor.person_id, *_stood_in_for(actor, now)]
    asks = _asks(actor)
    exceptions = process.exceptions_box("to_decide", actor=actor, limit=MOST)
    open_tasks = tasks.open_tasks_of(who, limit=MOST)
    found = [
        *(_of_clock(clock, language) for clock in _clocks(who)),
        *_of_tasks(open_tasks, language),
        *_of_asks(asks),
        *_of_returned(_returned(actor), language),
        *_of_exceptions(exceptions),
    ]
    ids = {each.record_id for each in found if each.record_id is not None}
    readable = records.visible_among(ids, actor=actor)
    found.sort(key=lambda each: (each.at or NEVER, each.kind, each.link))
    return [_row(each, now, readable) for each in found[:MOST]]


def _stood_in_for(actor: Actor, now: datetime) -> list[int]:
    return org.standing_in_for(actor.person_id, now, scope=AbsenceScope.CLOCKS)


def _clocks(who: list[int]) -> Iterable[Clock]:
    running = Clock.objects.filter(
        owner_id__in=who, about_kind="record", state=ClockState.RUNNING, closed_at=None
    )
    whole = running.filter(record__deleted_at=None).select_related("record", "policy")
    return whole.order_by("due_at", "pk")[:MOST]


def _asks(actor: Actor) -> list[Ask]:
    waiting = Ask.objects.filter(
        person_id=actor.person_id, state=AskState.WAITING, case__state="running"
    )
    return list(waiting.select_related("case").order_by("pk")[:MOST])


def _returned(actor: Actor) -> list[Case]:
    """What came back to who asked for it, and lies there until it is mended or withdrawn."""
    found = Case.objects.filter(requester_id=actor.person_id, state=CaseState.RETURNED)
    return list(found.order_by("pk")[:MOST])


def _of_clock(clock: Clock, language: str) -> _Due:
    record = clock.record
    return _Due(
        kind="clock",
        title=clock.policy.name.get(language, clock.policy.key),
        link=f"/r/{record.type}/{record.pk}" if record else "",
        at=clock.due_at,
        is_red=clock.red_since is not None,
        record_id=clock.record_id,
        ids={"clock_id": clock.pk},
    )


def _of_tasks(found: list[Task], language: str) -> list[_Due]:
    briefs = sla.clocks_about("task", [task.pk for task in found])
    return [
        _Due(
            kind="task",
            title=task.title.get(language, ""),
            link=f"/tasks/{task.pk}",
            at=task.due_at,
            is_red=task.is_red or _is_red(briefs.get(task.pk)),
            record_id=task.record_id,
            ids=_with_clock({"task_id": task.pk}, briefs.get(task.pk)),
        )
        for task in found
    ]


def _of_asks(found: list[Ask]) -> list[_Due]:
    briefs = sla.clocks_about("approval_ask", [ask.pk for ask in found])
    return [
        _Due(
            kind="approval",
            title=ask.case.title,
            link=f"/approvals/{ask.case_id}",
            at=_due_of(briefs.get(ask.pk)) or ask.due_at,
            is_red=_is_red(briefs.get(ask.pk)),
            record_id=ask.case.record_id,
            ids=_with_clock({"case_id": ask.case_id}, briefs.get(ask.pk)),
        )
        for ask in found
    ]


def _of_returned(found: list[Case], language: str) -> list[_Due]:
    briefs = sla.clocks_about("approval_case", [case.pk for case in found])
    return [
        _Due(
            kind="approval",
            title=messages.say("due.returned", language, {"title": case.title}),
            link=f"/approvals/{case.pk}",
            at=_due_of(briefs.get(case.pk)),
            is_red=_is_red(briefs.get(case.pk)),
            record_id=case.record_id,
            ids=_with_clock({"case_id": case.pk}, briefs.get(case.pk)),
        )
        for case in found
    ]


def _of_exceptions(found: list[ExceptionRequest]) -> list[_Due]:
    briefs = sla.clocks_about("exception", [request.pk for request in found])
    return [
        _Due(
            kind="exception",
            title=request.record.title,
            link="/exceptions",
            at=_due_of(briefs.get(request.pk)),
            is_red=_is_red(briefs.get(request.pk)),
            record_id=request.record_id,
            ids=_with_clock({}, briefs.get(request.pk)),
        )
        for request in found
    ]


def _is_red(brief: ClockBrief | None) -> bool:
    return brief is not None and brief.is_red


def _due_of(brief: ClockBrief | None) -> datetime | None:
    return None if brief is None else brief.due_at


def _with_clock(ids: dict[str, int], brief: ClockBrief | None) -> dict[str, int]:
    return ids if brief is None else {**ids, "clock_id": brief.id}


def _row(due: _Due, now: datetime, readable: Mapping[int, Any]) -> dict[str, Any]:
    record = readable.get(due.record_id or 0)
    return {
        "kind": due.kind,
        "at": due.at,
        "is_late": due.at is not None and due.at <= now,
        "is_red": due.is_red,
        "title": due.title,
        "record": None
        if record is None
        else {"id": record.pk, "type": record.type, "title": record.title},
        "link": due.link,
        "clock_id": due.ids.get("clock_id"),
        "task_id": due.ids.get("task_id"),
        "case_id": due.ids.get("case_id"),
    }
