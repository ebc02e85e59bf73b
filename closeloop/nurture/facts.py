"""What paths ask of leads and of their enrolments, many at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from closeloop.edge import statements
from closeloop.engine.facts import NOW
from closeloop.engine.nurture import (
    CLICKED,
    CLICKED_LAST,
    HAS_OWNER,
    OPENED,
    OPENED_LAST,
    OWN_FACTS,
    SENT,
    Standing,
)
from closeloop.nurture.plugs import plugs
from closeloop.records.types import registry
from closeloop.sla import facts as record_facts

_STANDING = """
    SELECT r.id, r.owner_id, r.unit_id, r.stage, r.deleted_at IS NOT NULL FROM {table} r
    WHERE r.id = ANY(%s::bigint[])
"""
_MESSAGES = """
    SELECT m.enrolment_id, m.step, m.opened_at IS NOT NULL, m.clicked_at IS NOT NULL
    FROM nurture_message m
    WHERE m.enrolment_id = ANY(%s::bigint[]) AND m.state IN ('sent', 'unknown')
    ORDER BY m.enrolment_id, m.id
"""


@dataclass(frozen=True)
class Place:
    """A lead as it stands: whose it is, and where."""

    owner_id: int | None
    unit_id: int | None
    stage: str | None
    is_open: bool
    is_removed: bool

    def standing(self, *, is_unsubscribed: bool) -> Standing:
        """The same as the engine asks for it."""
        return Standing(self.is_open, self.is_removed, is_unsubscribed)


def places_of(record_type: str, ids: Collection[int]) -> dict[int, Place]:
    """How some leads stand, by id; those that are not there are left out."""
    over = set(plugs.ended(record_type))
    table = registry.get(record_type).table
    rows = statements.rows(_STANDING.format(table=table), [list(ids)])
    return {
        record_id: Place(owner, unit, stage, stage not in over and not removed, removed)
        for record_id, owner, unit, stage, removed in rows
    }


def of_records(
    record_type: str,
    ids: Collection[int],
    keys: Iterable[str],
    places: Mapping[int, Place],
) -> dict[int, dict[str, Any]]:
    """The facts of some leads, by id, without those of an enrolment."""
    wanted = [key for key in keys if key not in OWN_FACTS]
    now = timezone.localtime()
    known = record_facts.facts_of(record_type, ids, wanted) if wanted and ids else {}
    return {
        record_id: {
            NOW: now,
            HAS_OWNER: place.owner_id is not None,
            OPENED_LAST: False,
            CLICKED_LAST: False,
            SENT: 0,
            **known.get(record_id, {}),
        }
        for record_id, place in places.items()
    }


def of_enrolments(enrolment_ids: Sequence[int], keys: Iterable[str]) -> dict[int, dict[str, Any]]:
    """What became of the messages of some enrolments, by enrolment."""
    own = [key for key in keys if key in OWN_FACTS and key != HAS_OWNER]
    if not own or not enrolment_ids:
        return {}
    found: dict[int, dict[str, Any]] = {}
    for enrolment, step, is_opened, is_clicked in statements.rows(_MESSAGES, [list(enrolment_ids)]):
        facts = found.setdefault(enrolment, {SENT: 0})
        facts[SENT] += 1
        facts[OPENED_LAST] = facts[f"{OPENED}{step}"] = is_opened or is_clicked
        facts[CLICKED_LAST] = facts[f"{CLICKED}{step}"] = is_clicked
    for enrolment in enrolment_ids:
        facts = found.setdefault(enrolment, {})
        for key in own:
            if key.startswith((OPENED, CLICKED)):
                facts.setdefault(key, False)
    return found
