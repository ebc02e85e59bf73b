"""What follows at once: a new lead without an owner gets one; a graded one, where rules say so."""

from collections.abc import Mapping, Sequence

from closeloop.activity.happenings import Happening
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.routing import actions, rules


def react(happenings: Sequence[Happening], _actor: Actor) -> None:
    """Give the records of these entries that have no owner to people."""
    wanted: dict[str, list[int]] = {}
    for happening in happenings:
        record_type, _, what = happening.verb.partition(".")
        if happening.record_id is not None and _is_wanted(record_type, what, happening.data):
            wanted.setdefault(record_type, []).append(happening.record_id)
    for record_type, ids in wanted.items():
        actions.route_batch(ids, record_type=record_type, actor=SYSTEM)


def route_again(record_type: str, record_id: int, why: str) -> int | None:
    """A clock says that nobody touched a record; gives its new owner, or None."""
    return actions.route_again(record_type, record_id, why=why)


def _is_wanted(record_type: str, what: str, data: Mapping[str, object]) -> bool:
    live = rules.active(record_type)
    if live is None:
        return False
    if what == rules.GRADED:
        return data.get("to") in rules.compiled(live).rules.on_grades
    return what == rules.CREATED
