"""Records in a pool that nobody could take only because of the hour, or because all were away."""

from datetime import timedelta

from django.db.models.functions import Now

from closeloop.edge import statements
from closeloop.engine.routing import Why
from closeloop.pool.models import EntryReason, Stay

MOST_AT_ONCE = 500
LONGEST = timedelta(days=14)
"""After so long a record waits for whoever claims it, even where its receivers come back."""
PASSING = frozenset({Why.AWAY, Why.OFF_HOURS})
_TOLD = """
    SELECT told.record_id FROM (
        SELECT DISTINCT ON (record_id) record_id, data FROM activity_entry
        WHERE record_id = ANY(%s) AND verb = %s ORDER BY record_id, id DESC
    ) told
    WHERE told.data->>'kind' = 'first' AND EXISTS (
        SELECT FROM jsonb_array_elements(told.data->'passed_over') passed
        WHERE passed->>'why' = ANY(%s)
    )
"""


def waiting(record_type: str) -> list[int]:
    """The ids of those records, first come first; nobody has had them before."""
    stays = Stay.objects.filter(
        record__type=record_type,
        left_at=None,
        reason=EntryReason.ROUTED,
        entered_at__gt=Now() - LONGEST,
    )
    ids = list(stays.order_by("entered_at", "pk").values_list("record_id", flat=True))
    if not ids:
        return []
    verb = f"{record_type}.not_routed"
    passing = {row[0] for row in statements.rows(_TOLD, [ids, verb, sorted(PASSING)])}
    return [each for each in ids if each in passing][:MOST_AT_ONCE]
