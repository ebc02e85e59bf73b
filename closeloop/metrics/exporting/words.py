"""Numbers, days and moments as a reader's language writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from closeloop.edge import messages
from closeloop.engine.metrics import Figure
from closeloop.metrics.exporting.printed import Scale

Number = Decimal | float | int
NOTHING = "–"
_DAY = {"zh-CN": "{0.year}年{0.month}月{0.day}日", "en-US": "{0.day} {0:%b} {0.year}"}
_DAY_OF_YEAR = {"zh-CN": "{0.month}月{0.day}日", "en-US": "{0.day} {0:%b}"}
_WEEKDAYS = {
    "zh-CN": ("一", "二", "三", "四", "五", "六", "日"),
    "en-US": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def say(code: str, language: str, data: Mapping[str, object] | None = None) -> str:
    """A sentence about exports."""
    return messages.say(f"export.{code}", language, data)


def page_of(language: str) -> str:
    """The line at the foot of a page, with `{page}` and `{pages}` for the typesetter to fill in."""
    return messages.catalogue()["export.page"][language]


def language_of(locale: str) -> str:
    """One of the product's languages."""
    return messages.ENGLISH if locale.startswith("en") else messages.DEFAULT


def value(scale: Scale, of: Number | None, *, decimals: int | None = None) -> str:
    """A value of a metric: a share in percent, all else as it is."""
    if of is None:
        return NOTHING
    places = scale.decimals if decimals is None else decimals
    if scale.is_share:
        return f"{_rounded(float(of) * 100, places)}%"
    return _rounded(float(of), places)


def limit(scale: Scale) -> str:
    """The target of a metric with its unit, where it has one."""
    shown = value(scale, scale.target)
    return f"{shown} {scale.unit}" if scale.unit and not scale.is_share else shown


def count(of: Number | None) -> str:
    """A count, which may be a decimal."""
    return NOTHING if of is None else _rounded(float(of), 2)


def parts(figure: Figure) -> str:
    """Numerator over denominator, where there are both."""
    if figure.denominator is None:
        return ""
    return f"{count(figure.numerator)}/{count(figure.denominator)}"


def change(scale: Scale, by: Decimal | None, language: str) -> str:
    """How a figure differs from the one before: shares in points."""
    if by is None:
        return NOTHING
    size = float(by) * (100 if scale.is_share else 1)
    text = _rounded(abs(size), 1)
    told = text if text == "0" else f"{'+' if size > 0 else '−'}{text}"
    return say("points", language, {"change": told}) if scale.is_share else told


def day(of: date, language: str) -> str:
    """A day with its year."""
    return _DAY[language].format(of)


def short_day(of: date, language: str) -> str:
    """A day without its year."""
    return _DAY_OF_YEAR[language].format(of)


def weekday(of: date, language: str) -> str:
    """The short name of the day of the week."""
    return _WEEKDAYS[language][of.weekday()]


def weekdays(language: str) -> tuple[str, ...]:
    """The short names of the days of the week from Monday."""
    return _WEEKDAYS[language]


def moment(of: datetime) -> str:
    """A moment on the company's clock."""
    return f"{timezone.localtime(of):%Y-%m-%d %H:%M}"


def _rounded(size: float, places: int) -> str:
    text = f"{size:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
