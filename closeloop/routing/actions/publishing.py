"""Rule sets: made, drafted, published as frozen versions, switched on and off."""

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.engine import routing
from closeloop.identity.actor import Actor
from closeloop.records.types import registry
from closeloop.routing import errors, rules
from closeloop.routing.actions import enrolling
from closeloop.routing.actions.enrolling import GroupGiven
from closeloop.routing.models import Group, RuleSet, RuleSetVersion


def create_rule_set(
    key: str, *, name: Mapping[str, str], record_type: str, actor: Actor
) -> RuleSet:
    """A rule set with an empty draft; it decides nothing before it is published and switched on.

    Raises RuleSetExists, NotRoutable, RulesInvalid where the key is no key.
    """
    _require_type(record_type)
    draft = {
        "key": key, "name": dict(name), "record_type": record_type,
        "branches": [], "otherwise": {"groups": []},
    }  # fmt: skip
    found = routing.find_problems(draft)
    if found:
        raise routing.RulesInvalid(found)
    if RuleSet.objects.filter(key=key).exists():
        raise errors.RuleSetExists({"key": key})
    made = RuleSet.objects.create(
        key=key,
        name=dict(name),
        record_type=record_type,
        draft=draft,
        drafted_at=timezone.now(),
        drafted_by_id=actor.user_id,
    )
    _record("routing.set_created", made, actor)
    return made


def write_draft(key: str, definition: Mapping[str, Any], *, actor: Actor) -> RuleSet:
    """Keep what is being written; it may still have problems."""
    found = _locked(key)
    found.draft = {**definition, "key": key, "record_type": found.record_type}
    found.drafted_at, found.drafted_by_id = timezone.now(), actor.user_id
    found.save(update_fields=["draft", "drafted_at", "drafted_by"])
    return found


def publish_draft(key: str, *, actor: Actor) -> RuleSetVersion:
    """Publish the draft as the next version. Raises NoRuleDraft, RulesInvalid."""
    found = _locked(key)
    if found.draft is None:
        raise errors.NoRuleDraft({"key": key})
    version = publish(found.draft, actor=actor)
    RuleSet.objects.filter(pk=found.pk).update(draft=None, drafted_at=None, drafted_by=None)
    return version


def publish(definition: Mapping[str, Any], *, actor: Actor) -> RuleSetVersion:
    """Publish a definition as the next version; unchanged content gives the current one.

    The first set of a record type decides from then on; others are switched on. Raises
    RulesInvalid with every problem.
    """
    record_type = str(definition.get("record_type"))
    _require_type(record_type)
    parsed = routing.parse_rules(definition, rules.known(record_type))
    content = json.loads(json.dumps(dict(definition), default=str))
    found, _ = RuleSet.objects.select_for_update(of=("self",)).get_or_create(
        key=parsed.key, defaults={"name": dict(parsed.name), "record_type": record_type}
    )
    newest = found.versions.filter(is_current=True).first()
    if newest is not None and newest.definition == content:
        return newest
    highest = found.versions.aggregate(highest=Max("number"))["highest"] or 0
    found.versions.filter(is_current=True).update(is_current=False)
    version = RuleSetVersion.objects.create(
        rule_set=found, number=highest + 1, definition=content, published_by_id=actor.user_id
    )
    is_first = not RuleSet.objects.filter(record_type=record_type, is_active=True).exists()
    changed: dict[str, Any] = {"name": dict(parsed.name)}
    if is_first:
        changed["is_active"] = True
    RuleSet.objects.filter(pk=found.pk).update(**changed)
    revisions.bump(rules.REVISION)
    _record("routing.published", found, actor, version=version.number)
    return version


def install(given: Mapping[str, Any], *, actor: Actor) -> None:
    """What a pack brings: its groups, still empty, and its rules as a draft.

    Who is in the groups only the company knows; what is there already stays as it is.
    """
    known = set(Group.objects.values_list("key", flat=True))
    for each in given["groups"]:
        if each["key"] not in known:
            group = GroupGiven(each["key"], each["name"], each["strategy"])
            enrolling.write_group(group, is_new=True, actor=actor)
    definition = given["rules"]
    found = routing.find_problems(definition)
    if found:
        raise routing.RulesInvalid(found)
    if not RuleSet.objects.filter(key=definition["key"]).exists():
        create_rule_set(
            definition["key"],
            name=definition["name"],
            record_type=definition["record_type"],
            actor=actor,
        )
        write_draft(definition["key"], definition, actor=actor)


def switch(key: str, *, is_active: bool, actor: Actor) -> RuleSet:
    """Let a rule set decide, or no more; the one that decided for its record type steps back.

    Raises RuleSetNotFound, NotPublished.
    """
    found = _locked(key)
    if is_active and not found.versions.filter(is_current=True).exists():
        raise errors.NotPublished({"key": key})
    if found.is_active != is_active:
        if is_active:
            others = RuleSet.objects.filter(record_type=found.record_type, is_active=True)
            for other in others.select_for_update(of=("self",)):
                RuleSet.objects.filter(pk=other.pk).update(is_active=False)
                _record("routing.switched_off", other, actor)
        found.is_active = is_active
        found.save(update_fields=["is_active"])
        revisions.bump(rules.REVISION)
        verb = "routing.switched_on" if is_active else "routing.switched_off"
        _record(verb, found, actor)
    return found


def _require_type(record_type: str) -> None:
    if not any(each.key == record_type for each in registry):
        raise errors.NotRoutable({"record_type": record_type})


def _locked(key: str) -> RuleSet:
    found = RuleSet.objects.select_for_update(of=("self",)).filter(key=key).first()
    if found is None:
        raise errors.RuleSetNotFound({"key": key})
    return found


def _record(verb: str, found: RuleSet, actor: Actor, **data: Any) -> None:
    told = {"rule_set": found.key, "name": found.name, **data}
    activity.record(Happening(verb=verb, data=told), actor=actor)
