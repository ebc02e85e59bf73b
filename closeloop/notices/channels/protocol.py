"""What a channel is: a way out with an address, settings, and a guarantee stated plainly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

Settings = Mapping[str, Any]


class Guarantee(StrEnum):
    """How often one message may arrive, even when a worker dies while it sends."""

    EXACTLY_ONCE = "exactly_once"
    """It is written in the transaction of what it tells about."""
    REPEATS_DROPPED = "repeats_dropped"
    """Sent again after a crash; the provider drops the repetition for `repeats_dropped_s`."""
    AT_MOST_ONCE = "at_most_once"
    """A claim is recorded first; an unconfirmed one becomes `unknown`, and a person decides."""
    AT_LEAST_ONCE = "at_least_once"
    """As the administrator chose for this channel: sent again after a crash, perhaps twice."""


class FieldKind(StrEnum):
    """How a setting is typed."""

    TEXT = "text"
    SECRET = "secret"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CHOICE = "choice"


@dataclass(frozen=True)
class SettingField:
    """One setting of a channel. Its name is the message `channel.<channel>.<key>`.

    `only_for` limits it to some values of another setting: {"provider": ("tencent",)}.
    """

    key: str
    kind: FieldKind = FieldKind.TEXT
    is_required: bool = True
    default: Any = None
    choices: tuple[str, ...] = ()
    only_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def applies(self, settings: Settings) -> bool:
        """Whether the setting counts beside the others."""
        return all(settings.get(key) in values for key, values in self.only_for.items())


@dataclass(frozen=True)
class Attached:
    """A document that goes along with a mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Enclosed:
    """What a mail shows beside its words: safe HTML, the same as text, pictures by `cid:name`."""

    html: str
    text: str
    pictures: tuple[Attached, ...] = ()


@dataclass(frozen=True)
class Outgoing:
    """One message to one address, in its reader's language.

    `link` and `phone_link` are whole addresses, or empty. `lines` are the notices of a digest.
    `dedupe_key` is the same at every attempt. `calendar` holds what is due as calendar entries.
    """

    address: str
    name: str
    locale: str
    title: str
    body: str
    link: str
    phone_link: str
    dedupe_key: str
    is_red: bool = False
    lines: tuple["Line", ...] = ()
    files: tuple[Attached, ...] = ()
    calendar: bytes = b""
    enclosed: Enclosed | None = None


@dataclass(frozen=True)
class Line:
    """One notice within a digest."""

    title: str
    body: str
    link: str
    phone_link: str
    is_red: bool = False


@dataclass(frozen=True)
class Sent:
    """The channel has taken the message; `provider_id` is what it calls it."""

    provider_id: str = ""


@dataclass(frozen=True)
class Pending:
    """A message that the channel took, and of which nobody knows yet whether it arrived."""

    provider_id: str
    address: str
    sent_at: datetime


@dataclass(frozen=True)
class Receipt:
    """What the provider says later: whether the message arrived, and why not."""

    is_delivered: bool
    detail: str = ""


class Channel(Protocol):
    """One way out. `send` gives what the provider calls the message, or raises an outcome."""

    key: str
    guarantee: Guarantee
    repeats_dropped_s: int
    """How long the provider drops repetitions, in seconds; 0 where it does not."""
    is_personal: bool
    """Whether it reaches a person, who may switch it; a robot speaks to a group."""
    takes_digests: bool
    has_receipts: bool
    """Whether the provider can be asked later what became of a message."""
    is_on_by_default: bool
    """Whether it is on as soon as it is set up; the others are switched on by an administrator."""
    fields: tuple[SettingField, ...]

    def is_connected(self, settings: Settings) -> bool:
        """Whether what it needs beside its own settings is there."""
        ...

    def drops_repetition(self, first_at: datetime, again_at: datetime) -> bool:
        """Whether the provider takes a second sending at that time for the first one."""
        ...

    def send(self, message: Outgoing, settings: Settings) -> Sent:
        """Send once; raises TryLater, GiveUp, Uncertain."""
        ...

    def receipts(self, pending: Sequence[Pending], settings: Settings) -> Mapping[str, Receipt]:
        """What is known by now, by the provider's id; raises TryLater and GiveUp."""
        ...


class Outward:
    """What most channels have in common: personal, set up by their own settings, no idempotency."""

    key: str = ""
    guarantee: Guarantee = Guarantee.AT_MOST_ONCE
    repeats_dropped_s: int = 0
    is_personal: bool = True
    takes_digests: bool = False
    has_receipts: bool = False
    is_on_by_default: bool = False
    fields: tuple[SettingField, ...] = ()

    def is_connected(self, settings: Settings) -> bool:
        """Nothing is needed beside the settings."""
        return True

    def drops_repetition(self, first_at: datetime, again_at: datetime) -> bool:
        """Within the window that the provider promises."""
        return again_at < first_at + timedelta(seconds=self.repeats_dropped_s)

    def receipts(self, pending: Sequence[Pending], settings: Settings) -> Mapping[str, Receipt]:
        """Nothing is told later."""
        return {}
