"""A person's own settings, and what they have seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from closeloop.identity.actor import Actor
from closeloop.notices import live, readers
from closeloop.notices.channels.directory import CHANNELS, IN_APP, PERSONAL
from closeloop.notices.errors import NoticeSettingsInvalid
from closeloop.notices.events import Group
from closeloop.notices.hours import OFF
from closeloop.notices.models import Delivery, DeliveryState, Notice, Setting


@dataclass(frozen=True)
class Wishes:
    """How a person wants to be told. `quiet` is from and to, over midnight where from is later."""

    channels: Mapping[str, Mapping[str, bool]]
    quiet: tuple[time, time] | None
    digest: str
    digest_at: time
    time_zone: str = ""


@transaction.atomic
def set_settings(wishes: Wishes, *, actor: Actor) -> Setting:
    """Keep a person's wishes; what is waiting for them is planned anew.

    Raises NoticeSettingsInvalid with every wrong place.
    """
    _check(wishes)
    quiet_from, quiet_to = wishes.quiet or (None, None)
    setting, _ = Setting.objects.update_or_create(
        person_id=actor.person_id,
        defaults={
            "channels": _without_notice_centre(wishes.channels),
            "quiet_from": quiet_from,
            "quiet_to": quiet_to,
            "digest": wishes.digest,
            "digest_at": wishes.digest_at,
            "time_zone": wishes.time_zone,
        },
    )
    _plan_anew(setting)
    return setting


def see(ids: Sequence[int] | None, *, actor: Actor) -> int:
    """Mark these notices of one's own as seen, or all; gives how many were unseen."""
    own = Notice.objects.filter(person_id=actor.person_id, seen_at=None)
    changed = (own if ids is None else own.filter(pk__in=ids)).update(seen_at=Now())
    if changed:
        live.tell("notice", [actor.person_id])
    return changed


def _plan_anew(setting: Setting) -> None:
    """Give what is held back its new moment; what failed before keeps its own."""
    hours, now = readers.hours_of(setting), timezone.now()
    held = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        notice__person_id=setting.person_id,
        notice__is_urgent=False,
        state=DeliveryState.WAITING,
        attempts=0,
        queued_at=None,
    )
    for delivery in held:
        gathers = hours.digest != OFF and CHANNELS[delivery.channel].takes_digests
        is_personal = CHANNELS[delivery.channel].is_personal
        delivery.is_digest = gathers
        delivery.next_at = (
            hours.digest_after(now) if gathers else hours.free_at(now) if is_personal else now
        )
        delivery.save(update_fields=["is_digest", "next_at"])


def _check(wishes: Wishes) -> None:
    errors: list[dict[str, Any]] = []
    for group, switches in wishes.channels.items():
        if group not in set(Group):
            errors.append({"field": f"channels.{group}", "code": "unknown"})
        errors += [
            {"field": f"channels.{group}.{channel}", "code": "unknown"}
            for channel in switches
            if channel not in PERSONAL
        ]
        if switches.get(IN_APP) is False:
            errors.append({"field": f"channels.{group}.{IN_APP}", "code": "always_on"})
    if wishes.quiet and wishes.quiet[0] == wishes.quiet[1]:
        errors.append({"field": "quiet", "code": "whole_day"})
    if wishes.time_zone and not _is_zone(wishes.time_zone):
        errors.append({"field": "time_zone", "code": "unknown"})
    if errors:
        raise NoticeSettingsInvalid({"errors": errors})


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _without_notice_centre(
    channels: Mapping[str, Mapping[str, bool]],
) -> dict[str, dict[str, bool]]:
    return {
        group: {channel: is_on for channel, is_on in switches.items() if channel != IN_APP}
        for group, switches in channels.items()
    }
