"""When the demo company works (pure): days, hours, and how busy the months are.

Weekends and the long public holidays are free. Days worked in their place are left out, and Spring
Festival is known until 2030 (source: the lunar calendar); for made-up history that is near enough.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo

_LUNAR_NEW_YEAR = {
    date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26),
    date(2029, 2, 13), date(2030, 2, 3),
}  # fmt: skip
_FREE = {
    (month, first + extra)
    for month, first, count in ((1, 1, 1), (4, 5, 1), (5, 1, 5), (10, 1, 7))
    for extra in range(count)
}
SEASON: Mapping[int, float] = {
    1: 0.85, 2: 0.55, 3: 1.2, 4: 1.0, 5: 1.0, 6: 1.2, 7: 0.9, 8: 0.85, 9: 1.2, 10: 0.85, 11: 1.15,
    12: 1.25,
}  # fmt: skip
"""New business by month against the year's mean: quarter ends push, Spring Festival rests."""
OPENS, CLOSES = time(8, 50), time(18, 20)
FRIDAY = 4


def is_workday(day: date) -> bool:
    """Whether people work on a day."""
    near_new_year = any(-1 <= (day - new_year).days <= 6 for new_year in _LUNAR_NEW_YEAR)
    return day.weekday() < 5 and (day.month, day.day) not in _FREE and not near_new_year


def next_workday(day: date) -> date:
    """The first workday after a day."""
    day += timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def last_workday(day: date) -> date:
    """The last workday before a day."""
    day -= timedelta(days=1)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def add_workdays(day: date, count: int) -> date:
    """The workday that comes `count` workdays after a day."""
    for _ in range(count):
        day = next_workday(day)
    return day


def at(day: date, hour: float, zone: tzinfo) -> datetime:
    """A moment of a day, by its hour in the company's zone (16.5 is half past four)."""
    return datetime.combine(day, time(0), tzinfo=zone) + timedelta(hours=hour)
