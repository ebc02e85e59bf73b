"""Panels of boards that are read at the moment, as tables: coverage, lists, blockers, targets.

Rankings stay on the screen: they name everybody, and what leaves holds only what its reader may
see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from closeloop.engine.metrics import Board, Figure, Panel
from closeloop.engine.metrics.figure import SHARES
from closeloop.metrics import definitions
from closeloop.metrics.errors import TargetNotFound
from closeloop.metrics.exporting import words
from closeloop.metrics.exporting.behind import exportable
from closeloop.metrics.exporting.printed import Cell, Listed, Scale
from closeloop.metrics.exporting.reading import Reader
from closeloop.metrics.panels import blockers, coverage, presenting, stages
from closeloop.metrics.panels.blockers import Blocker
from closeloop.metrics.panels.feeds import Wanted, feeds
from closeloop.metrics.panels.stages import Loss
from closeloop.metrics.periods import Period
from closeloop.metrics.targets import grid as targets
from closeloop.metrics.targets import presenting as targeted
from closeloop.org.access import NotAllowed

SHOWN = 100
ON_SCREEN_ONLY = frozenset({"ranking"})
Rows = tuple[Sequence[str], Sequence[Sequence[Cell]], bool]


def lists_of(board: Board, *, period: Period, unit: int | None, reader: Reader) -> list[Listed]:
    """The board's panels of this kind, in order."""
    makers: Mapping[str, Callable[[Panel, Period, int | None, Reader], Rows | None]] = {
        "list": _records, "blockers": _blockers, "coverage": _coverage,
        "stages": _stages, "targets": _targets,
    }  # fmt: skip
    found = []
    for panel in board.panels:
        maker = makers.get(panel.chart)
        made = None if maker is None else maker(panel, period, unit, reader)
        if made is None:
            continue
        head, rows, is_cut = made
        found.append(
            Listed(
                title=panel.name.get(reader.language, ""),
                head=[words.say(f"live.{each}", reader.language) for each in head],
                rows=rows,
                cut=words.say("cut_list", reader.language, {"shown": SHOWN}) if is_cut else "",
            )
        )
    return found


def is_live(panel: Panel) -> bool:
    """Whether a panel is read at the moment, no figure over a period."""
    return panel.chart in ON_SCREEN_ONLY | {"list", "blockers", "coverage", "stages", "targets"}


def _records(panel: Panel, period: Period, unit: int | None, reader: Reader) -> Rows:
    wanted = Wanted(actor=reader.actor, now=reader.at, options=panel.options, unit=unit)
    found = feeds.lists[panel.source](wanted, SHOWN + 1)
    told = presenting.lines(found[:SHOWN], actor=reader.actor, now=reader.at)
    seen = exportable({each["record"]["id"] for each in told}, reader)
    rows: list[Sequence[Cell]] = [
        [
            each["record"]["title"],
            (each["owner"] or {}).get("name", ""),
            each["unit"] or "",
            each["days"],
            (each["why"] or {}).get(reader.language, ""),
        ]
        for each in told
        if each["record"]["id"] in seen
    ]
    return ("record", "owner", "unit", "days", "why"), rows, len(found) > SHOWN


def _blockers(panel: Panel, period: Period, unit: int | None, reader: Reader) -> Rows:
    wanted = Wanted(actor=reader.actor, now=reader.at, unit=unit)
    told = presenting.blockers(blockers.ranked(wanted, period))
    rows: list[Sequence[Cell]] = [
        [each["name"].get(reader.language, ""), each["records"], each["attempts"]] for each in told
    ]
    return ("blocker", "records", "attempts"), rows[:SHOWN], len(rows) > SHOWN


def _coverage(panel: Panel, period: Period, unit: int | None, reader: Reader) -> Rows:
    found = coverage.tiles(panel, unit=unit, actor=reader.actor, now=reader.at)
    tiles: list[dict[str, Any]] = presenting.coverage(found)["tiles"]
    rows: list[Sequence[Cell]] = [
        [
            each["unit"]["name"],
            each["customers"],
            each["covered"],
            each["uncovered"],
            _conversion(each["conversion"]),
            words.say(f"live.state.{each['state']}", reader.language),
        ]
        for each in tiles
    ]
    return ("unit", "customers", "covered", "uncovered", "conversion", "state"), rows, False


def _stages(panel: Panel, period: Period, unit: int | None, reader: Reader) -> Rows:
    span = period.at_least(panel.days)
    found = stages.table(panel, span, unit=unit, actor=reader.actor, now=reader.at)
    rows: list[Sequence[Cell]] = [
        [
            each.stage.name.get(reader.language, ""),
            *(_figure(found.metrics[part], each.figures.get(part)) for part in stages.PARTS),
            _named(each.blockers, reader.language),
            _named(each.losses, reader.language),
        ]
        for each in found.rows
    ]
    head = ("stage", *(f"stage_{part}" for part in stages.PARTS), "stage_blockers", "losses")
    return head, rows, False


def _targets(panel: Panel, period: Period, unit: int | None, reader: Reader) -> Rows | None:
    """The month in which a period ends. None for whom amounts are hidden."""
    month, today = period.until.replace(day=1), timezone.localdate(reader.at)
    try:
        asked = targets.Wanted(month.year, unit, panel.metric)
        found = targets.grid(asked, today=today, actor=reader.actor)
    except (NotAllowed, TargetNotFound):
        return None
    rows: list[Sequence[Cell]] = [
        [
            (each["person"] or each["unit"])["name"],
            f"{month:%Y-%m}",
            words.NOTHING if cell["target"] is None else cell["target"],
            cell["came"],
            *(_share(cell[part]) for part in ("done", "pace")),
            each["missed"],
        ]
        for each in targeted.told(found, today=today)["rows"]
        for cell in each["cells"]
        if cell["month"] == month
    ]
    return ("whose", "month", "target", "came", "done", "pace", "missed"), rows, False


def _share(value: float | None) -> str:
    return words.NOTHING if value is None else f"{value * 100:.0f}%"


def _figure(metric: str, figure: Figure | None) -> str:
    """A figure in words, with its parts where it is a share."""
    if figure is None or figure.value is None:
        return words.NOTHING
    is_share = definitions.held(metric).metric.format in SHARES
    value = words.value(Scale(is_share=is_share), figure.value)
    return f"{value} ({words.parts(figure)})" if is_share else value


def _named(found: Sequence[Blocker | Loss], language: str) -> str:
    """What stopped deals or why they were lost, with how many."""
    return "; ".join(f"{each.name.get(language, '')} × {each.records}" for each in found)


def _conversion(figure: Mapping[str, Any] | None) -> str:
    if figure is None or figure["value"] is None:
        return words.NOTHING
    return f"{float(figure['value']) * 100:.1f}%"
