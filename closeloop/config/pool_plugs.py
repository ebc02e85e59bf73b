"""What pools are told of the apps above them: how records change hands, which stages are open."""

from collections.abc import Collection, Sequence

from closeloop.activity.happenings import Happening
from closeloop.activity.reactions import Reactions
from closeloop.desk import actions as desk
from closeloop.edge import statements
from closeloop.engine.blueprint import StageKind
from closeloop.identity.actor import Actor
from closeloop.notices.events import Event, Events, Group
from closeloop.pool import book, jobs, reactions
from closeloop.pool.actions.sweeping import AFTER, AHEAD
from closeloop.pool.plugs import Plugs
from closeloop.process import blueprints, reading
from closeloop.records.types import registry
from closeloop.routing import jobs as routing
from closeloop.routing import rules
from closeloop.transfer.models import ImportBatch

EVENTS = (
    Event(AHEAD, default_channels=("in_app", "wecom"), group=Group.CLOCKS),
    Event(AFTER, default_channels=("in_app",), group=Group.CLOCKS),
)
IMPORTED = frozenset({"import.finished"})
_WAITING = (
    "EXISTS (SELECT FROM process_instance waits"
    " WHERE waits.record_id = r.id AND waits.waiting_since IS NOT NULL)"
)


def plug(plugs: Plugs, happened: Reactions, events: Events) -> None:
    """Join pools to how records change hands, to what is recorded, and to notices."""
    plugs.give = desk.give_record
    plugs.lock = _lock
    plugs.open_stages = _open_stages
    plugs.is_waiting_sql = _WAITING
    happened.register(reactions.wanted, reactions.react)
    happened.register(_imported, _follow_import)
    for event in EVENTS:
        events.register(event)


def _lock(record_type: str, record_id: int) -> None:
    kind = registry.get(record_type)
    reading.lock_instance(kind, record_id)
    statements.rows(f"SELECT 1 FROM {kind.table} WHERE id = %s FOR NO KEY UPDATE", [record_id])


def _open_stages(record_type: str) -> Collection[str] | None:
    version = blueprints.current_of(record_type)
    if version is None:
        return None
    return frozenset(each.key for each in version.stages if each.kind is StageKind.OPEN)


def _imported() -> Collection[str]:
    return IMPORTED if book.record_types() or rules.record_types() else ()


def _follow_import(happenings: Sequence[Happening], _actor: Actor) -> None:
    """Imports copy their records past the reactions; those without an owner go into their pool.

    Where rules give out records of the type, these decide, and the pool takes what they leave;
    opening entries are history, and no rule gives them to anybody.
    """
    for happening in happenings:
        batches = ImportBatch.objects.filter(job_id=happening.data.get("import_id"))
        found = batches.values_list("created_ids", "job__is_opening")
        for created, is_opening in found:
            if not created or not happening.record_type:
                continue
            if is_opening or rules.active(happening.record_type) is None:
                jobs.take_in_later(happening.record_type, list(created))
            else:
                routing.give_out_later(happening.record_type, list(created))
