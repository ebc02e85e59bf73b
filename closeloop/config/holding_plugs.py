"""What people hold, kind by kind, so that a handover finds all of it (P08)."""

from closeloop.approvals import actions as approvals
from closeloop.approvals import queries as asks
from closeloop.desk import handing_over
from closeloop.identity.actor import Actor
from closeloop.org.actions.handover import LED, STAND_INS
from closeloop.org.handover import Held, Holding, Holdings
from closeloop.process.actions.handing import reassign_exceptions
from closeloop.process.models import ExceptionRequest, ExceptionState
from closeloop.sla import actions as sla
from closeloop.sla import queries as clocks
from closeloop.tasks import actions as tasks
from closeloop.tasks import queries as open_tasks

CHINESE, ENGLISH = "zh-CN", "en-US"


def plug(holdings: Holdings) -> None:
    """Register every kind: records first, for their clocks follow them."""
    holdings.register_source(handing_over.holdings)
    for holding in (TASKS, APPROVALS, EXCEPTIONS, CLOCKS, STAND_INS, LED):
        holdings.register(holding)


def _tasks(person_id: int, limit: int) -> list[Held]:
    found = open_tasks.open_tasks_of([person_id], limit=limit)
    return [Held(task.pk, task.title[CHINESE], "task", f"/tasks/{task.pk}") for task in found]


def _hand_over_tasks(person_id: int, to: int, actor: Actor) -> int:
    return tasks.reassign_tasks(person_id, to, actor=actor)


def _asks(person_id: int, limit: int) -> list[Held]:
    found = asks.waiting_of(person_id).order_by("pk")[:limit]
    return [Held(ask.pk, ask.case.title, "approval", f"/approvals/{ask.case_id}") for ask in found]


def _hand_over_asks(person_id: int, to: int, actor: Actor) -> int:
    return approvals.reassign_asks(person_id, to, actor=actor)


def _exceptions(person_id: int, limit: int) -> list[Held]:
    found = ExceptionRequest.objects.filter(decider_id=person_id, state=ExceptionState.OPEN)
    return [
        Held(each.pk, each.record.title, "exception", "/exceptions")
        for each in found.select_related("record").order_by("pk")[:limit]
    ]


def _hand_over_exceptions(person_id: int, to: int, actor: Actor) -> int:
    return reassign_exceptions(person_id, to, actor=actor)


def _clocks(person_id: int, limit: int) -> list[Held]:
    return [
        Held(
            clock.pk,
            clock.record.title if clock.record else clock.policy.name[CHINESE],
            "clock",
            f"/r/{clock.record.type}/{clock.record_id}" if clock.record else "",
        )
        for clock in clocks.due_for(person_id, limit=limit)
    ]


def _hand_over_clocks(person_id: int, to: int, actor: Actor) -> int:
    return sla.reassign_clocks(person_id, to, actor=actor)


TASKS = Holding(
    key="tasks",
    name={CHINESE: "任务", ENGLISH: "Tasks"},
    count=open_tasks.count_open,
    items=_tasks,
    hand_over=_hand_over_tasks,
)
APPROVALS = Holding(
    key="approvals",
    name={CHINESE: "待审批", ENGLISH: "Approvals"},
    count=lambda person_id: asks.waiting_of(person_id).count(),
    items=_asks,
    hand_over=_hand_over_asks,
)
EXCEPTIONS = Holding(
    key="exceptions",
    name={CHINESE: "待定的例外放行", ENGLISH: "Exceptions to decide"},
    count=lambda person_id: ExceptionRequest.objects.filter(
        decider_id=person_id, state=ExceptionState.OPEN
    ).count(),
    items=_exceptions,
    hand_over=_hand_over_exceptions,
)
CLOCKS = Holding(
    key="clocks",
    name={CHINESE: "计时中的时限", ENGLISH: "Running clocks"},
    count=sla.open_clocks_of,
    items=_clocks,
    hand_over=_hand_over_clocks,
)
