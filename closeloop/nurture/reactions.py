"""What follows at once from what is recorded of leads: they leave paths, begin others."""

from collections.abc import Collection, Sequence

from closeloop.activity.happenings import Happening
from closeloop.engine import nurture
from closeloop.identity.actor import Actor
from closeloop.nurture import actions, addressees, facts, paths
from closeloop.nurture.actions import grading
from closeloop.nurture.clock import today
from closeloop.nurture.models import Enrolment, How, State

GRADED = ".graded"


def wanted() -> Collection[str]:
    """The verbs after which leads are looked at."""
    return paths.verbs()


def react(happenings: Sequence[Happening], actor: Actor) -> None:
    """Look at the leads of some entries, all of a kind together, in their transaction.

    What ends comes before what begins, whatever the order of the entries.
    """
    by_type: dict[str, dict[int, set[str]]] = {}
    for each in happenings:
        if each.record_id is not None:
            about = each.record_type or each.verb.partition(".")[0]
            by_type.setdefault(about, {}).setdefault(each.record_id, set()).add(each.verb)
    for record_type, verbs in by_type.items():
        graded = [each for each in happenings if each.verb == f"{record_type}{GRADED}"]
        grading.keep(graded)
        _leave(record_type, verbs, actor)
        _begin(record_type, verbs, How.VERB, actor)


def begin_imported(record_type: str, record_ids: Sequence[int], actor: Actor) -> int:
    """Let records that were imported begin as if they had just been made; gives how many do."""
    verbs = {each: {f"{record_type}.created"} for each in record_ids}
    return _begin(record_type, verbs, How.IMPORT, actor)


def _leave(record_type: str, verbs: dict[int, set[str]], actor: Actor) -> None:
    running = list(
        Enrolment.objects.select_for_update()
        .filter(record_id__in=list(verbs), state=State.RUNNING)
        .order_by("pk")
    )
    if not running:
        return
    record_ids = {each.record_id for each in running}
    ready = [
        (each, compiled)
        for each in running
        if (compiled := paths.compiled(paths.live(each.version_id))) is not None
    ]
    keys = frozenset().union(*(compiled.fact_keys for _, compiled in ready))
    places = facts.places_of(record_type, record_ids)
    known = facts.of_records(record_type, record_ids, keys, places)
    own = facts.of_enrolments([each.pk for each, _ in ready], keys)
    reach = addressees.reach_of(record_ids, today=today())
    endings: dict[int, tuple[str, str]] = {}
    for each, compiled in ready:
        place = places.get(each.record_id)
        if place is None:
            continue
        is_out = each.record_id in reach and reach[each.record_id].is_unsubscribed
        given = {**known[each.record_id], **own.get(each.pk, {})}
        standing = place.standing(is_unsubscribed=is_out)
        reason = nurture.reason_to_leave(compiled, standing, given, verbs[each.record_id])
        if reason:
            endings[each.pk] = (State.LEFT.value, str(reason))
    actions.end_many(endings, actor=actor)


def _begin(record_type: str, verbs: dict[int, set[str]], how: How, actor: Actor) -> int:
    begun = 0
    for live in paths.taking_in():
        compiled = paths.compiled(live) if live.record_type == record_type else None
        if compiled is None:
            continue
        upon = compiled.path.starts.on
        chosen = [record_id for record_id, heard in verbs.items() if upon & heard]
        if chosen:
            begun += len(actions.begin(live, chosen, how=how, actor=actor).started)
    return begun
