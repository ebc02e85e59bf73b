"""Notices, settings, channels and deliveries as the API gives them."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from closeloop.edge import messages
from closeloop.identity.models import User
from closeloop.notices import configuration, readers, texts
from closeloop.notices.actions.channels import fields_of
from closeloop.notices.addresses import addresses
from closeloop.notices.channels.directory import CHANNELS, IN_APP, PERSONAL
from closeloop.notices.events import Group, events
from closeloop.notices.models import STUCK, Delivery, Notice, Setting

_SHOWN = "%H:%M"


def notice_out(notice: Notice, *, language: str, zone: ZoneInfo) -> dict[str, Any]:
    """A notice in words; a copy is marked beside them."""
    told = texts.tell(notice.event, notice.data, language=language, zone=zone)
    record = notice.record
    return {
        "id": notice.pk,
        "event": notice.event,
        "group": notice.group,
        "title": told.title,
        "body": told.body,
        "at": notice.created_at,
        "link": notice.link,
        "record": {"id": record.pk, "type": record.type, "title": record.title} if record else None,
        "is_red": notice.is_red,
        "is_copy": notice.is_copy,
        "seen_at": notice.seen_at,
        "document_id": notice.data.get("document_id"),
    }


def settings_out(setting: Setting, person: User) -> dict[str, Any]:
    """A person's settings with every switch as it stands."""
    on = configuration.channels_on()
    reached = addresses.of([person], on)[person.pk]
    quiet = None
    if setting.quiet_from is not None and setting.quiet_to is not None:
        quiet = {
            "from": setting.quiet_from.strftime(_SHOWN),
            "to": setting.quiet_to.strftime(_SHOWN),
        }
    return {
        "channels": _switches(setting),
        "quiet": quiet,
        "digest": setting.digest,
        "digest_at": setting.digest_at.strftime(_SHOWN),
        "time_zone": setting.time_zone or readers.company_zone().key,
        "groups": [{"key": group.value, "name": _name(f"group.{group}")} for group in Group],
        "available": [
            {
                "key": key,
                "name": _name(f"channel.{key}"),
                "is_on": key in on,
                "is_fixed": key == IN_APP,
                "takes_digests": CHANNELS[key].takes_digests,
                "address": "" if key == IN_APP else reached.get(key, ""),
            }
            for key in PERSONAL
        ],
    }


def delivery_out(delivery: Delivery, *, language: str) -> dict[str, Any]:
    """One notice on one channel, for those who look after the channels."""
    notice = delivery.notice
    told = texts.tell(
        notice.event,
        notice.data,
        language=language,
        zone=readers.company_zone(),
        is_copy=notice.is_copy,
    )
    plain = ("id", "channel", "state", "attempts", "created_at", "next_at", "sent_at")
    said = ("provider_id", "receipt", "error_code", "error")
    return {
        **{key: getattr(delivery, key) for key in (*plain, *said)},
        "notice": {"id": notice.pk, "event": notice.event, "title": told.title},
        "person": {"id": notice.person_id, "name": notice.person.name},
        "reason": reason(delivery.error_code, language),
        "can_resend": delivery.state in STUCK,
    }


def channel_out(
    key: str, *, language: str, counts: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """A channel as it is set up, without its secrets."""
    found = configuration.configured(key)
    return {
        "key": key,
        "name": _name(f"channel.{key}"),
        "is_on": found.is_on,
        "is_complete": found.is_complete,
        "is_fixed": key == IN_APP,
        "guarantee": found.guarantee.value,
        "guarantee_text": messages.say(f"guarantee.{found.guarantee}", language, _window(key)),
        "fields": [
            {
                "key": field.key,
                "name": _name(f"channel.{key}.{field.key}", f"channel.*.{field.key}"),
                "kind": field.kind.value,
                "is_required": field.is_required,
                "choices": list(field.choices),
                "only_for": {name: list(values) for name, values in field.only_for.items()},
            }
            for field in fields_of(key)
        ],
        "settings": configuration.plain_settings(found),
        "secrets_set": sorted(found.secrets_set),
        "missing": found.missing(),
        "counts": dict(counts or {}),
    }


def reason(code: str, language: str) -> str:
    """Why a delivery was not made, as far as there is a sentence for it."""
    known = f"delivery.reason.{code}"
    return messages.say(known, language) if code and known in messages.catalogue() else ""


def _switches(setting: Setting) -> dict[str, dict[str, bool]]:
    """Every switch as it stands: the person's own, else what most events of the group do."""
    return {
        group.value: {
            key: key == IN_APP
            or setting.channels.get(group.value, {}).get(key, _is_default(group, key))
            for key in PERSONAL
        }
        for group in Group
    }


def _is_default(group: Group, channel: str) -> bool:
    return any(channel in event.default_channels for event in events if event.group == group)


def _name(*codes: str) -> dict[str, str]:
    """The first of the names that there is, in every language."""
    known = messages.catalogue()
    code = next((each for each in codes if each in known), codes[0])
    return {each: messages.say(code, each) for each in (messages.DEFAULT, messages.ENGLISH)}


def _window(key: str) -> dict[str, object]:
    return {"hours": max(1, CHANNELS[key].repeats_dropped_s // 3600)}
