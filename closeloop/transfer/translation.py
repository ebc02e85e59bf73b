"""What people write in spreadsheets, brought to what a field's own cleaner takes (pure).

Nothing is judged here: a cell that says nothing sensible raises the same ValueProblem as in a form.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from closeloop.fields.values import ValueProblem

Translator = Callable[[Any], Any]
SHANGHAI = ZoneInfo("Asia/Shanghai")
_UNITS = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "w": Decimal(10_000)}
_CURRENCY = re.compile(
    r"^(?:RMB|CNY|USD|EUR|HKD|人民币)|[¥￥$€]|(?:元整?|圆|RMB|CNY)$", re.IGNORECASE
)
_YMD = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_TWO_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_WORDED = (
    re.compile(r"^(?P<m>[A-Za-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})"),
    re.compile(r"^(?P<d>\d{1,2})[-\s](?P<m>[A-Za-z]{3,9})\.?[-,\s]+(?P<y>\d{4})"),
)
_CLOCK = re.compile(
    r"(?P<h>\d{1,2})[:：时](?P<m>\d{2})(?:[:：分](?P<s>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AaPp]\.?[Mm])?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 (a spreadsheet's day 0 has no zone)
_SEVERAL = re.compile(r"[,，;；、|\n]+")


def text_of(cell: Any) -> str | None:
    """A cell as text: numbers without a needless fraction, dates in ISO 8601."""
    if cell is None or cell.__class__ is str:
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        is_day = cell.time() == time(0)
        return cell.date().isoformat() if is_day else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def number_of(cell: Any) -> Any:
    """A number as Decimal: thousands separators, 万, 亿 and a per cent sign are understood."""
    if not isinstance(cell, str):
        return _not_a_moment(cell, "number_invalid")
    text = unicodedata.normalize("NFKC", cell).strip().replace(",", "").replace(" ", "")
    if not text:
        return None
    factor = Decimal(1)
    if text[-1:].lower() in _UNITS:
        factor, text = _UNITS[text[-1:].lower()], text[:-1]
    elif text.endswith("%"):
        factor, text = Decimal("0.01"), text[:-1]
    if text.startswith("(") and text.endswith(")"):
        factor, text = -factor, text[1:-1]
    try:
        return Decimal(text) * factor
    except InvalidOperation as error:
        raise ValueProblem("number_invalid", given=cell[:40]) from error


def money_of(cell: Any) -> Any:
    """An amount: as a number, with currency signs and 元 around it; a per cent is no amount."""
    if not isinstance(cell, str):
        return _not_a_moment(cell, "number_invalid")
    text = unicodedata.normalize("NFKC", cell).strip().replace(" ", "")
    bare = _CURRENCY.sub("", _CURRENCY.sub("", text))
    if bare.endswith("%"):
        raise ValueProblem("number_invalid", given=cell[:40])
    return number_of(bare)


def date_of(cell: Any, *, order: str = "") -> Any:
    """A day. `order` (mdy, dmy) settles 03/04/2026, which alone is refused as ambiguous."""
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float):
        return _serial(cell).date()
    text = unicodedata.normalize("NFKC", cell).strip()
    return _day(text, order, given=cell) if text else None


def datetime_of(cell: Any, *, order: str = "", zone: ZoneInfo = SHANGHAI) -> Any:
    """A moment in UTC; without a zone of its own it is the company's wall clock."""
    if cell is None or isinstance(cell, bool):
        return cell
    found = _moment(cell, order)
    if found is None:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def several_of(cell: Any) -> list[str]:
    """The parts of a cell that holds several choices."""
    text = text_of(cell) or ""
    return [part.strip() for part in _SEVERAL.split(text) if part.strip()]


def order_of(samples: list[Any]) -> str:
    """The order that the days of a column give away: mdy, dmy, or nothing where they do not."""
    orders = {
        "mdy" if int(match.group(2)) > 12 else "dmy"
        for sample in samples
        if isinstance(sample, str) and (match := _TWO_FIRST.match(sample.strip()))
        if max(int(match.group(1)), int(match.group(2))) > 12
    }
    return orders.pop() if len(orders) == 1 else ""


def flat(text: str) -> str:
    """The form in which names and labels are compared: NFKC, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def translators(order: str, *, zone: ZoneInfo = SHANGHAI) -> Mapping[str, Translator]:
    """The translator of each field type that needs more than text."""
    return {
        "number": number_of,
        "money": money_of,
        "date": lambda cell: date_of(cell, order=order),
        "datetime": lambda cell: datetime_of(cell, order=order, zone=zone),
        "boolean": lambda cell: cell if isinstance(cell, bool) else text_of(cell),
    }


def _day(text: str, order: str, *, given: str) -> date:
    match = _YMD.match(text) or _COMPACT.match(text)
    if match:
        year, month, day = (int(part) for part in match.groups())
        return _real_day(year, month, day, given)
    match = _TWO_FIRST.match(text)
    if match:
        first, second, year = (int(part) for part in match.groups())
        known = order or ("mdy" if second > 12 else "dmy" if first > 12 else "")
        if not known and first != second:
            raise ValueProblem("date_ambiguous", given=given[:40])
        return _real_day(year, *((second, first) if known == "dmy" else (first, second)), given)
    for pattern in _WORDED:
        match = pattern.match(text)
        if match and match["m"][:3].lower() in _MONTHS:
            month = _MONTHS.index(match["m"][:3].lower()) + 1
            return _real_day(int(match["y"]), month, int(match["d"]), given)
    raise ValueProblem("date_invalid", given=given[:40])


def _real_day(year: int, month: int, day: int, given: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueProblem("date_invalid", given=given[:40]) from error


def _moment(cell: Any, order: str) -> datetime | None:
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time(0))
    if isinstance(cell, int | float):
        return _serial(cell)
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    if not text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.combine(_day(text, order, given=text), _clock(text))


def _clock(text: str) -> time:
    match = _CLOCK.search(text)
    if not match:
        return time(0)
    hour = int(match["h"])
    half = (match["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(match["m"]), int(match["s"] or 0))
    except ValueError as error:
        raise ValueProblem("datetime_invalid", given=text[:40]) from error


def _serial(days: float) -> datetime:
    if not 1 <= days < 2_958_466:  # 9999-12-31
        raise ValueProblem("date_invalid", given=str(days))
    return _SERIAL_ZERO + timedelta(days=days)


def _not_a_moment(cell: Any, code: str) -> Any:
    if isinstance(cell, date | datetime | time | timedelta | bool):
        raise ValueProblem(code, given=str(cell)[:40])
    return Decimal(repr(cell)) if isinstance(cell, float) else cell
