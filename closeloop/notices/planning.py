"""Which channels a notice takes to a person, and when (pure)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from closeloop.notices.channels.directory import CHANNELS, IN_APP, PERSONAL
from closeloop.notices.events import Event
from closeloop.notices.hours import OFF, Hours
from closeloop.notices.models import DeliveryState

Switches = Mapping[str, Mapping[str, bool]]


@dataclass(frozen=True)
class Reader:
    """What is known of a person who is to be told."""

    hours: Hours
    switches: Switches = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """One delivery as it begins. `next_at` is None where nothing is left to do."""

    channel: str
    state: DeliveryState
    next_at: datetime | None = None
    is_digest: bool = False
    error_code: str = ""


def plan(
    event: Event,
    *,
    demanded: Sequence[str] | None,
    reader: Reader,
    channels_on: Collection[str],
    is_first: bool,
    now: datetime,
) -> list[Planned]:
    """The deliveries of one notice, the notice centre first.

    What a policy demands by name overrules the person's switches and is kept as `skipped` where it
    cannot be sent, so that somebody sees it. A robot speaks once, with the first of the people.
    """
    planned = [Planned(IN_APP, DeliveryState.SENT)]
    for key in _wanted(event, demanded, reader.switches):
        if not CHANNELS[key].is_personal:
            if is_first:
                planned.append(_to_group(key, channels_on, now))
            continue
        reason = _obstacle(key, reader, channels_on)
        if not reason:
            planned.append(_to_person(key, event, reader.hours, now))
        elif demanded is not None or reason == "no_address":
            planned.append(Planned(key, DeliveryState.SKIPPED, error_code=reason))
    return planned


def _wanted(event: Event, demanded: Sequence[str] | None, switches: Switches) -> Iterator[str]:
    if demanded is not None:
        yield from (key for key in CHANNELS if key in demanded and key != IN_APP)
        return
    own = switches.get(event.group, {})
    for key in CHANNELS:
        by_default = key in event.default_channels
        is_wanted = own.get(key, by_default) if key in PERSONAL else by_default
        if is_wanted and key != IN_APP:
            yield key


def _obstacle(key: str, reader: Reader, channels_on: Collection[str]) -> str:
    if key not in channels_on:
        return "channel_off"
    return "" if reader.addresses.get(key) else "no_address"


def _to_group(key: str, channels_on: Collection[str], now: datetime) -> Planned:
    if key not in channels_on:
        return Planned(key, DeliveryState.SKIPPED, error_code="channel_off")
    return Planned(key, DeliveryState.WAITING, next_at=now)


def _to_person(key: str, event: Event, hours: Hours, now: datetime) -> Planned:
    if event.is_urgent:
        return Planned(key, DeliveryState.WAITING, next_at=now)
    if hours.digest != OFF and CHANNELS[key].takes_digests and not event.stands_alone:
        when = hours.digest_after(now)
        return Planned(key, DeliveryState.WAITING, next_at=when, is_digest=True)
    return Planned(key, DeliveryState.WAITING, next_at=hours.free_at(now))
