"""What follows for pools from what is recorded, in the same transaction.

A record that begins without an owner, and that routing leaves so, goes into its pool; one that gets
an owner on any way, ends or is removed leaves it.
"""

from collections.abc import Sequence
from functools import lru_cache

from closeloop.activity.happenings import Happening
from closeloop.edge import messages
from closeloop.identity.actor import Actor
from closeloop.pool import actions, book, sentences
from closeloop.pool.actions.entering import Coming
from closeloop.pool.models import EntryReason, Leaving
from closeloop.pool.plugs import plugs

_ENDINGS = ("created", "restored", "assigned", "not_routed", "removed", "stage_entered")


def wanted() -> frozenset[str]:
    """The verbs that concern pools."""
    return _verbs(book.record_types())


def react(happenings: Sequence[Happening], actor: Actor) -> None:
    """Let stays begin and end with what has happened; many at once take as few statements."""
    entering: dict[tuple[str, str], list[int]] = {}
    ended: dict[int, int | None] = {}
    gone: list[int] = []
    ending = {verb: verb.partition(".")[::2] for verb in {each.verb for each in happenings}}
    for each in happenings:
        about, what = ending[each.verb]
        if each.record_id is None or about != each.record_type:
            continue
        if what in ("created", "restored", "not_routed"):
            reason = str(each.data.get("reason") or "") if what == "not_routed" else ""
            entering.setdefault((each.record_type, reason), []).append(each.record_id)
        elif what == "assigned":
            if each.data.get("to_owner") is not None and each.data.get("from_owner") is None:
                ended[each.record_id] = each.data["to_owner"]
        elif what == "removed" or _has_ended(each):
            gone.append(each.record_id)
    if ended:
        actions.end_stays(ended, how=Leaving.ASSIGNED, actor=actor)
    if gone:
        actions.end_stays(dict.fromkeys(gone), how=Leaving.ENDED, actor=actor)
    for (record_type, reason), record_ids in entering.items():
        coming = _not_routed(reason) if reason else Coming(EntryReason.UNOWNED)
        actions.put_unowned(record_type, record_ids, coming=coming, actor=actor)


def _not_routed(reason: str) -> Coming:
    """Nobody could take it: it goes into its pool, with what routing says of it."""
    code = f"routing.pooled.{reason}"
    why = {language: messages.say(code, language) for language in sentences.LANGUAGES}
    return Coming(EntryReason.ROUTED, data={"why": why})


def _has_ended(happening: Happening) -> bool:
    stages = plugs.open_stages(happening.record_type)
    return stages is not None and happening.data.get("to") not in stages


@lru_cache(maxsize=16)
def _verbs(record_types: frozenset[str]) -> frozenset[str]:
    return frozenset(f"{each}.{ending}" for each in record_types for ending in _ENDINGS)
