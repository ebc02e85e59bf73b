"""Holding what a pilot of a unit changed beside what an export makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Any

from closeloop.metrics import definitions
from closeloop.metrics.models import Pilot
from closeloop.metrics.periods import Period
from tests.builders.asking import client_as
from tests.metrics import audit_sql
from tests.metrics.auditing import MEANS, Auditor, Parts, Viewer
from tests.metrics.comparing import Compared

Z_95 = NormalDist().inv_cdf(0.975)
DAYS = 7


def compare(compared: Compared, auditor: Auditor, viewers: list[Viewer], today: date) -> None:
    """A week of a pilot in the salesperson's team, by all that can judge it, for each viewer."""
    keys = [k for k, said in audit_sql.METRICS.items() if not said.is_now and k not in MEANS]
    unit, first = viewers[-1].top, today - timedelta(days=DAYS)
    pilot = Pilot.objects.create(
        name="试点", unit_id=unit, since=first, about={"kind": "other"}, metrics=keys
    )
    spans = [Period(first - timedelta(days=DAYS), first - timedelta(days=1)),
             Period(first, today - timedelta(days=1))]  # fmt: skip
    for viewer in viewers:
        asker = client_as(viewer.user)
        compared.hold(
            f"{viewer.name} can judge", *_judging(asker.get("/pilots").json(), keys, pilot)
        )
        told = asker.get(f"/pilots/{pilot.pk}").json()
        del told["pilot"]
        told["rows"] = {each["metric"]: _without_format(each) for each in told["rows"]}
        rows = {key: _row(auditor, viewer, key, unit, spans) for key in keys}
        before, after = ({"since": each.since, "until": each.until} for each in spans)
        expected = {"before": before, "after": after, "rows": rows}
        compared.hold(f"{viewer.name} pilot", told, expected)


def _judging(told: dict[str, Any], keys: list[str], pilot: Pilot) -> tuple[Any, Any]:
    seen = [each["id"] for each in told["items"]]
    return (
        {"metrics": sorted(told["metrics"]), "seen": seen.count(pilot.pk)},
        {"metrics": sorted(keys), "seen": 1},
    )


def _without_format(row: dict[str, Any]) -> dict[str, Any]:
    return {key: each for key, each in row.items() if key != "format"}


def _row(
    auditor: Auditor, viewer: Viewer, key: str, unit: int, spans: list[Period]
) -> dict[str, Any]:
    """Its own before and after, and all else that somebody sees."""
    below = f"SELECT unit FROM below WHERE under = {unit}"
    within = replace(viewer, sees=f"({viewer.sees}) AND t.unit IN ({below})")
    own = [_parts(auditor, key, period, within) for period in spans]
    whole = [_parts(auditor, key, period, viewer) for period in spans]
    rest = [_less(each, part) for each, part in zip(whole, own, strict=True)]
    return {
        "metric": key,
        "pilot": dict(zip(("before", "after"), (_figure(key, each) for each in own), strict=True)),
        "rest": dict(zip(("before", "after"), (_figure(key, each) for each in rest), strict=True)),
        **_effect([*own, *rest]),
    }


def _parts(auditor: Auditor, key: str, period: Period, viewer: Viewer) -> Parts:
    """Of nothing a share has a lower part of nought; a count has none."""
    shape = definitions.book().metrics[key].metric.format
    nothing = None if shape in ("count", "sum") else Fraction(0)
    return auditor.parts(key, period, (), viewer).get((), (Fraction(0), nothing))


def _less(whole: Parts, part: Parts) -> Parts:
    of = None if whole[1] is None or part[1] is None else whole[1] - part[1]
    return whole[0] - part[0], of


def _figure(key: str, parts: Parts) -> dict[str, Any]:
    hits, of = parts
    value = hits if of is None else hits / of if of else None
    low, high = _wilson(hits, of) if of else (None, None)
    return {
        "value": None if value is None else float(value), "numerator": float(hits),
        "denominator": None if of is None else float(of), "low": low, "high": high,
        "level": _level(key, value if of is None or of else None),
    }  # fmt: skip


def _wilson(hits: Fraction, of: Fraction) -> tuple[float, float]:
    share, n = float(hits / of), float(of)
    half = Z_95 * sqrt(share * (1 - share) * n + Z_95**2 / 4)
    middle = share * n + Z_95**2 / 2
    return max(0.0, (middle - half) / (n + Z_95**2)), min(1.0, (middle + half) / (n + Z_95**2))


def _level(key: str, value: Fraction | None) -> str:
    limits = definitions.book().metrics[key].metric.threshold
    if value is None or limits is None:
        return "none"
    sign = 1 if limits.good > limits.bad else -1
    if sign * float(value) >= sign * limits.good:
        return "good"
    return "bad" if sign * float(value) < sign * limits.bad else "middle"


def _effect(cells: list[Parts]) -> dict[str, Any]:
    """Differences in differences; of fewer than five cases in any of the four nothing is told."""
    if any((hits if of is None else of) < 5 for hits, of in cells):
        return {"change": None, "low": None, "high": None, "verdict": "too_few"}
    change, low, high = (_of_counts if cells[0][1] is None else _of_shares)(cells)
    verdict = "more" if low > 0 else "less" if high < 0 else "unclear"
    return {"change": change, "low": low, "high": high, "verdict": verdict}


def _of_shares(cells: list[Parts]) -> tuple[float, float, float]:
    """Agresti and Caffo: a hit and a miss more in every cell for the interval."""
    (b, bn), (a, an), (rb, rbn), (ra, ran) = [(float(hits), float(of or 0)) for hits, of in cells]
    change = (a / an - b / bn) - (ra / ran - rb / rbn)
    more = [
        ((hits + 1) / (of + 2), of + 2) for hits, of in ((b, bn), (a, an), (rb, rbn), (ra, ran))
    ]
    shares = [share for share, _ in more]
    middle = (shares[1] - shares[0]) - (shares[3] - shares[2])
    half = Z_95 * sqrt(sum(share * (1 - share) / of for share, of in more))
    return change, max(-2.0, middle - half), min(2.0, middle + half)


def _of_counts(cells: list[Parts]) -> tuple[float, float, float]:
    """The ratio of ratios; both times have as many days."""
    before, after, rest_before, rest_after = [float(hits) for hits, _ in cells]
    middle = log(after / before / (rest_after / rest_before))
    half = Z_95 * sqrt(1 / before + 1 / after + 1 / rest_before + 1 / rest_after)
    return exp(middle) - 1, exp(middle - half) - 1, exp(middle + half) - 1
