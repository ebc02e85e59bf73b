"""Reading the record in commit order, each entry taking effect once.

A batch is what has committed behind the snapshot horizon: no transaction that is still open can
add an entry with a lower transaction id. The effect and the cursor commit together.
"""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from closeloop.activity.models import Cursor, Entry

Effect = Callable[[Sequence[Entry]], None]
_HORIZON = RawSQL("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", [])


def advance(subscriber: str, effect: Effect, *, at_most: int = 1000) -> int:
    """Give the subscriber its next batch; gives how many entries took effect.

    Only one process reads for a subscriber at a time; another that tries gets 0 at once.
    """
    with transaction.atomic():
        Cursor.objects.get_or_create(subscriber=subscriber)
        cursor = (
            Cursor.objects.select_for_update(skip_locked=True).filter(subscriber=subscriber).first()
        )
        if cursor is None:
            return 0
        batch = list(
            Entry.objects.filter(Q(xid=cursor.xid, id__gt=cursor.entry_id) | Q(xid__gt=cursor.xid))
            .filter(xid__lt=_HORIZON)
            .order_by("xid", "id")[:at_most]
        )
        if batch:
            effect(batch)
            cursor.xid, cursor.entry_id = batch[-1].xid, batch[-1].id
            cursor.save(update_fields=["xid", "entry_id"])
        return len(batch)
