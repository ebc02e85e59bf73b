"""Leads begin paths: by what is recorded, by hand, many at once; a few statements for all."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.engine import nurture
from closeloop.engine.nurture import Compiled
from closeloop.identity.actor import Actor
from closeloop.nurture import addressees, facts, paths
from closeloop.nurture.clock import today
from closeloop.nurture.models import How
from closeloop.nurture.paths import Live

_EARLIER = """
    SELECT e.record_id, bool_or(e.state = 'running'),
           max(coalesce(e.ended_at, now())) > now() - make_interval(days => %s)
    FROM nurture_enrolment e WHERE e.path_id = %s AND e.record_id = ANY(%s::bigint[])
    GROUP BY e.record_id
"""
_BEGIN = """
    INSERT INTO nurture_enrolment
        (record_id, path_id, version_id, state, position, next_at, reason, note, how, why,
         started_at, started_by_id)
    SELECT given.id, %s, %s, 'running', %s, now(), '', '', %s, %s, now(), %s
    FROM jsonb_array_elements_text(%s::jsonb) AS one(text),
         LATERAL (SELECT one.text::bigint AS id) given
    ON CONFLICT (record_id, path_id) WHERE state = 'running' DO NOTHING
    RETURNING record_id, (SELECT r.unit_id FROM records_record r WHERE r.id = record_id)
"""
NEVER_AGAIN_DAYS = 36_500


@dataclass
class Begun:
    """The leads that began, and why the others did not, in a code."""

    started: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


def begin(
    live: Live,
    record_ids: Collection[int],
    *,
    how: How,
    actor: Actor,
    checks_start: bool = True,
    why: str = "",
) -> Begun:
    """Let leads begin a path as far as they may.

    `checks_start` False: somebody chose them, so the path's condition is not asked; everything
    else is. `why` is the reason that they gave. Refused with: not_found, closed, on_it, had_it,
    condition, unsubscribed, or the reason for which they would leave at once.
    """
    compiled = paths.compiled(live)
    if compiled is None or not record_ids:
        return Begun(refused=dict.fromkeys(record_ids, "path_unreadable"))
    found = judge(compiled, live.path_id, record_ids, checks_start=checks_start)
    if found.started:
        rows = statements.rows(
            _BEGIN,
            [
                live.path_id, live.version_id, compiled.first, how.value, why, actor.user_id,
                json.dumps(sorted(found.started)),
            ],
        )  # fmt: skip
        begun = {row[0] for row in rows}
        found.refused |= {each: "on_it" for each in found.started if each not in begun}
        found.started = sorted(begun)
        data = {"path": live.key, "name": live.name, "version": live.number, "how": how.value}
        if why:
            data["because"] = why
        activity.record_all(
            [
                Happening(
                    verb="nurture.started",
                    record_id=record_id,
                    record_type=live.record_type,
                    unit_id=unit_id,
                    data=data,
                )
                for record_id, unit_id in sorted(rows)
            ],
            actor=actor,
        )
    return found


def judge(
    compiled: Compiled, path_id: int | None, record_ids: Collection[int], *, checks_start: bool
) -> Begun:
    """Who of some leads would begin now, and why the others would not; nothing is written."""
    record_type, starts = compiled.path.record_type, compiled.path.starts
    places = facts.places_of(record_type, record_ids)
    earlier = _earlier(path_id, starts.again_after_days, record_ids)
    keys = compiled.start_keys | compiled.fact_keys
    known = facts.of_records(record_type, record_ids, keys, places)
    reach = addressees.reach_of(record_ids, today=today())
    found = Begun()
    for record_id in sorted(record_ids):
        place = places.get(record_id)
        if place is None or place.is_removed:
            found.refused[record_id] = "not_found"
        elif not place.is_open:
            found.refused[record_id] = "closed"
        elif record_id in earlier:
            found.refused[record_id] = earlier[record_id]
        elif checks_start and not compiled.starts(known[record_id]):
            found.refused[record_id] = "condition"
        else:
            is_out = record_id in reach and reach[record_id].is_unsubscribed
            standing = place.standing(is_unsubscribed=is_out)
            reason = nurture.reason_to_leave(compiled, standing, known[record_id])
            if reason:
                found.refused[record_id] = reason
            else:
                found.started.append(record_id)
    return found


def _earlier(
    path_id: int | None, again_after_days: int | None, record_ids: Collection[int]
) -> Mapping[int, str]:
    """The leads that are on the path, or were there so lately that they may not begin again."""
    if path_id is None:
        return {}
    days = NEVER_AGAIN_DAYS if again_after_days is None else again_after_days
    rows: Sequence[tuple[int, bool, bool]]
    rows = statements.rows(_EARLIER, [days, path_id, list(record_ids)])
    return {
        record_id: "on_it" if is_running else "had_it"
        for record_id, is_running, is_lately in rows
        if is_running or is_lately
    }
