"""Pools: made, drafted, published as frozen versions, switched on and off."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.identity.actor import Actor
from closeloop.pool import book, errors, queries, rules
from closeloop.pool.models import Pool, PoolVersion
from closeloop.records.types import registry

REASONS = [
    {"key": "nothing_needed", "name": {"zh-CN": "暂无需求", "en-US": "No need for now"}},
    {"key": "no_answer", "name": {"zh-CN": "联系不上", "en-US": "Cannot be reached"}},
    {"key": "not_mine", "name": {"zh-CN": "不属于我负责的范围", "en-US": "Not in my area"}},
    {"key": "too_many", "name": {"zh-CN": "手上太多，顾不过来", "en-US": "No capacity"}},
    {"key": "other", "name": {"zh-CN": "其他", "en-US": "Other"}},
]


def create_pool(
    key: str,
    *,
    name: Mapping[str, str],
    record_type: str,
    unit_id: int | None,
    actor: Actor,
) -> Pool:
    """A pool with a first draft; it takes nothing in before that is published.

    Raises PoolExists, UnknownRecordType.
    """
    registry.get(record_type)
    try:
        with transaction.atomic():
            pool = Pool.objects.create(
                key=key,
                name=dict(name),
                record_type=record_type,
                unit_id=unit_id,
                draft=first_draft(record_type),
                drafted_at=timezone.now(),
                drafted_by_id=actor.user_id,
            )
    except IntegrityError as error:
        raise errors.PoolExists({"key": key}) from error
    _record("pool.created", pool, actor)
    return pool


def first_draft(record_type: str) -> dict[str, Any]:
    """What a new pool says until somebody changes it: contact data masked, nothing comes back."""
    kind, known = registry.get(record_type), queries.known_for(record_type).fields
    shown = [each for each in kind.list_columns if each in known and each != kind.title_field]
    return {
        "claim": {"per_day": 10},
        "protected_days": 7,
        "locked_days": 3,
        "release": {"reasons": REASONS, "needs_note": False},
        "shows": shown,
        "masks": queries.contact_fields(record_type),
        "recycle": [],
        "spares": {"waiting": True, "open": [], "when": None},
        "notice": {"days": 3, "to": ["owner"]},
    }


def write_draft(pool_id: int, definition: Mapping[str, Any], *, actor: Actor) -> Pool:
    """Keep what is being written; it may still have problems."""
    pool = _locked(pool_id)
    pool.draft = dict(definition)
    pool.drafted_at, pool.drafted_by_id = timezone.now(), actor.user_id
    pool.save(update_fields=["draft", "drafted_at", "drafted_by"])
    return pool


def publish_draft(pool_id: int, *, actor: Actor) -> PoolVersion:
    """Publish the draft as the next version. Raises NoDraft, PoolRulesInvalid."""
    pool = _locked(pool_id)
    if pool.draft is None:
        raise errors.NoDraft({"id": pool_id})
    version = _publish(pool, pool.draft, actor)
    Pool.objects.filter(pk=pool.pk).update(draft=None, drafted_at=None, drafted_by=None)
    return version


def install(given: Mapping[str, Any], *, actor: Actor) -> PoolVersion:
    """A pool of a pack; installed again it changes only what the pack changed.

    Raises PoolRulesInvalid with every problem.
    """
    pool, is_new = Pool.objects.select_for_update(of=("self",)).get_or_create(
        key=given["key"],
        defaults={"name": given["name"], "record_type": given["record_type"]},
    )
    if is_new:
        _record("pool.created", pool, actor)
    return _publish(
        pool, {"masks": queries.contact_fields(pool.record_type), **given["rules"]}, actor
    )


def switch(pool_id: int, *, is_active: bool, actor: Actor) -> Pool:
    """Let a pool take in and give out, or no more; what lies in it stays there."""
    pool = _locked(pool_id)
    if pool.is_active != is_active:
        pool.is_active = is_active
        pool.save(update_fields=["is_active"])
        revisions.bump(book.REVISION)
        _record("pool.switched_on" if is_active else "pool.switched_off", pool, actor)
    return pool


def _publish(pool: Pool, definition: Mapping[str, Any], actor: Actor) -> PoolVersion:
    found = rules.find_problems(definition, queries.known_for(pool.record_type))
    if found:
        raise errors.PoolRulesInvalid(found)
    content = json.loads(json.dumps(dict(definition), default=str))
    newest = pool.versions.filter(is_current=True).first()
    if newest is not None and newest.definition == content:
        return newest
    highest = pool.versions.aggregate(highest=Max("number"))["highest"] or 0
    pool.versions.filter(is_current=True).update(is_current=False)
    version = PoolVersion.objects.create(
        pool=pool, number=highest + 1, definition=content, published_by_id=actor.user_id
    )
    revisions.bump(book.REVISION)
    _record("pool.published", pool, actor, version=version.number)
    return version


def _locked(pool_id: int) -> Pool:
    pool = Pool.objects.select_for_update(of=("self",)).filter(pk=pool_id).first()
    if pool is None:
        raise errors.PoolNotFound({"id": pool_id})
    return pool


def _record(verb: str, pool: Pool, actor: Actor, **data: Any) -> None:
    told = {"pool": pool.key, "name": pool.name, **data}
    activity.record(Happening(verb=verb, data=told), actor=actor)
