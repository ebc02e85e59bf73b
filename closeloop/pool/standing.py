"""How one record stands with pools, for one viewer; and which pools somebody sees."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Access, Verb
from closeloop.pool import book, coming_back, errors, presenting, queries, rights, sentences
from closeloop.pool.book import Live
from closeloop.pool.plugs import plugs
from closeloop.records.models import Record
from closeloop.records.queries import RecordNotFound
from closeloop.records.types import registry

LOOKED_AHEAD = timedelta(days=14)


def pools_seen(access: Access) -> list[Live]:
    """The active pools that somebody sees."""
    return [each for each in book.pools().values() if rights.may_see(each, access)]


def pool_seen(pool_id: int, access: Access) -> Live:
    """One of them; raises PoolNotFound."""
    found = book.pools().get(pool_id)
    if found is None or not rights.may_see(found, access):
        raise errors.PoolNotFound({"id": pool_id})
    return found


def of(record_type: str, record_id: int, *, actor: Actor, language: str) -> dict[str, Any]:
    """A record's standing. Raises RecordNotFound where neither it nor its pool may be seen.

    Who sees it by the pool alone sees what the pool shows; its past is told to both.
    """
    access = org.access_of(actor)
    record = Record.objects.filter(pk=record_id, type=record_type, deleted_at=None).first()
    stays = queries.history_of(record_id) if record is not None else []
    newest = stays[0] if stays else None
    lies_in = _pool_of(newest.pool_id, access) if newest and newest.left_at is None else None
    reads = record is not None and access.reach(record_type, Verb.READ).covers(
        owner_id=record.owner_id, unit_id=record.unit_id
    )
    if record is None or not (reads or lies_in):
        raise RecordNotFound({"id": record_id})
    pool = lies_in or book.pool_for(record_type, record.unit_id)
    lying = queries.lying(lies_in, record_id) if lies_in else None
    shown = presenting.lying_rows(lies_in, [lying], access, language) if lies_in and lying else []
    hands_out = rights.may_hand_out(
        record_type, access, unit_id=record.unit_id, owner_id=record.owner_id
    )
    is_open = pool is not None and _is_open(record_type, record_id)
    is_owned = record.owner_id is not None
    return {
        "entry": shown[0] if shown else None,
        "pool": {"id": pool.id, "name": dict(pool.name)} if pool else None,
        "my": presenting.pool_rows([lies_in], access, language)[0]["my"] if lies_in else None,
        "may_release": is_open and is_owned and record.owner_id == access.user_id,
        "may_put_in": is_open and is_owned and hands_out,
        "may_assign_out": lies_in is not None and hands_out,
        "reasons": [{"key": key, "name": dict(name)} for key, name in pool.rules.reasons.items()]
        if pool
        else [],
        "needs_note": bool(pool and pool.rules.needs_note),
        "protected_until": queries.protected_until(record_id) if is_owned else None,
        "coming": _coming(pool, record_id, language) if pool and is_owned else None,
        "stays": presenting.stay_rows(stays, language),
    }


def _pool_of(pool_id: int, access: Access) -> Live | None:
    pool = book.pools().get(pool_id)
    return pool if pool is not None and rights.may_see(pool, access) else None


def _is_open(record_type: str, record_id: int) -> bool:
    stages = plugs.open_stages(record_type)
    if stages is None:
        return True
    rows = registry.get(record_type).model._default_manager.filter(pk=record_id)
    return rows.filter(stage__in=list(stages)).exists()


def _coming(pool: Live, record_id: int, language: str) -> dict[str, Any] | None:
    found = coming_back.due(
        coming_back.territory_of(pool),
        until=timezone.now() + LOOKED_AHEAD,
        record_ids=[record_id],
        at_most=1,
    )
    rule = pool.rules.recycle_of(found[0].rule) if found else None
    if rule is None:
        return None
    sentence = sentences.recycle(rule, pool.record_type, language)
    return {"rule": rule.key, "sentence": sentence, "at": found[0].at}
