"""Records go into a pool: released by their owner, put in by a manager, or owned by nobody."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import statements
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import NotAllowed, Verb
from closeloop.pool import book, errors, queries, rights
from closeloop.pool.actions import holding
from closeloop.pool.actions.holding import Held
from closeloop.pool.book import Live
from closeloop.pool.models import EntryReason, Stay
from closeloop.pool.plugs import plugs
from closeloop.records.queries import visible_record
from closeloop.records.types import RecordType, registry

LONGEST_NOTE = 500
_STAYS = """
    INSERT INTO pool_stay
        (pool_id, record_id, reason, note, rule, data, from_unit_id, put_by_id, left_how)
    SELECT given.pool_id, given.record_id, %s, %s, %s, %s::jsonb, given.unit_id, %s::bigint, ''
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS given(record_id, pool_id, unit_id)
"""
VERBS: Mapping[str, str] = {
    EntryReason.RELEASED: "released",
    EntryReason.RECYCLED: "recycled",
    EntryReason.PUT_IN: "pooled",
    EntryReason.ROUTED: "pooled",
    EntryReason.UNOWNED: "pooled",
}


@dataclass(frozen=True)
class Coming:
    """How a record comes into a pool; `data` holds the facts behind it, for its sentence."""

    reason: EntryReason
    note: str = ""
    rule: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def release(record_type: str, record_id: int, *, reason: str, note: str = "", actor: Actor) -> Stay:
    """An owner gives a record back, with a reason.

    Raises NotYours, NoPool, ReasonUnknown, NoteMissing, RecordEnded, AlreadyPooled.
    """
    visible_record(record_id, actor=actor, record_type=record_type)
    held = holding.locked(record_type, record_id)
    if held.owner_id is None:
        raise errors.AlreadyPooled({"id": record_id})
    if held.owner_id != actor.user_id:
        raise errors.NotYours({"id": record_id})
    pool = pool_for(held)
    name = pool.rules.reasons.get(reason)
    if name is None:
        raise errors.ReasonUnknown({"reasons": list(pool.rules.reasons)})
    if pool.rules.needs_note and not note.strip():
        raise errors.NoteMissing
    data = {"why": dict(name), "key": reason}
    coming = Coming(EntryReason.RELEASED, note=note.strip(), data=data)
    return enter(held, pool, coming, actor=actor)


def put_in(record_type: str, record_id: int, *, note: str, actor: Actor) -> Stay:
    """Somebody above puts a record into its pool.

    Raises RecordNotFound, NotAllowed, NoPool, NoteMissing, Protected, RecordEnded, AlreadyPooled.
    """
    visible_record(record_id, actor=actor, record_type=record_type)
    held = holding.locked(record_type, record_id)
    access = org.access_of(actor)
    if not rights.may_hand_out(record_type, access, unit_id=held.unit_id, owner_id=held.owner_id):
        raise NotAllowed({"permission": f"record:{Verb.ASSIGN}:{record_type}"})
    if not note.strip():
        raise errors.NoteMissing
    until = queries.protected_until(record_id)
    if until is not None and held.owner_id != actor.user_id:
        raise errors.Protected({"until": until})
    coming = Coming(EntryReason.PUT_IN, note=note.strip())
    return enter(held, pool_for(held), coming, actor=actor)


def put_unowned(
    record_type: str,
    record_ids: Sequence[int],
    *,
    coming: Coming,
    actor: Actor,
) -> dict[int, int]:
    """Put those of some records that nobody owns into the pools of their units, set-based.

    Gives the pool's id by record; those that have an owner, have ended or lie in a pool already,
    and those that no pool takes, are left out.
    """
    if record_type not in book.record_types():
        return {}
    kind = registry.get(record_type)
    chosen: dict[int, Live] = {}
    units: dict[int, int | None] = {}
    for record_id, unit_id in _unowned(kind, record_ids):
        pool = book.pool_for(record_type, unit_id)
        if pool is not None:
            chosen[record_id], units[record_id] = pool, unit_id
    _begin_stays(chosen, units, coming, actor)
    activity.record_many(
        [
            _happening(record_type, record_id, units[record_id], pool, coming, from_owner=None)
            for record_id, pool in chosen.items()
        ],
        actor=actor,
    )
    return {record_id: pool.id for record_id, pool in chosen.items()}


def pool_for(held: Held) -> Live:
    """The pool into which a record goes; raises NoPool."""
    pool = book.pool_for(held.record_type, held.unit_id)
    if pool is None:
        raise errors.NoPool({"record_type": held.record_type})
    return pool


def enter(held: Held, pool: Live, coming: Coming, *, actor: Actor) -> Stay:
    """A locked record loses its owner and lies in a pool. Raises RecordEnded, AlreadyPooled."""
    stages = plugs.open_stages(held.record_type)
    if stages is not None and held.stage not in stages:
        raise errors.RecordEnded({"id": held.record_id})
    if Stay.objects.filter(record_id=held.record_id, left_at=None).exists():
        raise errors.AlreadyPooled({"id": held.record_id})
    now = timezone.now()
    lock = pool.rules.locked_days if held.owner_id is not None else 0
    stay = Stay.objects.create(
        pool_id=pool.id,
        record_id=held.record_id,
        entered_at=now,
        reason=coming.reason,
        rule=coming.rule,
        note=coming.note,
        data=dict(coming.data),
        from_owner_id=held.owner_id,
        from_unit_id=held.unit_id,
        put_by_id=actor.user_id,
        locked_until=now + timedelta(days=lock) if lock else None,
    )
    if held.owner_id is not None:
        holding.take_away(held, unit_id=pool.home_id, actor=actor)
    activity.record(
        _happening(
            held.record_type, held.record_id, pool.home_id, pool, coming, from_owner=held.owner_id
        ),
        actor=actor,
    )
    return stay


def _begin_stays(
    chosen: Mapping[int, Live], units: Mapping[int, int | None], coming: Coming, actor: Actor
) -> None:
    """Stays of many records in one statement; nothing of it passes through the ORM."""
    if not chosen:
        return
    pools = [pool.id for pool in chosen.values()]
    statements.rows(
        _STAYS,
        [
            coming.reason.value,
            coming.note,
            coming.rule,
            json.dumps(dict(coming.data), cls=DjangoJSONEncoder),
            actor.user_id,
            statements.listed(chosen),
            statements.listed(pools),
            statements.listed(units[record_id] for record_id in chosen),
        ],
    )


def _happening(
    record_type: str,
    record_id: int,
    unit_id: int | None,
    pool: Live,
    coming: Coming,
    *,
    from_owner: int | None,
) -> Happening:
    return Happening(
        verb=f"{record_type}.{VERBS[coming.reason]}",
        record_id=record_id,
        record_type=record_type,
        unit_id=unit_id,
        data={
            "pool": pool.key,
            "pool_name": dict(pool.name),
            "version": pool.number,
            "reason": coming.reason.value,
            "rule": coming.rule,
            "note": coming.note,
            "from_owner": from_owner,
            **coming.data,
        },
    )


def _unowned(kind: RecordType, record_ids: Sequence[int]) -> list[tuple[int, int | None]]:
    stages = plugs.open_stages(kind.key)
    is_open = "" if stages is None else " AND r.stage = ANY(%s)"
    its_type = " AND r.type_key = %s" if kind.is_user_defined else ""
    found = statements.rows(
        f"SELECT r.id, r.unit_id FROM {kind.table} r WHERE r.id = ANY(%s::bigint[])"
        f" AND r.owner_id IS NULL AND r.deleted_at IS NULL{is_open}{its_type}"
        " AND NOT EXISTS (SELECT FROM pool_stay stay"
        " WHERE stay.record_id = r.id AND stay.left_at IS NULL)"
        " ORDER BY r.id FOR NO KEY UPDATE OF r",
        [
            statements.listed(record_ids),
            *([] if stages is None else [sorted(stages)]),
            *([kind.key] if its_type else []),
        ],
    )
    return [(row[0], row[1]) for row in found]
