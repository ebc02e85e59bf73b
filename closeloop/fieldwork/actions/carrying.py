"""What becomes of follow-ups when leads are merged, and when that is undone.

Each entry says whether the newest contact changed hands with them, and what was agreed on in the
newest that the lead has now: the clock of an agreed date goes along. A date that has passed counted
already against whoever missed it, and is not agreed on again.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.fieldwork.models import FollowUp, FollowUpState
from closeloop.identity.actor import SYSTEM
from closeloop.records.models import Record

CARRIED, CARRIED_BACK = "followup.carried", "followup.carried_back"
CARRIED_AWAY = "followup.carried_away"
VERBS = (CARRIED, CARRIED_BACK, CARRIED_AWAY)
_GIVE = """
    UPDATE fieldwork_followup f SET record_id = given.record_id
    FROM unnest(%s::bigint[], %s::bigint[]) AS given(id, record_id) WHERE f.id = given.id
"""


def move(from_ids: Collection[int], to_id: int) -> list[tuple[int, int]]:
    """The follow-ups of some leads go to another; gives each with its lead of before."""
    found = FollowUp.objects.select_for_update().filter(record_id__in=from_ids).order_by("pk")
    moved = list(found.values_list("pk", "record_id"))
    _give({number: to_id for number, _ in moved})
    if moved:
        newest = _newest(to_id)
        came = newest is not None and newest.pk in {number for number, _ in moved}
        counted = Counter(lead_id for _, lead_id in moved)
        _record(CARRIED, to_id, counted, newest=newest, is_newest=came)
    return moved


def move_back(moved: Sequence[Sequence[int]]) -> None:
    """Undo it: each goes back to its lead; a draft that was thrown away since stays away."""
    wanted = {each[0]: each[1] for each in moved}
    there = FollowUp.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    held = dict(there.values_list("pk", "record_id"))
    back = {number: wanted[number] for number in held}
    before = {lead_id: _newest(lead_id) for lead_id in sorted(set(held.values()))}
    _give(back)
    counted = Counter(back.values())
    for lead_id, newest in before.items():
        went = newest is not None and newest.pk in back
        _record(CARRIED_AWAY, lead_id, counted, newest=_newest(lead_id), is_newest=went)
    for lead_id, count in sorted(counted.items()):
        newest = _newest(lead_id)
        came = newest is not None and newest.pk in back
        _record(CARRIED_BACK, lead_id, {lead_id: count}, newest=newest, is_newest=came)


def _give(leads: Mapping[int, int]) -> None:
    """Let follow-ups belong to these leads; what counts keeps everything else as it is."""
    if not leads:
        return
    columns = [statements.listed(column) for column in zip(*leads.items(), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('closeloop.carrying', 'on', true)")
        cursor.execute(_GIVE, columns)
        cursor.execute("SELECT set_config('closeloop.carrying', '', true)")


def _newest(lead_id: int) -> FollowUp | None:
    """The last contact with a lead that counts."""
    counted = FollowUp.objects.filter(record_id=lead_id, state=FollowUpState.COUNTED)
    counted = counted.exclude(corrections__state=FollowUpState.COUNTED)
    return counted.order_by("at", "pk").last()


def _record(
    verb: str, lead_id: int, counted: Mapping[int, int], *, newest: FollowUp | None, is_newest: bool
) -> None:
    """Say it about the lead that has them now, or has them no longer: how many, by the lead."""
    lead = Record.objects.get(pk=lead_id)
    data = {
        "count": sum(counted.values()),
        "leads": [{"id": number, "count": count} for number, count in sorted(counted.items())],
        "newest": is_newest,
        **_agreed(newest if is_newest else None),
    }
    activity.record(Happening(verb, lead.pk, lead.type, lead.unit_id, data), actor=SYSTEM)


def _agreed(newest: FollowUp | None) -> Mapping[str, Any]:
    """What was agreed on in a contact and is still to come."""
    if newest is None or newest.next_at is None or newest.next_at <= timezone.now():
        return {"has_next": False}
    return {
        "has_next": True,
        "next_at": newest.next_at.isoformat(),
        "author_id": newest.author_id,
    }
