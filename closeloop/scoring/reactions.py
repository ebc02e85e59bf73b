"""What changes a score at once: a record that comes or changes, leads that merge, behaviour."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from closeloop.activity.happenings import Happening
from closeloop.behaviour import actions as behaviour
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.records.models import Record
from closeloop.scoring import jobs, scorecards
from closeloop.scoring.actions import rescore

MOST_AT_ONCE = 20
"""Records whose behaviour is counted in the transaction that brings it; more go to a job."""
ENDINGS = (".created", ".changed", ".converted", ".restored", ".merged", ".unmerged")
MERGES = frozenset({"lead.merged", "lead.unmerged"})


def wanted() -> Collection[str]:
    """The verbs after which a record is scored again."""
    return _verbs(frozenset(scorecards.scored_types()))


def react(happenings: Sequence[Happening], actor: Actor) -> None:
    """Score the records again, in the transaction of what happened to them."""
    by_type: dict[str, set[int]] = {}
    for each in happenings:
        if each.record_id is not None:
            about = each.record_type or each.verb.split(".", 1)[0]
            others = each.data.get("from_ids") or () if each.verb in MERGES else ()
            by_type.setdefault(about, set()).update([each.record_id, *others])
    for about, ids in by_type.items():
        rescore(about, sorted(ids), actor=actor)


def follow_merges(happenings: Sequence[Happening], actor: Actor) -> None:
    """Let trails go with the leads that were merged, and back."""
    for each in happenings:
        from_ids = [int(other) for other in each.data.get("from_ids") or ()]
        if each.record_id is None or not from_ids:
            continue
        follow = behaviour.follow_merge if each.verb == "lead.merged" else behaviour.undo_merge
        follow(each.record_id, from_ids, actor=actor)


def hear(record_ids: Collection[int]) -> None:
    """Score the records whose people did something: a few at once, many by a job."""
    if len(record_ids) > MOST_AT_ONCE:
        jobs.rescore_later(record_ids=sorted(record_ids))
        return
    for about in scorecards.scored_types():
        found = Record.objects.filter(pk__in=record_ids, type=about, deleted_at=None)
        ids = list(found.values_list("pk", flat=True))
        if ids:
            rescore(about, ids, actor=SYSTEM)


@lru_cache(maxsize=8)
def _verbs(types: frozenset[str]) -> frozenset[str]:
    return frozenset(f"{about}{ending}" for about in types for ending in ENDINGS)
