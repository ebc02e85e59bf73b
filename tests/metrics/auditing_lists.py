"""Holding lists, blockers, losses and rankings of boards beside what SQL over an export says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from closeloop.engine.metrics import Panel
from closeloop.fields import queries as fields
from closeloop.metrics import definitions
from closeloop.metrics.panels import blockers, rankings, stages
from closeloop.metrics.panels.feeds import Wanted, feeds
from closeloop.metrics.periods import Period
from closeloop.records.types import registry
from tests.metrics import audit_lists
from tests.metrics.auditing import Auditor, Viewer

MOST = 10_000
DAYS = (1, 7, 30, 90)


def differences(auditor: Auditor, viewers: Iterable[Viewer], now: datetime) -> Iterator[Any]:
    """Wherever a panel of a board tells something else."""
    today = timezone.localdate(now)
    periods = [Period(today - timedelta(days=days - 1), today) for days in DAYS]
    for viewer in viewers:
        for panel in _panels("list"):
            yield from _of_list(auditor, viewer, panel, now)
        for period in periods:
            yield from _of_blockers(auditor, viewer, period, now)
            for panel in _panels("stages"):
                yield from _of_stages(auditor, viewer, panel, period, now)
    for panel in _panels("ranking"):
        yield from _of_ranking(auditor, panel, now)


def told(auditor: Auditor, viewer: Viewer, now: datetime) -> set[str]:
    """Which of them have anything to tell: what is empty on both sides is equal without proof."""
    today = timezone.localdate(now)
    quarter = Period(today - timedelta(days=90), today)
    given = {"first": quarter.since, "last": quarter.until}
    found = {key for key, sql in audit_lists.LISTS.items() if auditor.panel(sql, viewer)}
    for key, sql in (("blockers", audit_lists.BLOCKERS), ("losses", audit_lists.LOSSES)):
        if _rows(auditor, sql, viewer, quarter):
            found.add(key)
    for panel in _panels("ranking"):
        if auditor.warehouse.execute(_ranking_sql(auditor, panel), given).fetchall():
            found.add(panel.source)
    return found


def _panels(chart: str) -> list[Panel]:
    boards = definitions.book().boards.values()
    return [panel for board in boards for panel in board.panels if panel.chart == chart]


def _of_list(auditor: Auditor, viewer: Viewer, panel: Panel, now: datetime) -> Iterator[Any]:
    wanted = Wanted(actor=viewer.actor, now=now, options=panel.options)
    told = [line.record_id for line in feeds.lists[panel.source](wanted, MOST)]
    expected = {row[0] for row in auditor.panel(audit_lists.LISTS[panel.source], viewer)}
    if len(told) != len(set(told)) or set(told) != expected:
        yield viewer.name, panel.source, set(told) ^ expected


def _of_blockers(auditor: Auditor, viewer: Viewer, period: Period, now: datetime) -> Iterator[Any]:
    wanted = Wanted(actor=viewer.actor, now=now)
    told = [
        (each.kind, each.key, each.attempts, each.records)
        for each in blockers.ranked(wanted, period)
    ]
    expected = _rows(auditor, audit_lists.BLOCKERS, viewer, period)
    if len(told) != min(len(expected), blockers.MOST) or not _leads(told, expected):
        yield viewer.name, "blockers", period, told, expected
    for kind, key, _, records in told:
        behind = blockers.behind(wanted, period, kind=kind, key=key)
        if len(behind) != min(records, blockers.MOST_BEHIND):
            yield viewer.name, "behind blockers", period, key, len(behind)


def _of_stages(
    auditor: Auditor, viewer: Viewer, panel: Panel, period: Period, now: datetime
) -> Iterator[Any]:
    table = stages.table(panel, period, unit=None, actor=viewer.actor, now=now)
    for sql, part in ((audit_lists.LACKING, "blockers"), (audit_lists.LOSSES, "losses")):
        expected = _rows(auditor, sql, viewer, period)
        for row in table.rows:
            own = {each for each in expected if each[0] == row.stage.key}
            told = [
                (row.stage.key, each.key, each.attempts, each.records)
                if part == "blockers"
                else (row.stage.key, each.key, each.records)
                for each in getattr(row, part)
                if getattr(each, "kind", "missing") == "missing"
            ]
            if not set(told) <= own or (part == "losses" and not _leads(told, own)):
                yield viewer.name, part, period, told, own


def _of_ranking(auditor: Auditor, panel: Panel, now: datetime) -> Iterator[Any]:
    places = rankings.places(panel, person_id=None, now=now)
    given = {"first": places.period.since, "last": places.period.until}
    rows = auditor.warehouse.execute(_ranking_sql(auditor, panel), given).fetchall()
    expected = {person: round(float(value), 4) for person, value in rows}
    told = {each.ranked.person_id: round(each.ranked.value, 4) for each in places.first}
    best = sorted(expected.values(), reverse=not places.ranking.is_less_better)[: len(told)]
    is_whole = len(places.first) == min(len(expected), int(panel.options.get("top", 3)))
    if not is_whole or not told.items() <= expected.items() or list(told.values()) != best:
        yield panel.source, panel.options, told, expected


def _ranking_sql(auditor: Auditor, panel: Panel) -> str:
    match panel.source:
        case "counted":
            return audit_lists.COUNTED.format(key=panel.options["metric"])
        case "fastest":
            return audit_lists.FASTEST
        case "playbooks":
            return audit_lists.CONTRIBUTED
    tables = {registry.get(key).table: list(fields.specs_of(key)) for key in panel.options["types"]}
    columns = {
        table: [row[0] for row in auditor.warehouse.execute(f"DESCRIBE {table}").fetchall()]
        for table in tables
    }
    return audit_lists.filled(tables, columns)


def _rows(auditor: Auditor, sql: str, viewer: Viewer, period: Period) -> set[tuple[Any, ...]]:
    return set(auditor.panel(sql, viewer, first=period.since, last=period.until))


def _leads(told: list[tuple[Any, ...]], expected: set[tuple[Any, ...]]) -> bool:
    """Whether these are of the expected ones, and none that is left out has more records."""
    left = expected - set(told)
    least = min((each[-1] for each in told), default=0)
    return set(told) <= expected and (not told or all(each[-1] <= least for each in left))
