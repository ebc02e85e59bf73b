"""How the channels are set up: one cached reading of their rows, with the secrets opened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from closeloop.edge import sealing
from closeloop.edge.revisions import CachedByRevision
from closeloop.notices.channels.directory import CHANNELS, IN_APP
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
        return not self.missing()

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
        """What an integration knows of a channel's vendor: ids, secrets, addresses."""


provided = Provided()


def purpose(key: str) -> str:
    """What a channel's secrets are sealed for."""
    return f"notices.channel.{key}"


def _load() -> dict[str, ChannelConfig]:
    return {config.key: config for config in ChannelConfig.objects.all()}


_rows: CachedByRevision[dict[str, ChannelConfig]] = CachedByRevision(REVISION, _load)


def configured(key: str) -> Configured:
    """One channel as it is set up now."""
    channel, row = CHANNELS[key], _rows.get().get(key)
    opened = {
        name: sealing.unseal(text, purpose=purpose(key))
        for name, text in (row.sealed if row else {}).items()
    }
    stored = {**(row.settings if row else {}), **opened}
    given = {name: value for name, value in stored.items() if value not in (None, "")}
    defaults = {each.key: each.default for each in channel.fields}
    return Configured(
        channel=channel,
        is_on=key == IN_APP or bool(row and row.is_on),
        settings={**defaults, **provided.vendor_settings(key), **given},
        secrets_set=frozenset(opened),
    )


def channels_on() -> frozenset[str]:
    """The channels that are on and completely set up."""
    on = {key for key, row in _rows.get().items() if row.is_on and key in CHANNELS}
    return frozenset(key for key in on if configured(key).is_complete) | {IN_APP}


def plain_settings(found: Configured) -> dict[str, Any]:
    """A channel's settings without its secrets."""
    secrets = {each.key for each in found.channel.fields if each.kind == FieldKind.SECRET}
    return {key: value for key, value in found.settings.items() if key not in secrets}
