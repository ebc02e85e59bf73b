"""What routing is told of the apps above it: records and their locks, loads, stages, grades."""

from collections.abc import Mapping, Sequence

from closeloop.activity.reactions import Reactions
from closeloop.desk import loads
from closeloop.desk.actions import giving
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.leads.channels import standard
from closeloop.notices.events import Event, Events, Group
from closeloop.process import blueprints
from closeloop.records.types import registry
from closeloop.routing import reactions as following
from closeloop.routing import rules
from closeloop.routing.plugs import Handed, Plugs, Standing
from closeloop.sla.subjects import Subjects

Name = Mapping[str, str]
GRADE = "grade"
EVENTS = (
    Event("lead.routed", default_channels=("in_app", "wecom"), group=Group.TASKS),
    Event("lead.routed_many", default_channels=("in_app", "wecom"), group=Group.TASKS),
    Event("lead.not_routed", default_channels=("in_app", "wecom"), group=Group.TASKS),
)


def plug(plugs: Plugs, subjects: Subjects, reactions: Reactions, events: Events) -> None:
    """Join routing to records, to the clocks that give leads to others, and to notices."""
    plugs.lock = _lock
    plugs.hand = _hand
    plugs.loads = loads.open_counts
    plugs.stages = _stages
    plugs.grades = _grades
    plugs.ended = loads.ended
    plugs.first_touch = _first_touch
    subjects.route = following.route_again
    reactions.register(rules.verbs, following.react)
    for event in EVENTS:
        events.register(event)


def _lock(record_type: str, ids: Sequence[int]) -> list[Standing]:
    over = loads.ended(record_type)
    return [
        Standing(record_id, owner_id, unit_id, is_open=not is_removed and stage not in over)
        for record_id, owner_id, unit_id, stage, is_removed in giving.lock_many(
            registry.get(record_type), ids
        )
    ]


def _hand(record_type: str, handed: Sequence[Handed], *, actor: Actor, via: str) -> None:
    given = list(map(giving.Handed._make, handed))
    giving.give_many(registry.get(record_type), given, actor=actor, via=via)


def _first_touch(record_type: str) -> str:
    return standard.current().policy if record_type == standard.LEAD else ""


def _stages(record_type: str) -> Mapping[str, Name]:
    version = blueprints.current_of(record_type)
    return {stage.key: stage.name for stage in (version.stages if version else ())}


def _grades(record_type: str) -> list[tuple[str, Name]]:
    spec = fields.specs_of(record_type).get(GRADE)
    return [(choice.key, choice.name) for choice in (spec.choices if spec else ())]
