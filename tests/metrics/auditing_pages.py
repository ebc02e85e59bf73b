"""Holding the self-check and wins by contact beside what an export makes of them."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from math import sqrt
from statistics import NormalDist
from typing import Any

from closeloop.metrics.periods import Period
from tests.builders.asking import client_as
from tests.metrics.audit_layers import ENDED
from tests.metrics.auditing import Auditor, Viewer
from tests.metrics.comparing import Compared

CHECKS = {
    "mql_to_sql": ("share", 0.25, 0.15), "deal_cycle": ("days", 45, 60),
    "stage_updates": ("share", 0.9, 0.7), "high_value_share": ("share", 0.3, 0.2),
}  # fmt: skip
"""Each row of the self-check: its unit, from where on it is normal, and where it is abnormal."""
TOUCHES = f"""
    SELECT least(contacts, 8), won, count(*) FROM (
        SELECT t.won, t.created_at, (SELECT count(*) FROM standing s WHERE s.effective
            AND s.customer_id = t.customer_id
            AND s.moment BETWEEN t.created_at AND t.ended_at) AS contacts
        FROM ({ENDED}) t WHERE ({{sees}}) AND $top > 0)
    WHERE created_at >= (SELECT min(moment) FROM fieldwork_followup WHERE state = 'counted')
    GROUP BY ALL
"""
"""Closed deals whose contacts were all seen, by how many of these were effective."""


def compare_checks(
    compared: Compared, auditor: Auditor, viewers: list[Viewer], today: date
) -> None:
    """The self-check of this month and of the one before, for each viewer."""
    first = today.replace(day=1)
    for viewer in viewers:
        for month in (first, (first - timedelta(days=1)).replace(day=1)):
            told = client_as(viewer.user).get("/self-check", month=month).json()
            last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            rows = [_checked(key, auditor, viewer, Period(month, last)) for key in CHECKS]
            compared.hold(f"{viewer.name} self-check {month}", told, {"month": month, "rows": rows})


def _checked(key: str, auditor: Auditor, viewer: Viewer, period: Period) -> dict[str, Any]:
    unit, normal, abnormal = CHECKS[key]
    hits, whole = auditor.parts(key, period, (), viewer).get((), (0, 0))
    value = float(hits / whole) if whole else None
    level = "none"
    if value is not None:
        is_good = value >= normal if normal > abnormal else value <= normal
        is_bad = value < abnormal if normal > abnormal else value > abnormal
        level = "good" if is_good else "bad" if is_bad else "middle"
    return {
        "key": key, "unit": unit, "value": value, "hits": None if unit == "days" else int(hits),
        "of": int(whole or 0), "normal": normal, "abnormal": abnormal, "level": level,
    }  # fmt: skip


def compare_touches(
    compared: Compared, auditor: Auditor, viewers: list[Viewer], today: date
) -> None:
    """Wins and losses of a year by contact, and the deals behind, for each viewer."""
    given = {"since": today - timedelta(days=365), "until": today}
    for viewer in viewers:
        told = client_as(viewer.user).get("/metrics/touches").json()
        rows = auditor.panel(TOUCHES, viewer, **given)
        won = Counter({number: many for number, is_won, many in rows if is_won})
        lost = Counter({number: many for number, is_won, many in rows if not is_won})
        expected = {
            **given, "won": won.total(), "lost": lost.total(), "enough": 10,
            "rows": [
                _touch(number, won[number], lost[number], won.total())
                for number in range(max((*won, *lost), default=-1) + 1)
            ],
        }  # fmt: skip
        compared.hold(f"{viewer.name} wins by contact", told, expected)


def _touch(number: int, won: int, lost: int, wins: int) -> dict[str, Any]:
    return {
        "number": number, "is_more": number == 8, "won": won, "lost": lost,
        "traced": _share(won, wins), "won_share": _share(won, won + lost),
    }  # fmt: skip


def _share(hits: int, of: int) -> dict[str, Any]:
    """With Wilson's interval: where the share would be too far from what was seen."""
    found: dict[str, Any] = {"hits": hits, "of": of, "value": None, "low": None, "high": None}
    if of < 10:
        return found
    z, share = NormalDist().inv_cdf(0.975), hits / of
    half = z * sqrt(share * (1 - share) * of + z * z / 4)
    ends = [(hits + z * z / 2 + sign * half) / (of + z * z) for sign in (-1, 1)]
    return {**found, "value": share, "low": max(0.0, ends[0]), "high": min(1.0, ends[1])}
