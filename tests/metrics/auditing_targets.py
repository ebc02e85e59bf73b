"""Holding targets, what came, sums and the deals behind a cell beside what an export says."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from tests.builders.asking import client_as
from tests.metrics import audit_targets as sql
from tests.metrics.auditing import Auditor, Viewer
from tests.metrics.comparing import Compared, all_pages

MONTHS = range(1, 13)
Cell = dict[str, Any]


class Targets:
    """Reads the targets of a year, row by row."""

    def __init__(self, auditor: Auditor, today: date) -> None:
        self.auditor, self.today = auditor, today
        for statement in sql.VIEWS.split(";\n"):
            auditor.warehouse.execute(statement)
        self.below: defaultdict[int, set[int]] = defaultdict(set)
        for unit, under in auditor.warehouse.execute("FROM below").fetchall():
            self.below[under].add(unit)

    def compare(self, compared: Compared, viewers: list[Viewer], metrics: set[str]) -> None:
        """What is won, and every metric that has targets."""
        for viewer in viewers:
            for metric in ["", *sorted(metrics)]:
                told = client_as(viewer.user).get("/targets", metric=metric).json()
                rows = {_key(row): row for row in told["rows"]}
                expected = self._rows(viewer, metric)
                compared.hold(f"{viewer.name} targets of {metric or 'won'}", rows, expected)
                if not metric:
                    self._open(compared, viewer, rows)

    def of_months(self, viewer: Viewer, months: list[date]) -> dict[str, Any] | None:
        """Of all that somebody sees: the target of some months, what is done, at which pace."""
        unit, person, _ = self._places(viewer)[0]
        cells = self._year(viewer, "")(unit, person)
        found = _sum([cells[month.month - 1] for month in months])
        if found["target"] is None:
            return None
        return {"amount": found["target"], "done": found["done"], "pace": found["pace"]}

    def _places(self, viewer: Viewer) -> list[tuple[int, int | None, bool]]:
        given = {"top": viewer.top, "is_top": viewer.name != "seller", "own": viewer.actor.user_id}
        return self.auditor.warehouse.execute(sql.ROWS, given).fetchall()

    def _rows(self, viewer: Viewer, metric: str) -> dict[str, Any]:
        found, places, year = {}, self._places(viewer), self._year(viewer, metric)
        has_units = any(person is None and not is_base for _, person, is_base in places)
        for unit, person, is_base in places:
            cells = year(unit, person)
            if person and has_units and not any(each["target"] or each["came"] for each in cells):
                continue
            quarter = (self.today.month - 1) // 3 * 3
            found[f"{unit} {person}"] = {
                "unit": {"id": unit},
                "person": {"id": person} if person else None,
                "is_base": is_base,
                "cells": [_told(each) for each in cells],
                "quarter": _sum(cells[quarter : quarter + 3]),
                "year": _sum(cells),
                "missed": _missed(cells),
            }
        return found

    def _year(self, viewer: Viewer, metric: str) -> Callable[[int, int | None], list[Cell]]:
        """The months of a unit or of a person in it."""
        year, ask = self.today.year, self.auditor.warehouse.execute
        asked = sql.CAME.replace("{things}", f"things_{metric or 'of_won'}")
        came = self.auditor.panel(asked, _of_things(viewer, metric), year=year)
        rows = ask(sql.SET, {"year": year, "metric": metric}).fetchall()
        targets = {tuple(row[:3]): row[3] for row in rows}

        def cells(unit: int, person: int | None) -> list[Cell]:
            sums = dict.fromkeys(MONTHS, Decimal(0))
            for month, of, who, hits in came:
                if of in self.below[unit] and person in (None, who):
                    sums[month] += hits
            return [
                self._cell(each, targets.get((unit, person, each)), sums[each]) for each in MONTHS
            ]

        return cells

    def _cell(self, month: int, target: Decimal | None, came: Decimal) -> dict[str, Any]:
        whole = monthrange(self.today.year, month)[1]
        first = date(self.today.year, month, 1)
        gone = min(max((self.today - first).days, 0), whole)
        return {"month": first, "target": target, "came": came, "gone": gone, "whole": whole}

    def _open(self, compared: Compared, viewer: Viewer, rows: dict[str, Any]) -> None:
        """The year of each row, and of the first each month in which anything came."""
        year, told, expected = self.today.year, {}, {}
        for key, row in rows.items():
            months = [date.fromisoformat(each["month"]) for each in row["cells"]]
            came = [float(each["came"]) > 0 and row["is_base"] for each in row["cells"]]
            spans = [
                (first, _last(first))
                for first, is_more in zip(months, came, strict=True)
                if is_more
            ]
            for since, until in [(date(year, 1, 1), date(year, 12, 31)), *spans]:
                asked = {"unit": row["unit"]["id"], "since": since, "until": until}
                where = f"{key} {since}"
                told[where] = _page(viewer, row, asked)
                person = row["person"] and row["person"]["id"]
                deals = self.auditor.panel(sql.WON, viewer, person=person, **asked)
                expected[where] = {"deals": dict(deals), "count": len(deals)}
        compared.hold(f"{viewer.name} deals that were won", told, expected)


def _page(viewer: Viewer, row: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    person = {"person": row["person"]["id"]} if row["person"] else {}
    page = all_pages(client_as(viewer.user), "/targets/deals", **asked, **person)
    deals = {each["id"]: each["amount"] for each in page["items"]}
    return {"deals": deals, "count": page["count"]}


def _of_things(viewer: Viewer, metric: str) -> Viewer:
    return Viewer(viewer.name, viewer.actor, viewer.sees_things, viewer.top) if metric else viewer


def _last(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _key(row: dict[str, Any]) -> str:
    return f"{row['unit']['id']} {row['person']['id'] if row['person'] else None}"


def _told(cell: dict[str, Any]) -> dict[str, Any]:
    return {
        "month": cell["month"], **_sum([cell]), "is_over": _is_over(cell),
        "is_missed": _is_missed(cell),
    }  # fmt: skip


def _sum(cells: list[dict[str, Any]]) -> dict[str, Any]:
    """Months together: without a target for each there is none; pace by days that are over."""
    targets = [each["target"] for each in cells if each["target"] is not None]
    target = sum(targets, Decimal(0)) if len(targets) == len(cells) else None
    came = sum((each["came"] for each in cells), Decimal(0))
    gone, whole = sum(each["gone"] for each in cells), sum(each["whole"] for each in cells)
    done = float(came) / float(target) if target else None
    pace = None if done is None or not gone else done * whole / gone
    return {"target": target, "came": came, "done": done, "pace": pace}


def _is_over(cell: dict[str, Any]) -> bool:
    return bool(cell["gone"] == cell["whole"])


def _is_missed(cell: dict[str, Any]) -> bool:
    return _is_over(cell) and cell["target"] is not None and cell["came"] < cell["target"]


def _missed(cells: list[dict[str, Any]]) -> int:
    count = 0
    for each in reversed([each for each in cells if _is_over(each)]):
        if not _is_missed(each):
            break
        count += 1
    return count
