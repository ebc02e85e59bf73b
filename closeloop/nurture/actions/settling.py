"""Caps and allowed hours of channels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.identity.actor import Actor
from closeloop.nurture import errors, limits
from closeloop.nurture.models import ChannelRule


@dataclass(frozen=True)
class RuleGiven:
    """What holds for a channel; hours None are all of the day."""

    channel: str
    per_day: int
    per_week: int
    from_time: time | None
    to_time: time | None
    only_working_days: bool


def change_limits(given: Sequence[RuleGiven], *, actor: Actor) -> None:
    """Set what holds for channels. Raises LimitsInvalid."""
    wrong = [
        {"field": f"channels.{index}.to", "code": "wrong"}
        for index, each in enumerate(given)
        if each.to_time is not None and each.to_time <= (each.from_time or time(0))
    ]
    wrong += [
        {"field": f"channels.{index}.per_week", "code": "wrong"}
        for index, each in enumerate(given)
        if each.per_week < each.per_day
    ]
    if wrong:
        raise errors.LimitsInvalid({"errors": wrong})
    revisions.bump(limits.REVISION)
    for each in given:
        ChannelRule.objects.update_or_create(
            channel=each.channel,
            defaults={
                "per_day": each.per_day,
                "per_week": each.per_week,
                "from_time": each.from_time,
                "to_time": each.to_time,
                "only_working_days": each.only_working_days,
            },
        )
    told = {"channels": [each.channel for each in given]}
    activity.record(Happening(verb="nurture.limits_changed", data=told), actor=actor)
