"""Holding the rows that stand behind the numbers of maps and pages beside an export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from closeloop.metrics import definitions
from closeloop.metrics.panels import battle, blockers, coverage
from tests.builders.asking import Asker, client_as
from tests.metrics import audit_layers, audit_rows
from tests.metrics import audit_stepbacks as steps
from tests.metrics.auditing import Auditor, Viewer
from tests.metrics.comparing import Compared

Rows = dict[str, Any]
TRAITS = 12
"""Of the traits of step-backs the most frequent."""


def compare(
    compared: Compared, auditor: Auditor, viewers: list[Viewer], *, today: date, waited: datetime
) -> None:
    """Every list of rows, for all viewers; `waited`: since when three working days have gone by."""
    year = {"since": today - timedelta(days=365), "until": today}
    for what, read in (
        ("deals of the battle map", _of_the_map),
        ("closed deals by contact", _by_contact),
        ("closed deals by trait", _by_trait),
        ("moves behind step-backs", _moves),
        ("deals of stages", _of_stages),
    ):
        both = {each.name: read(auditor, each, year) for each in viewers}
        _hold(compared, what, both)
    both = {each.name: _uncovered(auditor, each, waited) for each in viewers}
    _hold(compared, "customers who waited", both)


def _hold(compared: Compared, what: str, both: Mapping[str, tuple[Rows, Rows]]) -> None:
    told, expected = ({name: pair[side] for name, pair in both.items()} for side in (0, 1))
    compared.hold(what, told, expected)


def _of_the_map(auditor: Auditor, viewer: Viewer, _year: Rows) -> tuple[Rows, Rows]:
    """By cell: whose deals they are, and since when each stands there."""
    cells: defaultdict[tuple[int, str], Rows] = defaultdict(dict)
    for unit, stage, deal, person, entered in auditor.panel(audit_rows.ON_THE_MAP, viewer):
        cells[unit, stage][f"deal {deal}"] = _line(person, entered)
    asker, told = client_as(viewer.user), {}
    for unit, stage in cells:
        page = asker.get("/boards/battle-map/deals", stage=stage, region=unit).json()
        told[f"{unit} {stage}"] = _lines(page, "deal")
    return told, {
        f"{unit} {stage}": _first(rows, battle.MOST) for (unit, stage), rows in cells.items()
    }


def _uncovered(auditor: Auditor, viewer: Viewer, waited: datetime) -> tuple[Rows, Rows]:
    """By tile: the customers with an open deal who were not followed up, newer ones apart."""
    tiles: defaultdict[int, Rows] = defaultdict(dict)
    for unit, customer, person, since in auditor.panel(audit_rows.UNCOVERED, viewer, since=waited):
        tiles[unit][f"customer {customer}"] = _line(person, since)
    asker, path, told = client_as(viewer.user), _panel("coverage"), {}
    for unit in tiles:
        page = asker.get(f"{path}/customers", region=unit).json()
        told[str(unit)] = _lines(page, "customer")
    return told, {str(unit): _first(rows, coverage.MOST) for unit, rows in tiles.items()}


def _by_contact(auditor: Auditor, viewer: Viewer, year: Rows) -> tuple[Rows, Rows]:
    """By number and outcome: how many contacts a deal had, when it ended, when the last one was."""
    expected: defaultdict[str, Rows] = defaultdict(dict)
    for deal, won, contacts, ended, last in auditor.panel(audit_rows.BY_CONTACT, viewer, **year):
        outcome = "won" if won else "lost"
        expected[f"{min(contacts, 8)} {outcome}"][f"deal {deal}"] = {
            "contacts": contacts, "ended": _moment(ended), "last": _moment(last),
        }  # fmt: skip
    asker, told = client_as(viewer.user), {}
    for key in expected:
        number, outcome = key.split()
        found = _pages(asker, "/metrics/touches/records", **year, number=number, outcome=outcome)
        told[key] = {
            f"deal {each['id']}": {
                "contacts": each["contacts"], "ended": _read(each["closed_at"]),
                "last": _read(each["last_at"]),
            }
            for each in found
        }  # fmt: skip
    return told, dict(expected)


def _by_trait(auditor: Auditor, viewer: Viewer, year: Rows) -> tuple[Rows, Rows]:
    """By trait: the deals that have it, that lack it, and of which it says nothing."""
    parts = {True: "having", False: "lacking", None: "unknown"}
    expected: defaultdict[str, Rows] = defaultdict(dict)
    for trait, deal, won, has in auditor.panel(audit_layers.HOLDING, viewer, **year):
        expected[f"{trait} {parts[has]}"][f"deal {deal}"] = int(won)
    asker, told = client_as(viewer.user), {}
    for key in expected:
        trait, part = key.split()
        found = _pages(asker, "/metrics/layers/records", **year, trait=trait, part=part)
        told[key] = {f"deal {each['id']}": int(each["is_won"]) for each in found}
    return told, dict(expected)


def _moves(auditor: Auditor, viewer: Viewer, year: Rows) -> tuple[Rows, Rows]:
    """By trait: the step-backs that have it, and all moves without it."""
    rows = auditor.panel(steps.MOVES, viewer, **year)
    having: defaultdict[tuple[str, str], Rows] = defaultdict(dict)
    for move, _, back, day, hour, industry, level, stage, *_ in rows:
        held = {"weekday": day, "hour": hour, "industry": industry, "level": level, "stage": stage}
        for factor, value in held.items():
            if value is not None:
                having[factor, str(value)][f"move {move}"] = int(back)
    often = sorted(having, key=lambda trait: (-len(having[trait]), trait))[:TRAITS]
    whole = {f"move {row[0]}": int(row[2]) for row in rows}
    asker, told, expected = client_as(viewer.user), {}, {}
    for factor, value in often:
        with_it, key = having[factor, value], f"{factor} {value}"
        expected[f"{key} backs"] = {move: 1 for move, back in with_it.items() if back}
        expected[f"{key} outside"] = {m: back for m, back in whole.items() if m not in with_it}
        asked = {**year, "factor": factor, "level": value}
        for name, given in (("backs", {}), ("outside", {"part": "moves", "outside": "true"})):
            found = _pages(asker, "/metrics/stepbacks/records", **asked, **given)
            told[f"{key} {name}"] = {f"move {each['id']}": int(each["is_back"]) for each in found}
    return told, expected


def _of_stages(auditor: Auditor, viewer: Viewer, year: Rows) -> tuple[Rows, Rows]:
    """By stage: the deals that an item stopped there, and those lost from it for a reason."""
    days = {"first": year["since"], "last": year["until"]}
    rows: defaultdict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for kind, sql in (("missing", audit_rows.STOPPED), ("lost", audit_rows.LOST)):
        for stage, key, *row in auditor.panel(sql, viewer, **days):
            rows[stage, kind, key].append(row)
    expected = {key: _latest(found) for key, found in rows.items()}
    asker, path, told = client_as(viewer.user), _panel("stages"), {}
    for stage, kind, key in expected:
        page = asker.get(f"{path}/records", **year, stage=stage, kind=kind, key=key).json()
        told[f"{stage} {kind} {key}"] = {
            f"deal {each['record']['id']}": each["attempts"] for each in page["items"]
        }
    return told, {" ".join(key): rows for key, rows in expected.items()}


def _latest(rows: list[Any]) -> Rows:
    """Those that are shown: the latest, and of these what the viewer may open."""
    ordered = sorted(rows, key=lambda row: (-row[2], row[0]))[: blockers.MOST_BEHIND]
    return {f"deal {deal}": attempts for deal, attempts, _, is_seen in ordered if is_seen}


def _panel(chart: str) -> str:
    """The address of the first panel of a sort."""
    for key, board in definitions.book().boards.items():
        for place, panel in enumerate(board.panels):
            if panel.chart == chart:
                return f"/boards/{key}/panels/{place}/{chart}"
    raise LookupError(chart)


def _lines(page: Rows, kind: str) -> Rows:
    return {
        f"{kind} {each['record']['id']}": _line(
            each["owner"]["id"] if each["owner"] else None, _read(each["since"])
        )
        for each in page["items"]
    }


def _line(person: int | None, since: Any) -> Rows:
    return {"person": person, "since": since if isinstance(since, str) else _moment(since)}


def _first(rows: Rows, most: int) -> Rows:
    """Those that are shown: the longest ago."""
    ordered = sorted(rows, key=lambda key: (int(rows[key]["since"]), int(key.split()[1])))
    return {key: rows[key] for key in ordered[:most]}


def _pages(asker: Asker, path: str, **asked: Any) -> list[Rows]:
    found: list[Rows] = []
    page = asker.get(path, limit=200, **asked).json()
    while True:
        found += page["items"]
        if page["next_cursor"] is None:
            assert len({each["id"] for each in found}) == len(found)
            return found
        page = asker.get(path, limit=200, cursor=page["next_cursor"], **asked).json()


def _moment(seconds: float | None) -> str:
    """Whole seconds, so that nothing is near."""
    return "" if seconds is None else str(int(seconds))


def _read(moment: str | None) -> str:
    return "" if moment is None else str(int(datetime.fromisoformat(moment).timestamp()))
