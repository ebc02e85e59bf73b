"""Leads leave their paths: the enrolment ends with its reason, what waits for it is not sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.identity.actor import Actor
from closeloop.nurture import paths
from closeloop.nurture.models import Enrolment, State

_END = """
    UPDATE nurture_enrolment e SET state = given.state, reason = given.reason, note = %s,
        position = '', next_at = NULL, ended_at = now(), ended_by_id = %s
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS given(id, state, reason)
    WHERE e.id = given.id AND e.state = 'running'
    RETURNING e.id, e.record_id, e.version_id, e.state, e.reason,
        (SELECT r.unit_id FROM records_record r WHERE r.id = e.record_id)
"""
_HOLD_BACK = """
    UPDATE nurture_message SET state = 'skipped', error_code = 'left', next_at = NULL,
        queued_at = NULL, day = NULL
    WHERE enrolment_id = ANY(%s::bigint[]) AND state IN ('waiting', 'failed')
    RETURNING id
"""


def end_many(endings: Mapping[int, tuple[str, str]], *, actor: Actor, note: str = "") -> list[int]:
    """End running enrolments, by id: the state (done, left) and the reason; gives those ended.

    Messages of leads that left and that nobody has claimed yet are not sent any more.
    """
    if not endings:
        return []
    ordered = sorted(endings)
    rows = statements.rows(
        _END,
        [
            note,
            actor.user_id,
            ordered,
            [endings[each][0] for each in ordered],
            [endings[each][1] for each in ordered],
        ],
    )
    left = [row[0] for row in rows if row[3] == State.LEFT]
    if left:
        statements.rows(_HOLD_BACK, [left])
    activity.record_all([_happening(*row[1:], note=note) for row in rows], actor=actor)
    return [row[0] for row in rows]


def leave_all(enrolment_ids: Sequence[int], reason: str, *, actor: Actor, note: str = "") -> int:
    """Let running enrolments end for one reason; gives how many did."""
    locked = list(
        Enrolment.objects.select_for_update()
        .filter(pk__in=enrolment_ids, state=State.RUNNING)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    endings = dict.fromkeys(locked, (State.LEFT.value, str(reason)))
    return len(end_many(endings, actor=actor, note=note))


def _happening(
    record_id: int, version_id: int, state: str, reason: str, unit_id: int | None, *, note: str
) -> Happening:
    live = paths.live(version_id)
    data: dict[str, Any] = {"path": live.key, "name": live.name, "version": live.number}
    if state == State.LEFT:
        data |= {"reason": reason, "why": paths.reason_name(live, reason)}
    if note:
        data["note"] = note
    verb = "nurture.left" if state == State.LEFT else "nurture.finished"
    return Happening(
        verb=verb, record_id=record_id, record_type=live.record_type, unit_id=unit_id, data=data
    )
