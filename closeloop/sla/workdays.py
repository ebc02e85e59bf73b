"""Public holidays and make-up days, from the published lists; later years without make-up days.

`chinesecalendar` holds what the State Council has published and raises beyond its last year;
`holidays` then knows the holidays by rule, but nobody knows the make-up days yet. A company enters
those itself as its own days (`CalendarDay`) until the next release.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar
import holidays as rules
from chinese_calendar.constants import holidays, workdays

Name = Mapping[str, str]
CHINA = "china"
FIRST_YEAR, LAST_YEAR = min(holidays).year, max(holidays).year
"""The years whose make-up days are known."""


@dataclass(frozen=True)
class PublicDay:
    """A day off, or (`is_make_up`) a weekend day on which everybody works."""

    is_make_up: bool
    name: Name


def public_days(year: int, scheme: str) -> Mapping[date, PublicDay]:
    """The days of a year that differ from a plain week, by date; none without a scheme."""
    return _china(year) if scheme == CHINA else {}


def is_provisional(year: int, scheme: str) -> bool:
    """Whether the make-up days of a year are not known yet."""
    return scheme == CHINA and not FIRST_YEAR <= year <= LAST_YEAR


@cache
def _china(year: int) -> Mapping[date, PublicDay]:
    return _published(year) if FIRST_YEAR <= year <= LAST_YEAR else _by_rule(year)


def _published(year: int) -> dict[date, PublicDay]:
    found: dict[date, PublicDay] = {}
    day = date(year, 1, 1)
    while day.year == year:
        if day in workdays:
            found[day] = PublicDay(is_make_up=True, name=_name(workdays[day]))
        elif day in holidays:
            found[day] = PublicDay(is_make_up=False, name=_name(holidays[day]))
        day += timedelta(days=1)
    return found


def _by_rule(year: int) -> dict[date, PublicDay]:
    chinese = rules.country_holidays("CN", years=year, language="zh_CN")
    english = rules.country_holidays("CN", years=year, language="en_US")
    return {
        day: PublicDay(is_make_up=False, name={"zh-CN": name, "en-US": english.get(day) or name})
        for day, name in chinese.items()
        if day.year == year
    }


def _name(english: str) -> Name:
    return {"zh-CN": chinese_calendar.Holiday(english).chinese, "en-US": english}
