"""Lengths of time as people say them (pure)."""

from closeloop.documents.content import Name, said

MINUTE, HOUR, DAY = 60, 3600, 86400


def duration(seconds: float) -> Name:
    """Minutes below an hour, hours and minutes below two days, else days and hours."""
    if seconds < 2 * DAY:
        return in_hours(seconds)
    day, hour = divmod(int(seconds // HOUR), 24)
    if not hour:
        return said(f"{day} 天", f"{day} d")
    return said(f"{day} 天 {hour} 小时", f"{day} d {hour} h")


def in_hours(seconds: float) -> Name:
    """Minutes below an hour, else hours and minutes: for working time, whose days are shorter."""
    whole = int(seconds // MINUTE)
    if seconds < HOUR:
        return said(f"{whole} 分钟", f"{whole} min")
    hour, minute = divmod(whole, 60)
    if not minute:
        return said(f"{hour} 小时", f"{hour} h")
    return said(f"{hour} 小时 {minute} 分", f"{hour} h {minute} min")


def days(seconds: float) -> float:
    """Days with one decimal."""
    return round(seconds / DAY, 1)


def hours(seconds: float) -> float:
    """Hours with one decimal."""
    return round(seconds / HOUR, 1)
