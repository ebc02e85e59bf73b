"""Days as people name them in Chinese, resolved against the moment they were said.

下周三, 本周五下午, 明天, 月底前, 12月3号, 3 个工作日内, 两周后, 2026-12-01. A day without a time of
day is due at the end of working hours. What may mean several days (有空, 改天, 尽快) is none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

END_OF_DAY = time(18)
_FARTHEST_DAYS = 3660
_DIGITS = {**{each: i for i, each in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2, "俩": 2}
_WEEKDAYS = {**{each: i for i, each in enumerate("一二三四五六日")}, "天": 6, "末": 6}
_NUMBER = r"(?:\d{1,4}|[零〇一二两俩三四五六七八九十]{1,3})"
_TIME = (
    r"(?:\s*的?(?P<part>凌晨|早上|早|上午|中午|下午|傍晚|晚上|晚))?"
    rf"(?:\s*(?P<hour>{_NUMBER})\s*(?:点|时|:)(?P<minute>半|一刻|三刻|{_NUMBER}(?=分)|\d\d)?分?(?:钟|整)?)?"
)
_DAY = re.compile(
    r"(?:(?P<year>20\d\d)\s*[年/.-]\s*)?(?P<month>1[0-2]|0?[1-9])\s*[月/-]\s*"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?![\d/.-])\s*(?P<mark>[日号])?"
    rf"|(?P<cmonth>十[一二]?|[一二三四五六七八九])月(?P<cday>[一二三四五六七八九十]{{1,3}})[日号]"
    r"|(?<![\d一二三四五六七八九十第])(?P<only>3[01]|[12]?\d|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[号](?![线楼院门码口机])"
    r"|(?P<near>大后天|后天|明天|明日|明(?=[早晚])|今天|今日|今(?=[晚早])|当天)"
    r"|(?P<week>(?:本|这个?|下+个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末]))"
    r"|(?P<within_week>(?:本|这个?|下个?)(?:周|星期|礼拜)(?:之?内|以内|前)?)"
    r"|(?P<month_part>(?:本|这个?|下个?)?月(?P<where>底|末|初|中旬?)|(?:本|这个?|下个?)月(?:之?内|以内))"
    r"|(?P<quarter>(?:本|这个?)?季度[末底])"
    r"|(?P<year_part>(?:今|明)?年(?:底|末))"
    rf"|(?P<count>{_NUMBER}|半)\s*(?:个|到{_NUMBER}个?)?\s*(?P<unit>工作日|小时|钟头|天|日|周|星期|礼拜|月)"
    r"\s*(?P<sense>之?内|以内|之?后|以后)",
)
_AFTER = re.compile(r"\s*(?:之?前|以前|为止)")
_ON_TIME = re.compile(_TIME)
_HOURS = {"凌晨": 6, "早上": 10, "早": 10, "上午": 12, "中午": 13, "下午": 18, "傍晚": 19}
_LATE = {"下午", "傍晚", "晚上", "晚"}


@dataclass(frozen=True)
class Named:
    """A day that a text names: the characters from `start` to `end`, and when it is due."""

    start: int
    end: int
    due: datetime
    has_time: bool

    @property
    def value(self) -> str:
        """The day, or the minute where a time of day was said, in ISO 8601."""
        if self.has_time:
            return self.due.isoformat(timespec="minutes")
        return self.due.date().isoformat()


IsWorking = Callable[[date], bool]


def is_weekday(day: date) -> bool:
    """Whether a day is Monday to Friday; what counts where no calendar is given."""
    return day.weekday() < 5


def days_in(text: str, *, said_at: datetime, is_working: IsWorking = is_weekday) -> Iterator[Named]:
    """The days that a text names, in their order. `said_at` is aware, in the speaker's zone."""
    place = 0
    while match := _DAY.search(text, place):
        place = match.end()
        found = _resolve(match, said_at, is_working)
        if found is None:
            continue
        timed = _ON_TIME.match(text, match.end()) if not match["unit"] else None
        due, has_time, end = _at(found, timed, match.end())
        after = _AFTER.match(text, end)
        place = after.end() if after else end
        yield Named(match.start(), place, due, has_time)


def number_of(text: str) -> int:
    """A number in digits or in Chinese up to 99; 半 is none. Raises ValueError."""
    if text.isdigit():
        return int(text)
    tens, is_tens, ones = text.rpartition("十")
    if is_tens:
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    if len(text) != 1 or text not in _DIGITS:
        raise ValueError(text)
    return _DIGITS[text]


def _resolve(match: re.Match[str], said_at: datetime, is_working: IsWorking) -> datetime | None:
    try:
        if match["unit"]:
            return _counted(match, said_at, is_working)
        day = _day_of(match, said_at.date())
    except (ValueError, KeyError, OverflowError):
        return None
    if day is None or abs((day - said_at.date()).days) > _FARTHEST_DAYS:
        return None
    return datetime.combine(day, END_OF_DAY, tzinfo=said_at.tzinfo)


