"""What scoring follows: records, merges and imports by the record of what happens; behaviour."""

from collections.abc import Collection, Mapping, Sequence

from closeloop.activity.happenings import Happening
from closeloop.activity.reactions import Reactions
from closeloop.behaviour.hearers import Hearers
from closeloop.config import learned_results
from closeloop.engine.blueprint import StageKind
from closeloop.identity.actor import Actor
from closeloop.process import blueprints
from closeloop.scoring import jobs, reactions, scorecards
from closeloop.scoring.plugs import plugs
from closeloop.transfer.models import ImportBatch

IMPORTED = frozenset({"import.finished"})


def plug(activity: Reactions, hearers: Hearers) -> None:
    """Join scores to what happens. Trails go with merged leads before the leads are scored."""
    plugs.outcomes = _outcomes
    plugs.results = learned_results.results_of
    plugs.asked_by_gates = learned_results.asked_by_gates
    activity.register(_merges, reactions.follow_merges)
    activity.register(reactions.wanted, reactions.react)
    activity.register(_imported, _follow_import)
    hearers.register(reactions.hear)


def _outcomes(record_type: str) -> Mapping[str, bool]:
    version = blueprints.current_of(record_type)
    return {
        stage.key: stage.kind is StageKind.WON
        for stage in (version.stages if version else ())
        if stage.kind in (StageKind.WON, StageKind.LOST)
    }


def _merges() -> Collection[str]:
    return reactions.MERGES


def _imported() -> Collection[str]:
    return IMPORTED


def _follow_import(happenings: Sequence[Happening], _actor: Actor) -> None:
    """Imports copy their records past the reactions; they are scored together."""
    for happening in happenings:
        if happening.record_type not in scorecards.scored_types():
            continue
        batches = ImportBatch.objects.filter(job_id=happening.data.get("import_id"))
        for created, updated in batches.values_list("created_ids", "updated"):
            ids = [*created, *(each["id"] for each in updated)]
            if ids:
                jobs.rescore_later(happening.record_type, record_ids=ids)
