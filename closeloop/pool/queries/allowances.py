"""How much somebody may still claim today, and how much they hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from closeloop.pool.book import Live
from closeloop.pool.models import Leaving, Stay
from closeloop.pool.plugs import plugs
from closeloop.records.types import registry


@dataclass(frozen=True)
class Allowance:
    """What somebody has used of a pool's limits; a limit of None is none."""

    claimed_today: int
    per_day: int | None
    held: int
    most_held: int | None

    @property
    def left_today(self) -> int | None:
        """How many may still be claimed today; None where nothing limits it."""
        return None if self.per_day is None else max(0, self.per_day - self.claimed_today)

    @property
    def room(self) -> int | None:
        """How many more may be held."""
        return None if self.most_held is None else max(0, self.most_held - self.held)


def allowance_of(pool: Live, person_id: int) -> Allowance:
    """What a person has used of a pool's limits."""
    return allowances_of([pool], person_id)[pool.id]


def allowances_of(pools: Iterable[Live], person_id: int) -> dict[int, Allowance]:
    """The same of several pools, in one query and one for each record type that limits holding."""
    chosen = list(pools)
    claimed: dict[int, int] = {}
    since = today_began()
    rows = Stay.objects.filter(
        to_owner_id=person_id,
        pool_id__in=[each.id for each in chosen],
        left_how=Leaving.CLAIMED,
        left_at__gte=since,
    ).values_list("pool_id", flat=True)
    for pool_id in rows:
        claimed[pool_id] = claimed.get(pool_id, 0) + 1
    limited = sorted({each.record_type for each in chosen if each.rules.held is not None})
    held = {record_type: held_by(record_type, person_id) for record_type in limited}
    return {
        each.id: Allowance(
            claimed_today=claimed.get(each.id, 0),
            per_day=each.rules.per_day,
            held=held.get(each.record_type, 0),
            most_held=each.rules.held,
        )
        for each in chosen
    }


def held_by(record_type: str, person_id: int) -> int:
    """How many open records of a type a person owns."""
    kind = registry.get(record_type)
    stages = plugs.open_stages(record_type)
    is_open = "" if stages is None else " AND r.stage = ANY(%s)"
    its_type = " AND r.type_key = %s" if kind.is_user_defined else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {kind.table} r"
            f" WHERE r.owner_id = %s AND r.deleted_at IS NULL{is_open}{its_type}",
            [
                person_id,
                *([] if stages is None else [sorted(stages)]),
                *([record_type] if its_type else []),
            ],
        )
        return int(cursor.fetchone()[0])


def today_began() -> datetime:
    """The beginning of the company's day."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
