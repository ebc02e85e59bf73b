"""What playbooks are told of what happens: moves back and losses; what people are told of them."""

from collections.abc import Collection, Sequence

from closeloop.activity.happenings import Happening
from closeloop.activity.reactions import Aboard, Reactions, Written
from closeloop.edge.statements import Row, Statement
from closeloop.identity.actor import Actor
from closeloop.notices.events import Event, Events, Group
from closeloop.playbooks import actions
from closeloop.playbooks.queries import streaks
from closeloop.records.types import registry

_NOTHING = Statement("SELECT 1 WHERE false", [])
"""What a move on reads for this: it pays no trip of its own."""


def plug(activity: Reactions, events: Events) -> None:
    """Join the library to the record of what happens, and to notices."""
    aboard = Aboard("playbook_streaks", read=_read, write=_write)
    activity.register(_moves, actions.push_for_streaks, aboard)
    for key in (actions.PUSHED, actions.PUSHED_BY_RULE):
        events.register(Event(key, default_channels=("in_app", "wecom"), group=Group.TASKS))


def _moves() -> Collection[str]:
    return {f"{each.key}.stage_entered" for each in registry}


def _read(verb: str, _record_id: int) -> Statement | None:
    return _NOTHING if verb.endswith(".stage_entered") else None


def _write(happening: Happening, _actor: Actor, _rows: Sequence[Row]) -> Written | None:
    """Nothing follows from a move on; from others it waits until the entry is written."""
    return None if streaks.is_failure(happening) else Written([])
