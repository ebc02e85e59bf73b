"""What nurture is told of the apps beside it and above: locks, handing over, WeCom, merges."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from closeloop.activity.happenings import Happening
from closeloop.activity.reactions import Reactions
from closeloop.behaviour.hearers import Followers
from closeloop.desk import actions as desk
from closeloop.desk import loads
from closeloop.desk.actions import giving
from closeloop.engine.refusals import Refusal
from closeloop.engine.scoring import Given
from closeloop.identity.actor import Actor
from closeloop.integrations import queries as linked
from closeloop.leads.merging.carriers import Carrier, Carriers
from closeloop.notices.actions.receipts import Others
from closeloop.notices.events import Event, Events, Group
from closeloop.nurture import actions as nurture
from closeloop.nurture import jobs, paths, reactions
from closeloop.nurture.actions.handing import HANDED_OVER
from closeloop.nurture.plugs import Held, Plugs
from closeloop.nurture.queries.points import given_to
from closeloop.pool import actions as pool
from closeloop.process import blueprints
from closeloop.records.types import registry
from closeloop.routing import actions as routing
from closeloop.routing import errors as routing_errors
from closeloop.scoring import scorecards
from closeloop.scoring.plugs import Plugs as ScoringPlugs
from closeloop.transfer.models import ImportBatch

Name = Mapping[str, str]
EVENTS = (Event(HANDED_OVER, default_channels=("in_app", "wecom"), group=Group.TASKS),)
IMPORTED = frozenset({"import.finished"})
WECOM = "wecom"


def plug(plugs: Plugs, activity: Reactions, events: Events, carriers: Carriers) -> None:
    """Join paths to records and what hands them over, to what is recorded, notices and merges."""
    plugs.lock = _lock
    plugs.route = _route
    plugs.pool = _pool
    plugs.assign = _assign
    plugs.loads = loads.open_counts
    plugs.ended = loads.ended
    plugs.stages = _stages
    plugs.grades = _grades
    plugs.senders = _senders
    plugs.wecom = _wecom
    activity.register(reactions.wanted, reactions.react)
    activity.register(_imported, _follow_import)
    for event in EVENTS:
        events.register(event)
    carriers.register(Carrier("nurture", nurture.move_enrolments, nurture.move_enrolments_back))
    carriers.register(Carrier("nurture_points", nurture.move_points, nurture.move_points_back))


def plug_below(scoring: ScoringPlugs, followers: Followers, receipts: Others) -> None:
    """Tell what lies below of points that paths gave, and have it tell of what people do."""
    scoring.given = _given
    followers.register(nurture.heard)
    receipts.pending = nurture.pending
    receipts.keep = nurture.keep


def _lock(record_type: str, ids: Sequence[int]) -> list[Held]:
    over = loads.ended(record_type)
    return [
        Held(
            record_id=each.record_id,
            owner_id=each.owner_id,
            unit_id=each.unit_id,
            is_open=not each.is_removed and each.stage not in over,
        )
        for each in giving.lock_many(registry.get(record_type), ids)
    ]


def _route(record_type: str, record_id: int, actor: Actor) -> str:
    try:
        done = routing.route_batch([record_id], record_type=record_type, actor=actor)
    except routing_errors.NothingDecides as refusal:
        return refusal.code
    return "" if any(each.decision.person is not None for each in done.given) else "nobody_free"


def _pool(record_type: str, record_id: int, note: str, actor: Actor) -> str:
    try:
        pool.put_in(record_type, record_id, note=note, actor=actor)
    except Refusal as refusal:
        return refusal.code
    return ""


def _assign(record_type: str, record_id: int, owner_id: int, actor: Actor) -> None:
    desk.assign_record(record_type, record_id, owner_id=owner_id, actor=actor, via="nurture")


def _stages(record_type: str) -> Mapping[str, Name]:
    version = blueprints.current_of(record_type)
    return {stage.key: stage.name for stage in (version.stages if version else ())}


def _grades(record_type: str) -> list[tuple[str, Name]]:
    """The grades of the scorecard, in its order: the highest stands first."""
    live = scorecards.current(record_type)
    return [(each.key, each.name) for each in (live.card.grades if live else ())]


def _senders(people: Collection[int]) -> Mapping[int, str]:
    return linked.addresses_at(WECOM, people) if people else {}


def _wecom() -> Mapping[str, Any]:
    return linked.vendor_settings(WECOM)


def _given(record_ids: Collection[int]) -> Mapping[int, Sequence[Given]]:
    return given_to(record_ids)


def _imported() -> Collection[str]:
    return IMPORTED if paths.taking_in() else ()


def _follow_import(happenings: Sequence[Happening], _actor: Actor) -> None:
    """Imports copy their records past the reactions; opening entries are history."""
    for happening in happenings:
        batches = ImportBatch.objects.filter(
            job_id=happening.data.get("import_id"), job__is_opening=False
        )
        for created in batches.values_list("created_ids", flat=True):
            if created and happening.record_type:
                jobs.begin_later(happening.record_type, list(created))
