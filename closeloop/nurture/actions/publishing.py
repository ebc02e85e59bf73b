"""Paths: made, drafted, published as frozen versions, switched on and off."""

from collections.abc import Mapping
from typing import Any

from closeloop.edge import revisions
from closeloop.engine import nurture
from closeloop.engine.nurture import Always, PathInvalid
from closeloop.identity.actor import Actor
from closeloop.nurture import errors, models, paths
from closeloop.nurture.actions import drafting
from closeloop.nurture.actions.leaving import leave_all
from closeloop.nurture.models import Path, PathVersion

LEAD = "lead"


def create_path(
    key: str,
    *,
    name: Mapping[str, str],
    like: Mapping[str, Any] | None = None,
    actor: Actor,
) -> Path:
    """A path with a draft, empty or like another definition; it does nothing until it is published.

    Raises KeyTaken, and PathInvalid where the key is no key.
    """
    draft = {
        "starts": {"on": [], "when": None, "again_after_days": None}, "leaves": [], "steps": [],
        **(like or {}), "key": key, "name": dict(name), "record_type": LEAD,
    }  # fmt: skip
    wrong = [each for each in nurture.find_problems(draft) if each.path in ("/key", "/name")]
    if wrong:
        raise PathInvalid(wrong)
    if Path.objects.filter(key=key).exists():
        raise errors.KeyTaken({"key": key})
    made = Path.objects.create(key=key, name=dict(name), record_type=LEAD)
    drafting.write(made, draft, revision=None, actor=actor)
    drafting.record("nurture.path_created", made, actor)
    return made


def write_draft(
    key: str, definition: Mapping[str, Any], *, revision: int | None = None, actor: Actor
) -> Path:
    """Keep what is being written; it may still have problems. Raises DraftMoved."""
    found = _locked(key)
    content = {**definition, "record_type": found.record_type}
    return drafting.write(found, content, revision=revision, actor=actor)


def drop_draft(key: str, *, actor: Actor) -> Path:
    """Throw the draft away; what is published stays."""
    found = _locked(key)
    if found.draft is not None:
        drafting.clear(found)
        drafting.record("nurture.draft_dropped", found, actor)
    return found


def publish_draft(key: str, *, actor: Actor) -> PathVersion:
    """Publish the draft as the next version. Raises NoDraft, PathInvalid."""
    found = _locked(key)
    if found.draft is None:
        raise errors.NoDraft({"key": key})
    version = publish(found.draft, actor=actor)
    found.refresh_from_db()
    drafting.clear(found)
    return version


def publish(definition: Mapping[str, Any], *, actor: Actor) -> PathVersion:
    """Publish a definition as the next version; unchanged content gives the current one.

    Leads begin it once it is switched on; those on an earlier version stay there. Raises
    PathInvalid with every problem.
    """
    parsed = nurture.parse_path(definition, paths.known())
    found, _ = Path.objects.select_for_update(of=("self",)).get_or_create(
        key=parsed.key, defaults={"name": dict(parsed.name), "record_type": parsed.record_type}
    )
    version: PathVersion
    version, is_new = drafting.publish(found, definition, actor=actor)
    if is_new:
        revisions.bump(paths.REVISION)
        drafting.record("nurture.published", found, actor, version=version.number)
    return version


def switch(key: str, *, is_active: bool, leaves_running: bool = False, actor: Actor) -> Path:
    """Let leads begin a path, or no more; those that are on it go on unless they are to leave.

    Raises PathNotFound, NotPublished.
    """
    found = _locked(key)
    if is_active and not found.versions.filter(is_current=True).exists():
        raise errors.NotPublished({"key": key})
    if found.is_active != is_active:
        found.is_active = is_active
        found.save(update_fields=["is_active"])
        revisions.bump(paths.REVISION)
        verb = "nurture.switched_on" if is_active else "nurture.switched_off"
        drafting.record(verb, found, actor)
    if leaves_running and not is_active:
        running = models.Enrolment.objects.filter(path=found, state=models.State.RUNNING)
        leave_all(list(running.values_list("pk", flat=True)), Always.PATH_OFF, actor=actor)
    return found


def _locked(key: str) -> Path:
    found = (
        Path.objects.select_for_update(of=("self",))
        .select_related("drafted_by")
        .filter(key=key)
        .first()
    )
    if found is None:
        raise errors.PathNotFound({"key": key})
    return found
