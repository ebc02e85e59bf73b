"""What the sales log is told of the apps below it: of what a day is made, notices, playbooks."""

from collections.abc import Sequence

from closeloop.notices.events import Event, Events, Group
from closeloop.records.types import Registry, registry
from closeloop.saleslog.actions import reminding
from closeloop.saleslog.plugs import Part, Plugs

EVENTS = (Event(reminding.DUE, group=Group.TASKS),)


def plug(plugs: Plugs, events: Events) -> None:
    """Join the log to what people do."""
    plugs.parts = lambda: _parts(registry)
    for event in EVENTS:
        events.register(event)


def _parts(types: Registry) -> Sequence[Part]:
    """The parts of a day in their order; an entry stands in the first that holds it."""
    return (
        Part("followups", verbs=("followup.recorded",), where={"main": True}),
        Part("moves", endings=(".stage_entered",)),
        Part("promises", verbs=("promise.made", "promise.confirmed", "promise.kept")),
        Part("created", verbs=tuple(f"{each.key}.created" for each in types)),
        Part("conversions", verbs=("lead.converted",)),
        Part(
            "approvals",
            verbs=("approval.opened", "approval.agreed", "approval.refused", "approval.returned"),
        ),
        Part("tasks", verbs=("task.done",)),
        Part("support", verbs=("support.requested", "support.given")),
        Part("files", verbs=("file.attached",)),
    )
