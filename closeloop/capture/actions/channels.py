"""Setting up channels, their secrets and their forms."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.capture import errors, forms, interpreting, queries
from closeloop.capture.adapters import paths
from closeloop.capture.kinds import KINDS, Kind
from closeloop.capture.models import Channel, FormVersion
from closeloop.edge import sealing
from closeloop.fields import queries as fields
from closeloop.fields.values import ValueProblem
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org.models import Unit

LEAD = "lead"
SECRET_BYTES = 32
TOKEN_BYTES = 12


@dataclass(frozen=True)
class ChannelGiven:
    """What a channel is to be. `secrets` that are not named stay; empty ones go."""

    kind: str
    name: Mapping[str, str]
    source: str = ""
    unit_id: int | None = None
    owner_id: int | None = None
    is_on: bool = True
    settings: Mapping[str, str] | None = None
    mapping: Mapping[str, str] | None = None
    sets: Mapping[str, Any] | None = None
    secrets: Mapping[str, str] | None = None


def create_channel(given: ChannelGiven, *, actor: Actor, token: str = "") -> tuple[Channel, str]:
    """A channel, and the secret made for it, which is shown this once; raises ChannelInvalid."""
    if given.kind not in KINDS:
        raise _invalid("kind", "choice_unknown", given=given.kind)
    kind = KINDS[given.kind]
    with transaction.atomic():
        row = Channel(
            kind=given.kind,
            token=token or secrets.token_urlsafe(TOKEN_BYTES),
            source=given.source or kind.source,
            made_by_id=actor.user_id,
            draft=forms.blank() if given.kind == Kind.FORM else {},
            sets={key: True for key in kind.tells if key in fields.specs_of(LEAD)},
        )
        _fill(row, given)
        row.is_on = False
        row.save()
        secret = _rotate(row) if kind.made else ""
        _seal_entered(row, given)
        _check_complete(row, is_on=given.is_on)
        row.is_on = given.is_on
        row.save()
        _record(row, "capture.channel_created", actor=actor)
    return row, secret


def change_channel(channel_id: int, given: ChannelGiven, *, actor: Actor) -> Channel:
    """Set up a channel anew; raises ChannelNotFound, ChannelInvalid."""
    with transaction.atomic():
        queries.channel(channel_id)
        row = Channel.objects.select_for_update().get(pk=channel_id)
        _fill(row, given)
        _seal_entered(row, given)
        _check_complete(row, is_on=given.is_on)
        row.is_on = given.is_on
        row.save()
        _record(row, "capture.channel_changed", actor=actor)
    return row


def rotate_secret(channel_id: int, *, actor: Actor) -> str:
    """A new secret in the place of the old one, which is worth nothing from now on."""
    with transaction.atomic():
        queries.channel(channel_id)
        row = Channel.objects.select_for_update().get(pk=channel_id)
        if not KINDS[row.kind].made:
            raise _invalid("kind", "no_secret_made")
        secret = _rotate(row)
        row.save()
        _record(row, "capture.channel_secret_rotated", actor=actor)
    return secret


@transaction.atomic
def save_draft(channel_id: int, definition: Mapping[str, Any], *, actor: Actor) -> Channel:
    """Keep a form as it is being built; it may still be wrong."""
    row = _form(channel_id)
    row.draft = dict(definition)
    row.save(update_fields=["draft"])
    _record(row, "capture.form_drafted", actor=actor)
    return row


def publish_form(channel_id: int, *, actor: Actor) -> FormVersion:
    """Freeze the draft as the next version and show it from now on; raises FormInvalid."""
    with transaction.atomic():
        row = _form(channel_id)
        found = forms.problems(row.draft, fields.specs_of(LEAD))
        if found:
            raise errors.FormInvalid({"errors": found})
        before = queries.current_form(row)
        version = FormVersion.objects.create(
            channel=row,
            number=before.number + 1 if before else 1,
            definition=row.draft,
            published_by_id=actor.user_id,
        )
        _record(row, "capture.form_published", actor=actor, version=version.number)
    return version


def _form(channel_id: int) -> Channel:
    queries.channel(channel_id)
    row = Channel.objects.select_for_update().get(pk=channel_id)
    if row.kind != Kind.FORM:
        raise _invalid("kind", "form_expected")
    return row


def _fill(row: Channel, given: ChannelGiven) -> None:
    kind = KINDS[row.kind]
    row.name = dict(given.name)
    row.source = given.source or row.source
    row.unit_id, row.owner_id = given.unit_id, given.owner_id
    if given.settings is not None:
        unknown = set(given.settings) - set(kind.settings)
        if unknown:
            raise _invalid(f"settings.{min(unknown)}", "field_unknown")
        row.settings = {key: value.strip() for key, value in given.settings.items() if value}
    if given.mapping is not None:
        row.mapping = dict(given.mapping)
    if given.sets is not None:
        row.sets = dict(given.sets)
    _check(row)


def _check(row: Channel) -> None:
    specs = interpreting.offered(fields.specs_of(LEAD))
    found: list[dict[str, Any]] = []
    for key, path in row.mapping.items():
        if not KINDS[row.kind].has_mapping or key not in specs:
            found.append({"field": f"mapping.{key}", "code": "field_unknown"})
        elif not paths.is_path(str(path)):
            found.append({"field": f"mapping.{key}", "code": "path_wrong", "given": str(path)})
    for key, value in {"source": row.source, **row.sets}.items():
        place = key if key == "source" else f"sets.{key}"
        if key not in specs:
            found.append({"field": place, "code": "field_unknown"})
            continue
        try:
            interpreting.clean(specs[key], value)
        except ValueProblem as problem:
            found.append({"field": place, "code": problem.code, **problem.data})
    if row.unit_id and not Unit.objects.filter(pk=row.unit_id, is_active=True).exists():
        found.append({"field": "unit", "code": "unit_unknown"})
    if row.owner_id and not User.objects.filter(pk=row.owner_id, is_active=True).exists():
        found.append({"field": "owner", "code": "person_unknown", "given": row.owner_id})
    if found:
        raise errors.ChannelInvalid({"errors": found})


def _seal_entered(row: Channel, given: ChannelGiven) -> None:
    entered = KINDS[row.kind].entered
    for name, text in (given.secrets or {}).items():
        if name not in entered:
            raise _invalid(f"secrets.{name}", "field_unknown")
        row.sealed.pop(name, None)
        if text.strip():
            row.sealed[name] = sealing.seal(text.strip(), purpose=queries.purpose(row.pk))


def _check_complete(row: Channel, *, is_on: bool) -> None:
    missing = queries.missing_settings(row) if is_on else []
    if missing:
        secret = KINDS[row.kind].entered
        raise errors.ChannelInvalid(
            {
                "errors": [
                    {
                        "field": f"{'secrets' if name in secret else 'settings'}.{name}",
                        "code": "required",
                    }
                    for name in missing
                ]
            }
        )


def _rotate(row: Channel) -> str:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row.sealed[KINDS[row.kind].made] = sealing.seal(secret, purpose=queries.purpose(row.pk))
    row.rotated_at = Now()
    return secret


def _invalid(field: str, code: str, **data: Any) -> errors.ChannelInvalid:
    return errors.ChannelInvalid({"errors": [{"field": field, "code": code, **data}]})


def _record(row: Channel, verb: str, *, actor: Actor, **data: Any) -> None:
    activity.record(
        Happening(
            verb=verb,
            data={"channel": row.pk, "kind": row.kind, "name": row.name, **data},
        ),
        actor=actor,
    )
