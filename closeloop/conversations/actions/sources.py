"""Setting up mailboxes and archives."""

from collections.abc import Mapping

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.conversations import sources
from closeloop.conversations.errors import SourceInvalid
from closeloop.conversations.models import Source
from closeloop.edge import sealing
from closeloop.identity.actor import Actor
from closeloop.identity.models import User


def create_source(
    *, kind: str, name: str, settings: Mapping[str, str], owner_id: int | None, actor: Actor
) -> Source:
    """Set one up; raises SourceInvalid."""
    source = Source(kind=kind, name=name)
    _write(source, settings, owner_id=owner_id, is_on=True)
    _tell("conversation.source_added", source, actor=actor)
    return source


def change_source(
    source: Source,
    *,
    name: str,
    settings: Mapping[str, str],
    owner_id: int | None,
    is_on: bool,
    actor: Actor,
) -> Source:
    """Set it up anew; a secret that is not named stays. Raises SourceInvalid."""
    source.name = name
    _write(source, settings, owner_id=owner_id, is_on=is_on)
    _tell("conversation.source_changed", source, actor=actor)
    return source


def remove_source(source: Source, *, actor: Actor) -> None:
    """Read it no more; what it brought stays."""
    _tell("conversation.source_removed", source, actor=actor)
    source.delete()


def _write(
    source: Source, settings: Mapping[str, str], *, owner_id: int | None, is_on: bool
) -> None:
    shape = sources.SHAPES[source.kind]
    errors = [
        {"field": f"settings.{key}", "code": "unknown_choice"}
        for key in sorted(set(settings) - set(shape.fields) - set(shape.secrets))
    ]
    held = {key: settings[key].strip() for key in shape.fields if settings.get(key, "").strip()}
    secrets = {key for key in shape.secrets if settings.get(key) or key in source.sealed}
    missing = [key for key in shape.needed if key not in held and key not in secrets]
    errors += [{"field": f"settings.{key}", "code": "missing"} for key in missing]
    if owner_id is not None and not User.objects.filter(pk=owner_id, is_active=True).exists():
        errors.append({"field": "owner_id", "code": "unknown_choice"})
    if errors:
        raise SourceInvalid({"errors": errors})
    source.settings, source.owner_id, source.is_on = held, owner_id, is_on
    source.save()
    for key in shape.secrets:
        if settings.get(key):
            source.sealed[key] = sealing.seal(settings[key], purpose=sources.purpose(source.pk))
    source.save(update_fields=["sealed"])


def _tell(verb: str, source: Source, *, actor: Actor) -> None:
    data = {"source_id": source.pk, "kind": source.kind, "name": source.name}
    activity.record(Happening(verb, data=data), actor=actor)


def note_problem(source_id: int, problem: str) -> None:
    """Why a source could not be read, for who looks after it."""
    Source.objects.filter(pk=source_id).update(last_problem=problem)
