"""Caps and allowed hours of each channel, as they are set."""

from collections.abc import Mapping
from datetime import time

from closeloop.edge.revisions import CachedByRevision
from closeloop.engine.nurture import Caps, Channel, Hours, Limits
from closeloop.nurture.models import ChannelRule

REVISION = "nurture_limits"
_NINE, _TWENTY = 9 * 3600, 20 * 3600
_DAY_S = 86_400
USUAL: Mapping[Channel, Limits] = {
    Channel.MAIL: Limits(Caps(1, 3), Hours()),
    Channel.SMS: Limits(Caps(1, 3), Hours(_NINE, _TWENTY, only_working_days=True)),
    Channel.WECOM: Limits(Caps(1, 3), Hours(_NINE, _TWENTY, only_working_days=True)),
}
"""Texts leave on working days from 9 to 20 o'clock: carriers hold back what comes at other hours,
and the ministry's rules on short messages ask for the recipient's consent and rest (工业和信息化部
《通信短信息服务管理规定》)."""


def of_channels() -> Mapping[Channel, Limits]:
    """The limits of every channel."""
    return _held.get()


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _held.clear()


def _load() -> dict[Channel, Limits]:
    found = dict(USUAL)
    for rule in ChannelRule.objects.all():
        hours = Hours(
            _seconds(rule.from_time) if rule.from_time else 0,
            _seconds(rule.to_time) if rule.to_time else _DAY_S,
            rule.only_working_days,
        )
        found[Channel(rule.channel)] = Limits(Caps(rule.per_day, rule.per_week), hours)
    return found


def _seconds(given: time) -> int:
    return given.hour * 3600 + given.minute * 60


_held = CachedByRevision(REVISION, _load)
