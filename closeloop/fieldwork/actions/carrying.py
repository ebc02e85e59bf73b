"""What becomes of follow-ups when leads are merged, and when that is undone."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from django.db import connection

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.fieldwork.models import FollowUp
from closeloop.identity.actor import SYSTEM
from closeloop.records.models import Record

CARRIED, CARRIED_BACK = "followup.carried", "followup.carried_back"
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
        _record(CARRIED, to_id, Counter(lead_id for _, lead_id in moved))
    return moved


def move_back(moved: Sequence[Sequence[int]]) -> None:
    """Undo it: each goes back to its lead; a draft that was thrown away since stays away."""
    wanted = {each[0]: each[1] for each in moved}
    there = FollowUp.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    back = {number: wanted[number] for number in there.values_list("pk", flat=True)}
    _give(back)
    for lead_id, count in sorted(Counter(back.values()).items()):
        _record(CARRIED_BACK, lead_id, {lead_id: count})


def _give(leads: Mapping[int, int]) -> None:
    """Let follow-ups belong to these leads; what counts keeps everything else as it is."""
    if not leads:
        return
    columns = [statements.listed(column) for column in zip(*leads.items(), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('closeloop.carrying', 'on', true)")
        cursor.execute(_GIVE, columns)
        cursor.execute("SELECT set_config('closeloop.carrying', '', true)")


def _record(verb: str, lead_id: int, counted: Mapping[int, int]) -> None:
    """Say it about the lead that has them now: how many, by the lead of before."""
    lead = Record.objects.get(pk=lead_id)
    data = {
        "count": sum(counted.values()),
        "leads": [{"id": number, "count": count} for number, count in sorted(counted.items())],
    }
    activity.record(Happening(verb, lead.pk, lead.type, lead.unit_id, data), actor=SYSTEM)