def _day_of(match: re.Match[str], today: date) -> date | None:
    for group, find in _KINDS.items():
        if match[group]:
            return find(match, today)
    return None


def _written(match: re.Match[str], today: date) -> date:
    return _next(today, number_of(match["cmonth"]), number_of(match["cday"]))


def _day_of_month(match: re.Match[str], today: date) -> date:
    day = number_of(match["only"])
    found = today.replace(day=day)
    return found if found >= today else _month_after(today).replace(day=day)


def _near(match: re.Match[str], today: date) -> date:
    return today + timedelta(days={"大": 3, "后": 2, "明": 1}.get(match["near"][0], 0))


def _end_of_quarter(_match: re.Match[str], today: date) -> date:
    return _end_of_month(today.replace(day=1, month=(today.month - 1) // 3 * 3 + 3))


def _end_of_year(match: re.Match[str], today: date) -> date:
    return date(today.year + match["year_part"].startswith("明"), 12, 31)


def _dated(match: re.Match[str], today: date) -> date | None:
    """A month and a day; a bare 3/4 or 3-4 is rather a share or a range."""
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        return date(int(match["year"]), month, day)
    if "月" not in match[0]:
        return None
    return _next(today, month, day)


def _next(today: date, month: int, day: int) -> date:
    """That day of the year nearest to today: 1月5日 said in December is in the coming year."""
    found = date(today.year, month, day)
    if (today - found).days > 183:
        return date(today.year + 1, month, day)
    return found


def _of_week(match: re.Match[str], today: date) -> date:
    said = match["week"] or match["within_week"]
    monday = today - timedelta(days=today.weekday())
    weeks = said.count("下")
    if match["within_week"]:
        return monday + timedelta(weeks=weeks, days=4)
    day = monday + timedelta(weeks=weeks, days=_WEEKDAYS[match["weekday"]])
    is_bare = said[0] in "周星礼"
    return day + timedelta(weeks=1) if is_bare and day < today else day


def _of_month(match: re.Match[str], today: date) -> date:
    said, where = match["month_part"], match["where"] or "底"
    month = _month_after(today) if said.startswith("下") else today.replace(day=1)
    if where == "初":
        found = month.replace(day=5)
        return _month_after(today).replace(day=5) if found < today else found
    return month.replace(day=15) if where.startswith("中") else _end_of_month(month)


def _month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _counted(match: re.Match[str], said_at: datetime, is_working: IsWorking) -> datetime | None:
    unit = match["unit"]
    if match["count"] == "半":
        return _end(said_at.date() + timedelta(days=15), said_at) if unit == "月" else None
    count = number_of(match["count"])
    today = said_at.date()
    if unit in ("小时", "钟头"):
        return said_at + timedelta(hours=count)
    if unit == "月":
        day = today.replace(day=1)
        for _ in range(min(count, 120)):
            day = _month_after(day)
        return _end(day.replace(day=min(today.day, monthrange(day.year, day.month)[1])), said_at)
    if unit == "工作日":
        return _end(_working_days_later(today, min(count, 500), is_working), said_at)
    weeks = unit in ("周", "星期", "礼拜")
    return _end(today + timedelta(days=count * (7 if weeks else 1)), said_at)


def _end(day: date, said_at: datetime) -> datetime:
    return datetime.combine(day, END_OF_DAY, tzinfo=said_at.tzinfo)


def _working_days_later(day: date, count: int, is_working: IsWorking) -> date:
    for _ in range(_FARTHEST_DAYS):
        if count == 0:
            return day
        day += timedelta(days=1)
        count -= is_working(day)
    return day


def _at(day: datetime, timed: re.Match[str] | None, end: int) -> tuple[datetime, bool, int]:
    """The day with the time of day that follows it, whether there was one, and where it ends."""
    if timed is None or not timed[0].strip():
        return day, False, end
    part, said_hour = timed["part"] or "", timed["hour"]
    if said_hour is None:
        hour = _HOURS.get(part)
        late = day.replace(hour=hour) if hour is not None else day.replace(hour=21)
        return late, True, timed.end()
    try:
        hour, minute = number_of(said_hour), _minute(timed["minute"])
    except ValueError:
        return day, False, end
    if part in _LATE and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        return day, False, end
    return day.replace(hour=hour, minute=minute), True, timed.end()


def _minute(said: str | None) -> int:
    if said is None:
        return 0
    return _PARTS_OF_HOUR.get(said) or number_of(said)


_PARTS_OF_HOUR = {"半": 30, "一刻": 15, "三刻": 45}
_KINDS: dict[str, Callable[[re.Match[str], date], date | None]] = {
    "month": _dated,
    "cmonth": _written,
    "only": _day_of_month,
    "near": _near,
    "week": _of_week,
    "within_week": _of_week,
    "month_part": _of_month,
    "quarter": _end_of_quarter,
    "year_part": _end_of_year,
}
