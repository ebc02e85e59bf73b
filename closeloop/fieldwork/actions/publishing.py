"""Standards: made, drafted, published as frozen versions, retired."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.edge.etags import EditConflict
from closeloop.fieldwork import errors, standards
from closeloop.fieldwork.models import Standard, StandardVersion
from closeloop.identity.actor import Actor


def create_standard(key: str, definition: Mapping[str, Any], *, actor: Actor) -> Standard:
    """A standard with its first draft; nothing is held to it before that is published.

    Raises StandardKeyTaken.
    """
    try:
        with transaction.atomic():
            standard = Standard.objects.create(
                key=key,
                name=definition["name"],
                draft=_plain(definition),
                drafted_at=timezone.now(),
                drafted_by_id=actor.user_id,
            )
    except IntegrityError as error:
        raise errors.StandardKeyTaken({"key": key}) from error
    _record("followup.standard_created", standard, actor)
    return standard


def write_standard_draft(
    key: str, definition: Mapping[str, Any], *, expected_revision: int, actor: Actor
) -> Standard:
    """Keep what is being written; it may still have problems. Raises EditConflict."""
    standard = _locked(key, expected_revision)
    standard.draft = _plain(definition)
    standard.drafted_at, standard.drafted_by_id = timezone.now(), actor.user_id
    standard.revision += 1
    standard.save(update_fields=["draft", "drafted_at", "drafted_by", "revision"])
    return standard


def drop_standard_draft(key: str, *, expected_revision: int, actor: Actor) -> Standard:
    """Throw the draft away. Raises NoStandardDraft, EditConflict."""
    standard = _locked(key, expected_revision)
    if standard.draft is None:
        raise errors.NoStandardDraft({"key": key})
    _without_draft(standard)
    _record("followup.standard_draft_dropped", standard, actor)
    return standard


def publish_standard(key: str, *, expected_revision: int, actor: Actor) -> Standard:
    """Publish the draft as the next version, which holds from now on.

    Raises NoStandardDraft, StandardUnfit, EditConflict.
    """
    standard = _locked(key, expected_revision)
    if standard.draft is None:
        raise errors.NoStandardDraft({"key": key})
    _publish(standard, standard.draft, actor)
    if not standard.is_active:
        standard.is_active = True
        standard.save(update_fields=["is_active"])
    _without_draft(standard)
    return standard


def retire_standard(
    key: str, *, is_retired: bool, expected_revision: int, actor: Actor
) -> Standard:
    """Hold nobody to a standard any more, or again. Raises EditConflict."""
    standard = _locked(key, expected_revision)
    if standard.is_active == is_retired:
        standard.is_active = not is_retired
        standard.revision += 1
        standard.save(update_fields=["is_active", "revision"])
        revisions.bump(standards.REVISION)
        verb = "followup.standard_retired" if is_retired else "followup.standard_revived"
        _record(verb, standard, actor)
    return standard


def install(given: Mapping[str, Any], *, actor: Actor) -> StandardVersion:
    """A standard of a pack; installed again it changes only what the pack changed.

    Raises StandardUnfit.
    """
    standard, is_new = Standard.objects.select_for_update(of=("self",)).get_or_create(
        key=given["key"], defaults={"name": given["name"]}
    )
    if is_new:
        _record("followup.standard_created", standard, actor)
    definition = {key: value for key, value in given.items() if key != "key"}
    return _publish(standard, definition, actor)


def _publish(standard: Standard, definition: Mapping[str, Any], actor: Actor) -> StandardVersion:
    problems = standards.find_problems(standard.key, definition)
    if problems:
        raise errors.StandardUnfit({"problems": [each.as_data() for each in problems]})
    content = _plain(definition)
    newest = standard.versions.filter(is_current=True).first()
    if newest is not None and newest.definition == content:
        return newest
    highest = standard.versions.aggregate(highest=Max("number"))["highest"] or 0
    standard.versions.filter(is_current=True).update(is_current=False)
    version = StandardVersion.objects.create(
        standard=standard,
        number=highest + 1,
        definition=content,
        published_by_id=actor.user_id,
    )
    Standard.objects.filter(pk=standard.pk).update(name=content["name"])
    revisions.bump(standards.REVISION)
    _record("followup.standard_published", standard, actor, version=version.number)
    return version


def _without_draft(standard: Standard) -> None:
    standard.draft = standard.drafted_at = standard.drafted_by = None
    standard.revision += 1
    standard.save(update_fields=["draft", "drafted_at", "drafted_by", "revision"])


def _locked(key: str, expected_revision: int) -> Standard:
    standard = Standard.objects.select_for_update(of=("self",)).filter(key=key).first()
    if standard is None:
        raise errors.StandardNotFound({"key": key})
    if standard.revision != expected_revision:
        raise EditConflict({"version": standard.revision, "conflict": []})
    return standard


def _plain(definition: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(dict(definition), default=str))
    return found


def _record(verb: str, standard: Standard, actor: Actor, **data: Any) -> None:
    told = {"key": standard.key, "name": standard.name, **data}
    activity.record(Happening(verb=verb, data=told), actor=actor)
