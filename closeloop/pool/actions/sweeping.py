"""What comes back by itself, and the notice before: run again and again, done once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from closeloop.edge import work
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import SYSTEM
from closeloop.notices import actions as notices
from closeloop.notices.actions import Message
from closeloop.org import queries as org
from closeloop.pool import book, coming_back, sentences
from closeloop.pool.actions import holding
from closeloop.pool.actions.entering import Coming, enter
from closeloop.pool.book import Live
from closeloop.pool.coming_back import Due
from closeloop.pool.models import EntryReason

AT_ONCE = 500
AHEAD, AFTER = "pool.ahead", "pool.recycled"
_NAMED = 5


@dataclass(frozen=True)
class Swept:
    """How many records came back, and how many people were told of what will."""

    recycled: int
    told: int


def sweep(now: datetime | None = None, *, at_most: int = AT_ONCE) -> Swept:
    """Take back what is due, each record in a transaction of its own; tell of what will be."""
    at = now or timezone.now()
    recycled = told = 0
    for pool in list(book.pools().values()):
        if not pool.rules.recycle:
            continue
        territory = coming_back.territory_of(pool)
        due = coming_back.due(territory, until=at, at_most=at_most - recycled)
        recycled += sum(1 for each in due if _taken_back(pool, each, at))
        told += _tell_ahead(pool, at)
    return Swept(recycled, told)


def _taken_back(pool: Live, due: Due, now: datetime) -> bool:
    """Whether the record came back: it may have been worked on, moved or taken meanwhile."""
    try:
        return work.perform(partial(_recycle, pool, due, now))
    except Refusal:
        return False


def _recycle(pool: Live, due: Due, now: datetime) -> bool:
    held = holding.locked(pool.record_type, due.record_id)
    if held.owner_id is None:
        return False
    still = coming_back.due(
        coming_back.territory_of(pool), until=now, record_ids=[due.record_id], at_most=1
    )
    rule = pool.rules.recycle_of(still[0].rule) if still else None
    if rule is None:
        return False
    sentence = sentences.in_both(rule, pool.record_type)
    coming = Coming(EntryReason.RECYCLED, rule=rule.key, data={"sentence": dict(sentence)})
    stay = enter(held, pool, coming, actor=SYSTEM)
    notices.send(
        Message(
            event=AFTER,
            to=_people(pool, held.owner_id, held.unit_id),
            record_id=due.record_id,
            record_type=pool.record_type,
            link=f"/pools/{pool.id}",
            data={
                "record": due.title,
                "pool": dict(pool.name),
                "rule": dict(sentence),
            },
            dedupe_key=f"{AFTER}:{stay.pk}",
        )
    )
    return True


def _tell_ahead(pool: Live, now: datetime) -> int:
    """Tell owners once a day what they will lose; gives how many people."""
    days = pool.rules.notice_days
    if not days or not pool.rules.notice_to:
        return 0
    horizon = now + timedelta(days=days)
    by_owner: dict[int, list[Due]] = {}
    for each in coming_back.due(coming_back.territory_of(pool), until=horizon):
        if each.at > now:
            by_owner.setdefault(each.owner_id, []).append(each)
    told = 0
    for owner_id, due in by_owner.items():
        sent = work.perform(partial(_warn, pool, owner_id, due, now))
        told += len(sent)
    return told


def _warn(pool: Live, owner_id: int, due: Sequence[Due], now: datetime) -> list[int]:
    first = due[0]
    day = timezone.localtime(now).date().isoformat()
    return notices.send(
        Message(
            event=AHEAD,
            to=_people(pool, owner_id, first.unit_id),
            record_id=first.record_id if len(due) == 1 else None,
            record_type=pool.record_type if len(due) == 1 else "",
            link=_link(pool, due),
            data={
                "count": len(due),
                "pool": dict(pool.name),
                "names": "、".join(each.title for each in due[:_NAMED]),
                "first_at": first.at.isoformat(),
                "owner": first.owner,
            },
            dedupe_key=f"{AHEAD}:{pool.id}:{owner_id}:{day}",
        )
    )


def _link(pool: Live, due: Sequence[Due]) -> str:
    if len(due) == 1:
        return f"/r/{pool.record_type}/{due[0].record_id}"
    return f"/r/{pool.record_type}?mine=true"


def _people(pool: Live, owner_id: int, unit_id: int | None) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for relation in pool.rules.notice_to:
        person: int | None = owner_id
        if relation == "superior":
            person = org.superior_of(owner_id)
        elif relation == "unit_head":
            person = org.head_of_unit(unit_id) if unit_id is not None else None
        if person is not None:
            found[person] = None
    return tuple(found)
