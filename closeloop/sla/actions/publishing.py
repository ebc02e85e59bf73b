"""Policies: made, drafted, published as frozen versions, switched on and off."""

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.engine import sla
from closeloop.identity.actor import Actor
from closeloop.sla import errors, facts, policies
from closeloop.sla.models import Policy, PolicyVersion


def create_policy(key: str, *, name: Mapping[str, str], about: str, actor: Actor) -> Policy:
    """A policy with an empty draft; it opens no clock before it is published.

    Raises PolicyExists, PolicyInvalid where the key is no key.
    """
    draft = {"key": key, "name": dict(name), "about": about, "opens": [], "closes": []}
    found = [each for each in sla.find_problems(draft) if each.path in ("/key", "/about")]
    if found:
        raise sla.PolicyInvalid(found)
    if Policy.objects.filter(key=key).exists():
        raise errors.PolicyExists({"key": key})
    policy = Policy.objects.create(
        key=key,
        name=dict(name),
        about=about,
        draft=draft,
        drafted_at=timezone.now(),
        drafted_by_id=actor.user_id,
    )
    _record("policy.created", policy, actor)
    return policy


def write_draft(key: str, definition: Mapping[str, Any], *, actor: Actor) -> Policy:
    """Keep what is being written; it may still have problems."""
    policy = locked(key)
    policy.draft = {**definition, "key": key, "about": policy.about}
    policy.drafted_at, policy.drafted_by_id = timezone.now(), actor.user_id
    policy.save(update_fields=["draft", "drafted_at", "drafted_by"])
    return policy


def publish_draft(key: str, *, actor: Actor) -> PolicyVersion:
    """Publish the draft as the next version. Raises NoDraft, PolicyInvalid."""
    policy = locked(key)
    if policy.draft is None:
        raise errors.NoDraft({"key": key})
    version = publish(policy.draft, actor=actor)
    Policy.objects.filter(pk=policy.pk).update(draft=None, drafted_at=None, drafted_by=None)
    return version


def publish(definition: Mapping[str, Any], *, actor: Actor) -> PolicyVersion:
    """Publish a definition as the next version; unchanged content gives the current one.

    Clocks that run keep the version they began with. Raises PolicyInvalid with every problem.
    """
    about = str(definition.get("about"))
    catalogue = facts.catalogue_of(about, is_checked=True)
    parsed = sla.parse_policy(definition, catalogue or None)
    content = json.loads(json.dumps(dict(definition), default=str))
    policy, _ = Policy.objects.select_for_update().get_or_create(
        key=parsed.key, defaults={"name": dict(parsed.name), "about": parsed.about}
    )
    newest = policy.versions.filter(is_current=True).first()
    if newest is not None and newest.definition == content:
        return newest
    highest = policy.versions.aggregate(highest=Max("number"))["highest"] or 0
    policy.versions.filter(is_current=True).update(is_current=False)
    version = PolicyVersion.objects.create(
        policy=policy, number=highest + 1, definition=content, published_by_id=actor.user_id
    )
    Policy.objects.filter(pk=policy.pk).update(name=dict(parsed.name))
    revisions.bump(policies.REVISION)
    _record("policy.published", policy, actor, version=version.number)
    return version


def switch(key: str, *, is_active: bool, actor: Actor) -> Policy:
    """Let a policy open clocks, or no more; those that run go on."""
    policy = locked(key)
    if policy.is_active != is_active:
        policy.is_active = is_active
        policy.save(update_fields=["is_active"])
        revisions.bump(policies.REVISION)
        verb = "policy.switched_on" if is_active else "policy.switched_off"
        _record(verb, policy, actor)
    return policy


def locked(key: str) -> Policy:
    """A policy under its lock; raises PolicyNotFound."""
    policy = Policy.objects.select_for_update(of=("self",)).filter(key=key).first()
    if policy is None:
        raise errors.PolicyNotFound({"key": key})
    return policy


def _record(verb: str, policy: Policy, actor: Actor, **data: Any) -> None:
    told = {"policy": policy.key, "name": policy.name, **data}
    activity.record(Happening(verb=verb, data=told), actor=actor)
