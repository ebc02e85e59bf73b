"""Records leave a pool for somebody: claimed by themselves, or assigned by a manager."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import NotAllowed, Verb
from closeloop.pool import book, errors, queries, rights
from closeloop.pool.actions import holding
from closeloop.pool.actions.holding import Held
from closeloop.pool.book import Live
from closeloop.pool.models import Leaving, Stay
from closeloop.records.queries import visible_record

_CLAIMS = 4_704
"""The number under which claims of one person wait for one another (advisory locks)."""


def claim(record_type: str, record_id: int, *, actor: Actor) -> Stay:
    """Take a record out of its pool: of several who try at once, one has it.

    A person's own claims follow one another, so that limits hold; then the record is locked, and
    whoever comes later is told who has it. Raises RecordNotFound, NotPooled, NotClaimant,
    AlreadyTaken, ClaimsUsedUp, HandsFull, LockedToPrevious.
    """
    person_id = actor.person_id
    _one_at_a_time(person_id)
    pool = _pool_seen(record_type, record_id, actor=actor)
    if not rights.may_claim(pool, org.access_of(actor)):
        raise errors.NotClaimant({"pool": pool.key})
    held = holding.locked(record_type, record_id)
    stay = _open(record_id)
    now = timezone.now()
    if stay.from_owner_id == person_id and stay.locked_until and stay.locked_until > now:
        raise errors.LockedToPrevious({"until": stay.locked_until})
    allowance = queries.allowance_of(pool, person_id)
    if allowance.left_today == 0:
        raise errors.ClaimsUsedUp({"per_day": allowance.per_day})
    if allowance.room == 0:
        raise errors.HandsFull({"held": allowance.held, "most": allowance.most_held})
    return _leave(stay, held, pool, how=Leaving.CLAIMED, to=person_id, now=now, actor=actor)


def assign_out(record_type: str, record_id: int, *, owner_id: int, actor: Actor) -> Stay:
    """A manager gives a record in a pool to somebody, whatever the limits of claiming.

    Raises RecordNotFound, NotPooled, NotAllowed, AlreadyTaken, OwnerInvalid.
    """
    access = org.access_of(actor)
    pool = _pool_seen(record_type, record_id, actor=actor)
    held = holding.locked(record_type, record_id)
    if not rights.may_hand_out(record_type, access, unit_id=held.unit_id):
        raise NotAllowed({"permission": f"record:{Verb.ASSIGN}:{record_type}"})
    stay = _open(record_id)
    now = timezone.now()
    return _leave(stay, held, pool, how=Leaving.ASSIGNED, to=owner_id, now=now, actor=actor)


def _one_at_a_time(person_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_CLAIMS, person_id % 2_147_483_647])


def _pool_seen(record_type: str, record_id: int, *, actor: Actor) -> Live:
    """The pool in which the record lies, or lay last, if the viewer sees it."""
    newest = queries.last_stay(record_id)
    pool = book.pools().get(newest.pool_id) if newest is not None else None
    access = org.access_of(actor)
    if pool is None or pool.record_type != record_type or not rights.may_see(pool, access):
        visible_record(record_id, actor=actor, record_type=record_type)
        raise errors.NotPooled({"id": record_id})
    return pool


def _open(record_id: int) -> Stay:
    """The stay of a locked record; raises AlreadyTaken with who has it since."""
    stay = queries.last_stay(record_id)
    if stay is None or stay.left_at is not None:
        by = stay.to_owner.name if stay is not None and stay.to_owner is not None else ""
        raise errors.AlreadyTaken({"by": by})
    return stay


def _leave(
    stay: Stay,
    held: Held,
    pool: Live,
    *,
    how: Leaving,
    to: int,
    now: datetime,
    actor: Actor,
) -> Stay:
    days = pool.rules.protected_days if how == Leaving.CLAIMED else 0
    stay.left_at, stay.left_how = now, how
    stay.to_owner_id, stay.left_by_id = to, actor.user_id
    stay.protected_until = now + timedelta(days=days) if days else None
    stay.save(update_fields=["left_at", "left_how", "to_owner", "left_by", "protected_until"])
    holding.give_to(held, owner_id=to, actor=actor)
    if how == Leaving.CLAIMED:
        activity.record(
            Happening(
                verb=f"{held.record_type}.claimed",
                record_id=held.record_id,
                record_type=held.record_type,
                unit_id=org.home_unit_of(to),
                data={
                    "pool": pool.key,
                    "pool_name": dict(pool.name),
                    "version": pool.number,
                    "from_owner": stay.from_owner_id,
                    "waited_s": round((now - stay.entered_at).total_seconds()),
                    "protected_until": stay.protected_until,
                },
            ),
            actor=actor,
        )
    return stay
