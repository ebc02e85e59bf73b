"""Holding the forecast, the deals behind it and its errors beside what an export makes of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tests.builders.asking import client_as
from tests.metrics import audit_forecast as sql
from tests.metrics.auditing import Auditor, Viewer
from tests.metrics.comparing import Compared, all_pages
from tests.metrics.foretold import (
    LEVELS,
    NAMES,
    Foreteller,
    Foretold,
    Span,
    day_of,
    first_days,
    mean_error,
    span_of,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PROVED = {"month": 12, "quarter": 8}
Targets = Callable[[Viewer, list[date]], dict[str, Any] | None]
"""Target, done and pace of some months, of all that somebody sees."""


def compare(
    compared: Compared, auditor: Auditor, viewers: list[Viewer], *, now: datetime, targets: Targets
) -> None:
    """Month and quarter, for each viewer."""
    foreteller = Foreteller(auditor)
    local = timezone.localtime(now)
    today, at = local.date(), (local.replace(tzinfo=UTC) - EPOCH) / timedelta(days=1)
    for viewer in viewers:
        ask = client_as(viewer.user)
        for kind in NAMES:
            span = span_of(kind, today, at)
            found = foreteller.foretell(span, viewer)
            months = _months(kind, today)
            told = ask.get("/forecast", period=kind).json()
            told["parts"] = _by_id(told["parts"])
            told["stages"] = {each["stage"]: each for each in told["stages"]}
            expected = _forecast(found, span, auditor, viewer, targets(viewer, months))
            compared.hold(f"{viewer.name} forecast {kind}", told, {**expected, **_term(kind, span)})
            deals = _behind(found)
            opened = {
                which: _deals(all_pages(ask, "/forecast/deals", period=kind, which=which))
                for which in deals
            }
            compared.hold(f"{viewer.name} deals behind {kind}", opened, deals)
            proof = ask.get("/forecast/accuracy", period=kind).json()
            proved = _proved(foreteller, viewer, kind, today, at)
            compared.hold(f"{viewer.name} errors {kind}", proof, {**proved, **_term(kind, span)})


def _months(kind: str, today: date) -> list[date]:
    first, after = first_days(kind, today)
    days = [first + timedelta(days=each) for each in range((after - first).days)]
    return [each for each in days if each.day == 1]


def _by_id(parts: list[dict[str, Any]]) -> dict[str, Any]:
    found = {}
    for each in parts:
        unit, person = each.pop("unit"), each.pop("person")
        found[f"unit {unit['id']}" if unit else f"person {person['id']}"] = each
    return found


def _term(kind: str, span: Span) -> dict[str, Any]:
    return {
        "term": {
            "kind": kind, "since": day_of(span.since), "until": day_of(span.until - 1),
            "days": int(span.until - span.since), "left": round(span.left, 1),
        },
        "currency": "CNY",
    }  # fmt: skip


def _forecast(
    found: Foretold, span: Span, auditor: Auditor, viewer: Viewer, target: dict[str, Any] | None
) -> dict[str, Any]:
    if target:
        target = {**target, "expected": float(found.total / target["amount"])}
    return {
        "other_currencies": [row[0] for row in auditor.panel(sql.CURRENCIES, viewer)],
        "is_learnt": found.rates.is_learnt, "is_cut": False, "learnt_from": found.rates.deals,
        "won": found.came, "won_deals": len(found.won), "open": found.open,
        "open_deals": len(found.lines),
        "without_amount": sum(each["amount"] is None for each in found.lines),
        "newcomers": {"amount": found.newcomers, "looks": found.looks}, "total": found.total,
        "low": round(found.low, 2), "high": round(found.high, 2), "commit": found.best(0.8),
        "best": found.best(), "plain": found.plain, "shared_spread": found.rates.excess**0.5,
        "target": target, "parts": _parts(found), "stages": _stages(found),
        "factors": _factors(found),
    }  # fmt: skip


def _parts(found: Foretold) -> dict[str, dict[str, Any]]:
    units = {each["unit"] for each in found.lines} | {row[2] for row in found.won}
    key, place, named = ("unit", 2, "unit") if len(units) > 1 else ("person", 1, "person")
    rows: defaultdict[str, dict[str, Any]] = defaultdict(
        lambda: {"won": 0, "open": 0, "expected": 0, "commit": 0, "best": 0, "deals": 0}
    )
    for row in found.won:
        for part in ("won", "expected", "commit", "best"):
            rows[f"{named} {row[place] or 0}"][part] += row[3]
    for each in found.lines:
        row_of = rows[f"{named} {each[key] or 0}"]
        row_of["deals"] += 1
        row_of["open"] += each["share"]
        row_of["expected"] += each["share"]
    for part, least in (("commit", 0.8), ("best", 0.0)):
        for each in found.due(least):
            rows[f"{named} {each[key] or 0}"][part] += each["amount"]
    return dict(rows)


def _stages(found: Foretold) -> dict[str, dict[str, Any]]:
    rows = {}
    for stage in {*found.rates.stages, *(each["stage"] for each in found.lines)}:
        own = [each for each in found.lines if each["stage"] == stage]
        unseen = (0, 0, 0, found.rates.rate)
        looks, seen, wins, rate = found.rates.stages.get(stage, unseen)
        rows[stage] = {
            "stage": stage, "deals": len(own), "looks": looks, "seen": seen, "wins": wins,
            "amount": sum((each["amount"] or Decimal(0) for each in own), Decimal(0)),
            "expected": sum((each["share"] for each in own), Decimal(0)),
            "rate": rate if found.rates.is_learnt else own[0]["set"] if own else None,
        }  # fmt: skip
    return rows


def _factors(found: Foretold) -> list[dict[str, Any]]:
    if not found.rates.is_learnt:
        return []
    levels = sorted(found.rates.factors, key=lambda each: (LEVELS.index(each[0]), each[1]))
    names = ("looks", "wins", "expected", "taken")
    return [
        {
            "key": f"{name}.{level}",
            **dict(zip(names, found.rates.factors[name, level], strict=True)),
        }
        for name, level in levels
    ]


def _behind(found: Foretold) -> dict[str, dict[str, Any]]:
    """By deal what stands behind each number that opens."""
    won = {row[0]: {"amount": row[3], "chance": None, "share": row[3]} for row in found.won}
    lines = {each["deal"]: _line(each) for each in found.lines}
    due = {each["deal"]: lines[each["deal"]] for each in found.due()}
    sure = {each["deal"]: lines[each["deal"]] for each in found.due(0.8)}
    return {"open": lines, "won": won, "best": won | due, "commit": won | sure}


def _line(line: dict[str, Any]) -> dict[str, Any]:
    return {key: line[key] for key in ("amount", "chance", "share")} | {"is_due": line["due"]}


def _deals(page: dict[str, Any]) -> dict[int, Any]:
    items = page["items"]
    assert len(items) == page["count"]
    keys = ("amount", "chance", "share", "is_due")
    return {
        each["id"]: {
            key: each[key] for key in keys if key != "is_due" or each["chance"] is not None
        }
        for each in items
    }


def _proved(
    foreteller: Foreteller, viewer: Viewer, kind: str, today: date, at: float
) -> dict[str, Any]:
    periods = list(_periods(foreteller, viewer, kind, today, at))
    known = [each for each in periods if each["came"] > 0 and each["previous"] is not None]
    error, plain, before = (
        mean_error((each[key], each["came"]) for each in known)
        for key in ("expected", "configured", "previous")
    )
    return {
        "periods": periods, "compared": len(known), "error": error, "configured_error": plain,
        "previous_error": before, "within": sum(each["is_within"] for each in known), "aim": 0.12,
        "enough": 3, "is_reached": error is not None and error <= 0.12 and len(known) >= 3,
    }  # fmt: skip


def _periods(
    foreteller: Foreteller, viewer: Viewer, kind: str, today: date, at: float
) -> Iterator[dict[str, Any]]:
    previous, first = None, foreteller.begun(at, viewer)
    for before in range(PROVED[kind], 0, -1):
        span = span_of(kind, today, at, before=before)
        end = Span(span.since, span.until, span.until)
        came = sum((row[3] for row in foreteller.won(end, viewer)), Decimal(0))
        if foreteller.rates(span).is_learnt:
            found = foreteller.foretell(span, viewer)
            low, high = round(found.low, 2), round(found.high, 2)
            yield {
                "since": day_of(span.since), "until": day_of(span.until - 1),
                "day": day_of(span.at), "expected": found.total, "low": low, "high": high,
                "came": came, "configured": found.plain, "previous": previous,
                "is_within": low <= came <= high,
            }  # fmt: skip
        previous = came if first is not None and first <= span.since else None
