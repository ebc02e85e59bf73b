"""How the channels are set up: one cached reading of their rows, with the secrets opened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from closeloop.edge import sealing
from closeloop.edge.revisions import CachedByRevision
from closeloop.notices.channels.directory import CHANNELS
from closeloop.notices.channels.protocol import Channel, FieldKind, Guarantee
from closeloop.notices.models import ChannelConfig

REVISION = "notices"
RESEND_UNKNOWN = "resend_unknown"
"""A setting that every outward channel has: send again where nobody knows whether it arrived."""


@dataclass(frozen=True)
class Configured:
    """A channel as it is set up. `settings` hold opened secrets and never leave the process."""

    channel: Channel
    is_on: bool
    settings: Mapping[str, Any]
    secrets_set: frozenset[str]

    @property
    def is_complete(self) -> bool:
        """Whether every required setting is there."""
        return not self.missing() and self.channel.is_connected(self.settings)

    def missing(self) -> list[str]:
        """The required settings that are not there."""
        return [
            field.key
            for field in self.channel.fields
            if field.is_required and field.applies(self.settings) and not self.settings[field.key]
        ]

    @property
    def guarantee(self) -> Guarantee:
        """How often a message may arrive, with the administrator's choice counted in."""
        own = self.channel.guarantee
        chooses = own == Guarantee.AT_MOST_ONCE and self.settings.get(RESEND_UNKNOWN)
        return Guarantee.AT_LEAST_ONCE if chooses else own


class Provided:
    """What lies above and is plugged in (`config.wiring`)."""

    def __init__(self) -> None:
        self.vendor_settings: Callable[[str], Mapping[str, Any]] = lambda _channel: {}
        """What an integration knows of a channel's vendor; it bumps REVISION when that changes."""


provided = Provided()


def purpose(key: str) -> str:
    """What a channel's secrets are sealed for."""
    return f"notices.channel.{key}"


def configured(key: str) -> Configured:
    """One channel as it is set up now."""
    return _held.get()[key]


def channels_on() -> frozenset[str]:
    """The channels that are on and completely set up."""
    return frozenset(key for key, found in _held.get().items() if found.is_on and found.is_complete)


def forget() -> None:
    """Forget what is cached (tests whose transactions are rolled back)."""
    _held.clear()


def _load() -> dict[str, Configured]:
    rows = {row.key: row for row in ChannelConfig.objects.all()}
    return {key: _read(channel, rows.get(key)) for key, channel in CHANNELS.items()}


def _read(channel: Channel, row: ChannelConfig | None) -> Configured:
    opened = {
        name: sealing.unseal(text, purpose=purpose(channel.key))
        for name, text in (row.sealed if row else {}).items()
    }
    stored = {**(row.settings if row else {}), **opened}
    given = {name: value for name, value in stored.items() if value not in (None, "")}
    defaults = {each.key: each.default for each in channel.fields}
    return Configured(
        channel=channel,
        is_on=row.is_on if row else channel.is_on_by_default,
        settings={**defaults, **provided.vendor_settings(channel.key), **given},
        secrets_set=frozenset(opened),
    )


_held: CachedByRevision[dict[str, Configured]] = CachedByRevision(REVISION, _load)


def plain_settings(found: Configured) -> dict[str, Any]:
    """A channel's own settings without its secrets; what an integration brings is told there."""
    plain = {each.key for each in found.channel.fields if each.kind != FieldKind.SECRET}
    plain.add(RESEND_UNKNOWN)
    return {key: value for key, value in found.settings.items() if key in plain}
