"""What follows when a deal moves, begins to wait or goes: its demand for an update is met (C15)."""

from collections.abc import Collection, Sequence

from closeloop.activity.happenings import Happening
from closeloop.activity.reactions import Aboard, Written
from closeloop.deals.catalogue import DEAL
from closeloop.deals.pace import actions
from closeloop.edge.statements import Row, Statement
from closeloop.identity.actor import Actor
from closeloop.tasks.models import TaskState

VERBS = frozenset({"deal.stage_entered", "deal.removed", "process.waiting_started"})
_OPEN = "SELECT 1 FROM tasks_task WHERE record_id = %s AND kind = %s AND state = %s LIMIT 1"


def wanted() -> Collection[str]:
    """The verbs that meet a demand."""
    return VERBS


def react(happenings: Sequence[Happening], _actor: Actor) -> None:
    """End the tasks of the deals concerned."""
    ids = [
        each.record_id
        for each in happenings
        if each.record_id is not None and each.record_type == DEAL.key
    ]
    if ids:
        actions.close_tasks(ids)


def _read(verb: str, record_id: int) -> Statement | None:
    if verb not in VERBS:
        return None
    return Statement(_OPEN, [record_id, actions.TASK, TaskState.OPEN.value])


def _write(_happening: Happening, _actor: Actor, rows: Sequence[Row]) -> Written | None:
    """Nothing where no task is open; else it waits until the entry is written."""
    return None if rows else Written([])


ABOARD = Aboard("stage_update_tasks", read=_read, write=_write)
"""A move without such a task pays no trip of its own."""
