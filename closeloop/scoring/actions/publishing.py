"""Scorecards: drafted, published as frozen versions."""

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.engine.scoring import Scorecard as Card
from closeloop.fields import actions as fields
from closeloop.identity.actor import Actor
from closeloop.scoring import errors, facts, scorecards
from closeloop.scoring.models import Scorecard, ScorecardVersion


def write_draft(key: str, definition: Mapping[str, Any], *, actor: Actor) -> Scorecard:
    """Keep what is being written; it may still have problems."""
    found = _locked(key)
    found.draft = {**definition, "key": key, "about": found.about}
    found.drafted_at, found.drafted_by_id = timezone.now(), actor.user_id
    found.save(update_fields=["draft", "drafted_at", "drafted_by"])
    return found


def drop_draft(key: str, *, actor: Actor) -> Scorecard:
    """Throw the draft away; what is published stays."""
    found = _locked(key)
    if found.draft is not None:
        found.draft, found.drafted_at, found.drafted_by_id = None, None, None
        found.save(update_fields=["draft", "drafted_at", "drafted_by"])
        _record("scorecard.draft_dropped", found, actor)
    return found


def publish_draft(key: str, *, actor: Actor) -> ScorecardVersion:
    """Publish the draft as the next version. Raises ScorecardNoDraft, ScorecardInvalid."""
    found = _locked(key)
    if found.draft is None:
        raise errors.ScorecardNoDraft({"key": key})
    version = publish(found.draft, actor=actor)
    Scorecard.objects.filter(pk=found.pk).update(draft=None, drafted_at=None, drafted_by=None)
    return version


def publish(definition: Mapping[str, Any], *, actor: Actor) -> ScorecardVersion:
    """Publish a definition as the next version; unchanged content gives the current one.

    Records are scored by it from now on; those that are there are scored again by a job
    (`jobs.rescore_later`). Raises ScorecardInvalid with every problem, NotScorable.
    """
    card = scorecards.parsed(definition)
    if not facts.is_scorable(card.about):
        raise errors.NotScorable({"about": card.about})
    content = json.loads(json.dumps(dict(definition), default=str))
    found, _ = Scorecard.objects.select_for_update().get_or_create(
        key=card.key, defaults={"name": dict(card.name), "about": card.about}
    )
    newest = found.versions.filter(is_current=True).first()
    if newest is not None and newest.definition == content:
        return newest
    _add_grades(card, actor)
    highest = found.versions.aggregate(highest=Max("number"))["highest"] or 0
    found.versions.filter(is_current=True).update(is_current=False)
    version = ScorecardVersion.objects.create(
        scorecard=found, number=highest + 1, definition=content, published_by_id=actor.user_id
    )
    Scorecard.objects.filter(pk=found.pk).update(name=dict(card.name))
    revisions.bump(scorecards.REVISION)
    _record("scorecard.published", found, actor, version=version.number)
    return version


def install(definition: Mapping[str, Any], *, actor: Actor) -> None:
    """Publish what a pack brings, unless somebody has published rules of their own."""
    own = ScorecardVersion.objects.filter(
        scorecard__key=definition["key"], is_current=True, published_by__isnull=False
    )
    if not own.exists():
        publish(definition, actor=actor)


def _add_grades(card: Card, actor: Actor) -> None:
    """Let the field of grades know those that it did not have."""
    grades = [{"key": grade.key, "name": dict(grade.name)} for grade in card.grades]
    fields.add_choice(card.about, facts.GRADE, grades, actor=actor)


def _locked(key: str) -> Scorecard:
    found = Scorecard.objects.select_for_update(of=("self",)).filter(key=key).first()
    if found is None:
        raise errors.ScorecardNotFound({"key": key})
    return found


def _record(verb: str, found: Scorecard, actor: Actor, **data: Any) -> None:
    told = {"scorecard": found.key, "name": found.name, **data}
    activity.record(Happening(verb=verb, data=told), actor=actor)
