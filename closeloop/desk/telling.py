"""Who is told of tasks, absences and handovers: inline reactions on what was recorded."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from closeloop.activity.happenings import Happening
from closeloop.identity.actor import Actor
from closeloop.notices.actions import Message, send_all
from closeloop.notices.events import Event, Group

EVENTS = (
    Event("task.created", group=Group.TASKS, reminds=True),
    Event("task.done", default_channels=("in_app",), group=Group.TASKS),
    Event("absence.planned", group=Group.TASKS),
    Event("absence.cancelled", default_channels=("in_app",), group=Group.TASKS),
    Event("handover.done", group=Group.TASKS),
)
_SYSTEM: Mapping[str, str] = {"zh-CN": "系统", "en-US": "The system"}


def wanted() -> frozenset[str]:
    """The verbs that people are told of."""
    return _VERBS


def react(happenings: Sequence[Happening], actor: Actor) -> None:
    """Tell whom it concerns, never the one who did it."""
    made = [_WAYS[happening.verb](happening, actor) for happening in happenings]
    send_all([message for message in made if message is not None])


def _task_created(happening: Happening, actor: Actor) -> Message | None:
    data = happening.data
    return _message(
        happening,
        [data["owner_id"]],
        actor,
        link=f"/tasks/{data['task_id']}",
        key=f"task:{data['task_id']}",
        words={
            "name": data["name"],
            "asker": _who(actor),
            "due_at": _iso(data["due_at"]),
            "note": data["note"],
        },
    )


def _task_done(happening: Happening, actor: Actor) -> Message | None:
    data = happening.data
    return _message(
        happening,
        [data["asker_id"]],
        actor,
        link=f"/tasks/{data['task_id']}",
        key=f"task:{data['task_id']}",
        words={"name": data["name"], "owner": _who(actor), "note": data["note"]},
    )


def _absence(happening: Happening, actor: Actor) -> Message | None:
    data = happening.data
    return _message(
        happening,
        [data["delegate_id"]],
        actor,
        link="/absences",
        key=f"absence:{data['absence_id']}",
        words={
            "name": data["name"],
            "from_at": _iso(data["from"]),
            "to_at": _iso(data["to"]),
            "reason": data["reason"],
        },
    )


def _handover(happening: Happening, actor: Actor) -> Message | None:
    data = happening.data
    return _message(
        happening,
        sorted(set(data["to"].values())),
        actor,
        link="/",
        key="",
        words={"name": data["name"], "count": sum(data["counts"].values())},
    )


def _message(
    happening: Happening,
    people: Sequence[int | None],
    actor: Actor,
    *,
    link: str,
    key: str,
    words: Mapping[str, Any],
) -> Message | None:
    to = tuple(each for each in people if each is not None and each != actor.user_id)
    if not to:
        return None
    return Message(
        event=happening.verb,
        to=to,
        record_id=happening.record_id,
        record_type=happening.record_type,
        link=link,
        data=dict(words),
        dedupe_key=f"{happening.verb}:{key}" if key else "",
        is_red=bool(happening.data.get("is_red")),
        actor=actor,
    )


def _who(actor: Actor) -> Any:
    return actor.name if actor.user_id is not None else dict(_SYSTEM)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


_WAYS: Mapping[str, Callable[[Happening, Actor], Message | None]] = {
    "task.created": _task_created,
    "task.done": _task_done,
    "absence.planned": _absence,
    "absence.cancelled": _absence,
    "handover.done": _handover,
}
_VERBS = frozenset(_WAYS)
