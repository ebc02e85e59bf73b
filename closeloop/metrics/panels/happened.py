"""What happened today with the records that somebody may read, in words, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.utils import timezone

from closeloop.activity.models import Entry
from closeloop.desk import reader, timeline
from closeloop.desk.timeline import Told
from closeloop.edge import statements
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.records.types import registry

MOST = 30
VERBS = (
    "lead.created", "lead.converted", "customer.created", "deal.created", "deal.stage_entered",
    "followup.recorded", "approval.agreed", "support.requested",
)  # fmt: skip
_TODAY = """
    SELECT e.id, e.record_id FROM activity_entry e JOIN records_record r ON r.id = e.record_id
    WHERE e.at >= %(since)s AND e.verb = ANY(%(verbs)s)
        AND r.deleted_at IS NULL AND ({scope})
    ORDER BY e.id DESC LIMIT %(most)s
"""


def today(*, actor: Actor, language: str, now: datetime) -> Sequence[tuple[int, Told]]:
    """The records and what is told of them."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    where, values = _scope(actor)
    rows = statements.rows(
        _TODAY.format(scope=where),
        {**values, "since": midnight, "verbs": list(VERBS), "most": MOST},
    )
    records: dict[int, int] = dict(rows)
    entries = Entry.objects.filter(pk__in=list(records), at__gte=midnight).order_by("-id")
    told = timeline.tell(list(entries), reader.reader_for(actor, language))
    return [(records[each.id], each) for each in told]


def _scope(actor: Actor) -> tuple[str, dict[str, object]]:
    """Which records the actor may read, of all types, with named values."""
    access, parts, values = org.access_of(actor), [], dict[str, object]()
    for number, record_type in enumerate(registry):
        reach = access.reach(record_type.key, Verb.READ)
        if not reach:
            continue
        values[f"type{number}"] = record_type.key
        own = [] if reach.everything else ["r.unit_id = ANY(%(units{n})s)"]
        values[f"units{number}"] = sorted(reach.unit_ids)
        if not reach.everything and reach.own_of is not None:
            own.append("r.owner_id = %(own{n})s")
            values[f"own{number}"] = reach.own_of
        inside = f" AND ({' OR '.join(own)})" if own else ""
        parts.append(f"(r.type = %(type{{n}})s{inside})".replace("{n}", str(number)))
    return " OR ".join(parts) or "FALSE", values
