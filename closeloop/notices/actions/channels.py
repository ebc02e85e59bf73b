"""Setting channels up, trying them, and sending again what got stuck."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import messages, revisions, sealing
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.notices import configuration, outgoing
from closeloop.notices.actions.sending import queue
from closeloop.notices.channels.directory import CHANNELS, IN_APP
from closeloop.notices.channels.outcomes import Uncertain, Unsent
from closeloop.notices.channels.protocol import FieldKind, Guarantee, Outgoing, SettingField
from closeloop.notices.configuration import RESEND_UNKNOWN
from closeloop.notices.errors import (
    ChannelAlwaysOn,
    ChannelIncomplete,
    ChannelSettingsInvalid,
    ChannelUnknown,
    DeliveryNotFound,
    DeliveryNotStuck,
)
from closeloop.notices.models import STUCK, ChannelConfig, Delivery, DeliveryState

_LONGEST_SETTING = 500
_PYTHON_TYPE: Mapping[str, type] = {FieldKind.NUMBER: int, FieldKind.BOOLEAN: bool}


@dataclass(frozen=True)
class Tried:
    """What came of a test message."""

    is_sent: bool
    is_uncertain: bool = False
    provider_id: str = ""
    code: str = ""
    detail: str = ""


@transaction.atomic
def set_channel(
    key: str, *, is_on: bool | None, settings: Mapping[str, Any], actor: Actor
) -> configuration.Configured:
    """Change a channel: named settings are replaced, None removes one, the others stay.

    Raises ChannelUnknown, ChannelAlwaysOn, ChannelSettingsInvalid, and ChannelIncomplete where it
    is to be on and lacks something.
    """
    fields = {each.key: each for each in fields_of(key)}
    if key == IN_APP:
        raise ChannelAlwaysOn
    _check(fields, settings)
    revisions.bump(configuration.REVISION)
    row, _ = ChannelConfig.objects.select_for_update().get_or_create(key=key)
    for name, value in settings.items():
        _store(row, fields[name], value)
    row.is_on = row.is_on if is_on is None else is_on
    row.changed_at = Now()
    row.save()
    found = configuration.configured(key)
    if row.is_on and not found.is_complete:
        errors = [{"field": f"settings.{name}", "code": "required"} for name in found.missing()]
        raise ChannelIncomplete({"errors": errors})
    _record_change(found, settings, actor=actor)
    return found


def try_channel(key: str, *, to: User) -> Tried:
    """Send a test message to oneself (or the robot's group) now; nothing of it is kept.

    Raises ChannelUnknown, ChannelAlwaysOn, ChannelIncomplete.
    """
    fields_of(key)
    if key == IN_APP:
        raise ChannelAlwaysOn
    found = configuration.configured(key)
    if not found.is_complete:
        errors = [{"field": f"settings.{name}", "code": "required"} for name in found.missing()]
        raise ChannelIncomplete({"errors": errors})
    try:
        message = _test_message(to, key)
        sent = found.channel.send(message, found.settings)
    except Unsent as failure:
        is_uncertain = isinstance(failure, Uncertain)
        return Tried(False, is_uncertain, code=failure.code, detail=failure.detail)
    return Tried(True, provider_id=sent.provider_id)


@transaction.atomic
def resend(delivery_id: int, *, actor: Actor) -> Delivery:
    """Send again what was given up, left out or never confirmed.

    Raises DeliveryNotFound and DeliveryNotStuck.
    """
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        raise DeliveryNotFound({"id": delivery_id})
    if delivery.state not in STUCK:
        raise DeliveryNotStuck({"state": delivery.state})
    Delivery.objects.filter(pk=delivery_id).update(
        state=DeliveryState.WAITING,
        next_at=Now(),
        queued_at=Now(),
        attempts=0,
        claim=None,
        first_claimed_at=None,
        is_uncertain=False,
        receipt=None,
        is_digest=False,
        batch=None,
    )
    queue([delivery_id])
    activity.record(
        Happening(
            verb="delivery.resent",
            data={"delivery_id": delivery_id, "channel": delivery.channel, "was": delivery.state},
        ),
        actor=actor,
    )
    return delivery


def fields_of(key: str) -> tuple[SettingField, ...]:
    """A channel's own settings, and whether to send again where nobody knows if it arrived.

    Raises ChannelUnknown.
    """
    channel = CHANNELS.get(key)
    if channel is None:
        raise ChannelUnknown({"key": key})
    if channel.guarantee != Guarantee.AT_MOST_ONCE:
        return channel.fields
    choice = SettingField(RESEND_UNKNOWN, FieldKind.BOOLEAN, is_required=False, default=False)
    return (*channel.fields, choice)


def _check(fields: Mapping[str, SettingField], settings: Mapping[str, Any]) -> None:
    errors = [
        {"field": f"settings.{name}", "code": code}
        for name, value in settings.items()
        for code in [_fault(fields.get(name), value)]
        if code
    ]
    if errors:
        raise ChannelSettingsInvalid({"errors": errors})


def _fault(field: SettingField | None, value: Any) -> str:
    if field is None:
        return "unknown"
    if value is None:
        return ""
    if type(value) is not _PYTHON_TYPE.get(field.kind, str):
        return "wrong"
    if isinstance(value, str) and len(value) > _LONGEST_SETTING:
        return "too_long"
    return "unknown" if field.choices and value not in field.choices else ""


def _store(row: ChannelConfig, field: SettingField, value: Any) -> None:
    held = row.sealed if field.kind == FieldKind.SECRET else row.settings
    if value in (None, ""):
        held.pop(field.key, None)
    elif field.kind == FieldKind.SECRET:
        held[field.key] = sealing.seal(value, purpose=configuration.purpose(row.key))
    else:
        held[field.key] = value


def _test_message(to: User, key: str) -> Outgoing:
    words = {"channel": messages.say(f"channel.{key}", to.locale)}
    return Outgoing(
        address=outgoing.address_of(to, key),
        name=to.name,
        locale=to.locale,
        title=messages.say("notice.channel_test.title", to.locale, words),
        body=messages.say("notice.channel_test.body", to.locale, words),
        link=outgoing.absolute("/"),
        phone_link=outgoing.on_phone("/"),
        dedupe_key="",
    )


def _record_change(
    found: configuration.Configured, settings: Mapping[str, Any], *, actor: Actor
) -> None:
    data = {"channel": found.channel.key, "is_on": found.is_on, "settings": sorted(settings)}
    activity.record(Happening(verb="channel.changed", data=data), actor=actor)
