"""What the demo company paid for its channels month by month, as its sales operations say."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from closeloop.demo.organising import Organisation
from closeloop.leads.channels import actions as channels
from closeloop.leads.channels import spending
from closeloop.leads.channels.actions import NewSpend

MONTHLY = {
    "search_ad": 26_000,
    "feed_ad": 52_000,
    "website": 6_000,
    "wechat_official": 5_000,
    "academic_meeting": 22_000,
    "channel_partner": 9_000,
}
"""Yuan a month, before the dice move it by a fifth. Feed advertising is the channel that anybody
would close: the dearest, and its people are the coldest (`company.WARMTH`)."""
FAIR, FAIR_MONTHS, FAIR_COST = "exhibition", (3, 5, 9, 11), 80_000
"""Fairs cost all at once, over the days that they last."""
_SWING = 0.2


def enter(organisation: Organisation, *, since: date, today: date, seed: int) -> None:
    """Enter the costs of every month from one day until another."""
    ops = organisation.staff["ops"].actor
    dice = Random(f"{seed} spending")
    home = spending.currencies()[0]
    month = since.replace(day=1)
    while month <= today:
        following = (month + timedelta(days=32)).replace(day=1)
        last = following - timedelta(days=1)
        for channel, usual in MONTHLY.items():
            amount = round(usual * dice.uniform(1 - _SWING, 1 + _SWING), -2)
            new = NewSpend(channel, month, last, Decimal(amount), home)
            channels.enter_spend(new, actor=ops)
        if month.month in FAIR_MONTHS:
            first = month + timedelta(days=9)
            new = NewSpend(FAIR, first, first + timedelta(days=3), Decimal(FAIR_COST), home)
            channels.enter_spend(new, actor=ops)
        month = following
