"""Holding step-backs, what they pile up with and what would explain them beside an export."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from tests.builders.asking import client_as
from tests.metrics import audit_stepbacks as sql
from tests.metrics.auditing import Auditor, Viewer
from tests.metrics.comparing import Compared
from tests.metrics.piling import Observed, Piled, Trait, ranked

Move = dict[str, Any]
COLUMNS = (
    "id", "deal", "back", "weekday", "hour", "industry", "level", "stage", "unit", "person", "come",
)  # fmt: skip
BUSY = ("changes", "backs", "first", "last")
FACTORS = ("weekday", "hour", "industry", "level", "stage", "unit", "person")


def compare(compared: Compared, auditor: Auditor, viewers: list[Viewer], today: date) -> None:
    """A year of moves, for each viewer."""
    for statement in sql.VIEWS.split(";\n"):
        auditor.warehouse.execute(statement)
    since = today - timedelta(days=365)
    for viewer in viewers:
        told = client_as(viewer.user).get("/metrics/stepbacks").json()
        told["rows"] = {f"{each['factor']} {each['level']}": each for each in told["rows"]}
        told["flapping"] = {each["record"]["id"]: _busy(each) for each in told["flapping"]}
        if told["explanation"]:
            rows = told["explanation"]["rows"]
            told["explanation"]["rows"] = {f"{each['kind']} {each['key']}": each for each in rows}
        given = {"since": since, "until": today}
        moves = [
            dict(zip(COLUMNS, row, strict=True))
            for row in auditor.panel(sql.MOVES, viewer, **given)
        ]
        expected = {**_told(auditor, moves), **given, "zone": auditor.zone, "is_cut": False}
        flapping = auditor.panel(sql.FLAPPING, viewer, **given)
        expected["flapping"] = {row[0]: dict(zip(BUSY, row[1:], strict=True)) for row in flapping}
        compared.hold(f"{viewer.name} step-backs", told, expected)


def _busy(told: dict[str, Any]) -> dict[str, Any]:
    """The moments as numbers; whose it is and where are its deal's own words."""
    ends = {key: datetime.fromisoformat(told[key]).timestamp() for key in ("first", "last")}
    return {"changes": told["changes"], "backs": told["backs"], **ends}


def _told(auditor: Auditor, moves: list[Move]) -> dict[str, Any]:
    observed: list[Observed] = [(each["deal"], each["back"], _traits(each)) for each in moves]
    rows = ranked(observed)
    first = next((trait for trait, row in rows.items() if row.is_found), None)
    rest = ranked([each for each in observed if first not in each[2]]) if first else {}
    apart = {trait for trait, row in rest.items() if row.is_found} | {first}
    hits = sum(each["back"] for each in moves)
    return {
        "moves": len(moves), "backs": hits, "hours": _hours(moves),
        "deals": len({each["deal"] for each in moves if each["back"]}),
        "rows": {
            f"{trait[0]} {trait[1]}": _row(trait, row, hits, len(moves) - hits, trait in apart)
            for trait, row in rows.items() if row.hits
        },
        "explanation": _explained(auditor, moves, first) if first else None,
    }  # fmt: skip


def _traits(move: Move) -> frozenset[Trait]:
    found = {(key, str(move[key])) for key in FACTORS if move[key] is not None}
    return frozenset(found | {("weekday_hour", f"{move['weekday']}-{move['hour']}")})


def _row(trait: Trait, row: Piled, hits: int, misses: int, is_apart: bool) -> dict[str, Any]:
    return {
        "factor": trait[0], "level": trait[1], "backs": row.hits, "moves": row.of,
        "other_backs": row.other_hits, "other_moves": row.other_of, "deals": row.hit_clusters,
        "share": row.hits / hits, "share_elsewhere": (row.of - row.hits) / misses,
        "strength": row.strength, "ratio": row.ratio, "low": row.low, "high": row.high,
        "p": row.corrected, "is_exact": row.is_exact,
        "verdict": "none" if not row.is_found else "finding" if is_apart else "part",
    }  # fmt: skip


def _hours(moves: list[Move]) -> list[dict[str, int]]:
    count = Counter((each["weekday"], each["hour"]) for each in moves)
    backs = Counter((each["weekday"], each["hour"]) for each in moves if each["back"])
    return [
        {"weekday": day, "hour": hour, "backs": backs[day, hour], "moves": many}
        for (day, hour), many in sorted(count.items())
    ]


def _explained(auditor: Auditor, moves: list[Move], first: Trait) -> dict[str, Any]:
    """The step-backs of the first finding beside other moves out of their usual stages."""
    ask = auditor.warehouse.execute
    found = [each for each in moves if each["back"] and first in _traits(each)]
    stages = Counter(each["stage"] for each in found)
    usual = {stage for stage, many in stages.items() if many >= 0.1 * len(found)}
    chosen = [each for each in found if each["stage"] in usual]
    ids = {each["id"] for each in found}
    others = [each for each in moves if each["stage"] in usual and each["id"] not in ids]
    others = others[:: max(1, len(others) // 5000)]
    held: defaultdict[int, set[Trait]] = defaultdict(set)
    for move, kind, key in ask(sql.HELD).fetchall():
        held[move].add((kind, key))
    observed = [
        (each["deal"], each["id"] in ids, frozenset(held[each["id"]])) for each in chosen + others
    ]
    hours = dict(ask(sql.RETURNS).fetchall())
    back = [hours[each["id"]] for each in chosen if each["id"] in hours]
    pairs = Counter((each["stage"], each["come"]) for each in chosen)
    stage, come = max(sorted(pairs), key=lambda pair: pairs[pair])
    names = dict(ask("FROM stage_names").fetchall())
    return {
        "stage": names[stage], "to_stage": names[come], "of": len(chosen), "others": len(others),
        "returned": len(back), "hours": median(back) if back else None,
        "rows": {
            f"{kind} {key}": _circumstance((kind, key), row)
            for (kind, key), row in ranked(observed, ratio=1.25).items() if row.hits
        },
    }  # fmt: skip


def _circumstance(trait: Trait, row: Piled) -> dict[str, Any]:
    return {
        "kind": trait[0], "key": trait[1], "there": row.hits, "elsewhere": row.of - row.hits,
        "ratio": row.ratio, "low": row.low, "high": row.high, "p": row.corrected,
        "is_found": row.is_found,
    }  # fmt: skip
