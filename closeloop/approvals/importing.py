"""Reading approvals from an event log (pure): one line an event, events of a case in order.

A mapping says which activities open a case, which are answers of which node, and what they say.
An answer's ask began with the event before it: that is when the case came to that desk.
"""

import csv
import gzip
import lzma
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

NEXT = "next"


@dataclass(frozen=True)
class Answers:
    """What an activity says, at which node; `next` is the one behind the last that agreed."""

    node: str
    says: str


@dataclass(frozen=True)
class Mapped:
    """A mapping, read. `allowed` is the time that a node has; `final` the node that grants."""

    flow: str
    definition: Mapping[str, Any]
    columns: Mapping[str, str]
    where: Mapping[str, frozenset[str]]
    opens: frozenset[str]
    answers: Mapping[str, Answers]
    withdraws: frozenset[str]
    nodes: tuple[str, ...]
    allowed: Mapping[str, timedelta]
    final: str


@dataclass
class LoggedAsk:
    """One answer, with when it was asked for."""

    node: str
    person: str
    says: str
    asked_at: datetime
    ended_at: datetime
    round: int
    due_at: datetime | None


@dataclass
class LoggedCase:
    """One case of the log."""

    key: str
    requester: str
    opened_at: datetime
    closed_at: datetime | None = None
    state: str = "ended"
    round: int = 1
    asks: list[LoggedAsk] = field(default_factory=list)


def mapped(raw: Mapping[str, Any]) -> Mapped:
    """A mapping from its YAML."""
    nodes = raw["nodes"]
    return Mapped(
        flow=raw["flow"],
        definition={
            "key": raw["flow"],
            "name": raw["name"],
            "nodes": [
                {
                    "key": node["key"],
                    "kind": "approve",
                    "name": node["name"],
                    "sources": [{"kind": "superior"}],
                }
                for node in nodes
            ],
        },
        columns=raw["columns"],
        where={key: frozenset(map(str, values)) for key, values in raw.get("where", {}).items()},
        opens=frozenset(raw["opens"]),
        answers={
            activity: Answers(said["node"], said["says"])
            for activity, said in raw["answers"].items()
        },
        withdraws=frozenset(raw.get("withdraws", ())),
        nodes=tuple(node["key"] for node in nodes),
        allowed={
            node["key"]: timedelta(**node["allowed"]) for node in nodes if node.get("allowed")
        },
        final=raw["final"],
    )


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A log as text, whether it is packed or not."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8", newline="") as text:
            yield text
    elif path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as text:
            yield text
    else:
        with path.open(encoding="utf-8", newline="") as text:
            yield text


def cases_of(text: TextIO, how: Mapped) -> list[LoggedCase]:
    """Every case that was opened, in the order of the file."""
    found: dict[str, LoggedCase] = {}
    before: dict[str, datetime] = {}
    for row in _rows(text, how):
        _follow(found, before, row, how)
    for case in found.values():
        _close(case, how)
    return list(found.values())


def _rows(text: TextIO, how: Mapped) -> Iterable[Mapping[str, str]]:
    """The events that matter, each case's in the order of time; ties stay as in the file."""
    known = how.opens | how.withdraws | set(how.answers)
    chosen = [
        row
        for row in csv.DictReader(text)
        if row[how.columns["activity"]] in known
        and all(row[column] in values for column, values in how.where.items())
    ]
    return sorted(chosen, key=lambda row: _moment(row, how))


def _moment(row: Mapping[str, str], how: Mapped) -> datetime:
    return datetime.fromisoformat(row[how.columns["at"]])


def _follow(
    found: dict[str, LoggedCase],
    before: dict[str, datetime],
    row: Mapping[str, str],
    how: Mapped,
) -> None:
    key, activity, at = row[how.columns["case"]], row[how.columns["activity"]], _moment(row, how)
    person = row[how.columns["person"]].strip() or "unknown"
    case = found.get(key)
    if activity in how.opens:
        if case is None:
            found[key] = LoggedCase(key=key, requester=person, opened_at=at)
        elif case.asks and case.asks[-1].says != "agreed":
            case.round += 1
            case.state = "ended"
        before[key] = at
    elif case is not None and activity in how.withdraws:
        case.state, case.closed_at = "withdrawn", at
        before[key] = at
    elif case is not None:
        said = how.answers[activity]
        node = _next(case, how) if said.node == NEXT else said.node
        asked_at = before[key]
        allowed = how.allowed.get(node)
        case.asks.append(
            LoggedAsk(
                node=node,
                person=person,
                says=said.says,
                asked_at=asked_at,
                ended_at=at,
                round=case.round,
                due_at=asked_at + allowed if allowed else None,
            )
        )
        before[key] = at


def _next(case: LoggedCase, how: Mapped) -> str:
    agreed = [ask.node for ask in case.asks if ask.says == "agreed" and ask.round == case.round]
    place = how.nodes.index(agreed[-1]) + 1 if agreed else 0
    return how.nodes[min(place, len(how.nodes) - 1)]


def _close(case: LoggedCase, how: Mapped) -> None:
    if case.state == "withdrawn":
        return
    last = case.asks[-1] if case.asks else None
    case.closed_at = last.ended_at if last else case.opened_at
    if last is None or last.round != case.round:
        case.state = "ended"
    elif last.says == "refused":
        case.state = "refused"
    elif last.says == "agreed" and last.node == how.final:
        case.state = "granted"
