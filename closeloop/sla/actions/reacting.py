"""Clocks follow what is recorded: opened, closed, reset, paused in the same transaction.

One statement locks the open clocks that a verb concerns, the engine says what becomes of them, one
statement writes changed and new ones. A verb that concerns none costs a look into a set.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.activity.happenings import Happening
from closeloop.edge import statements
from closeloop.engine.calendars import Calendar
from closeloop.engine.sla import Event, Happened, Life, State, begin, close, pause, reset, resume
from closeloop.engine.sla.replay import fitting, is_about, subject_of
from closeloop.identity.actor import Actor
from closeloop.sla import facts, policies, rows, targets
from closeloop.sla.policies import Book, Live

_KEPT = (str, int, float, bool, type(None))
_CHANGES = ("closes", "cancels", "resets", "resumes", "pauses")
_BESIDE = {"paused_stage": "text", "paused_by_id": "bigint", "closed_by_id": "bigint"} | {
    "closed_by_verb": "text"
}
_MUTABLE = {**rows.LIFE_COLUMNS, **_BESIDE}
_CHANGED = {"id": "bigint", **_MUTABLE}
_OPENED = {
    "version_id": "bigint",
    "policy_id": "bigint",
    "record_id": "bigint",
    "record_type": "text",
    "about_kind": "text",
    "about_id": "bigint",
    "about_key": "text",
    "calendar_id": "bigint",
    **_MUTABLE,
    "opened_at": "timestamptz",
    "opened_by_id": "bigint",
    "opened_by_verb": "text",
    "context": "jsonb",
}
_READ = ("id", "version_id", "about_kind", "about_id", "calendar_id", *_MUTABLE)
_LOCK = (
    f"SELECT {', '.join(_READ)} FROM sla_clock WHERE {{where}} AND closed_at IS NULL"
    " ORDER BY id FOR NO KEY UPDATE"
)
_OF_RECORD = _LOCK.format(where="record_id = %s")
_OF_SUBJECT = _LOCK.format(where="about_kind = %s AND about_id = %s AND record_id IS NULL")


def _write_sql() -> str:
    setters = ", ".join(f"{column} = changed.{column}" for column in _CHANGED if column != "id")
    columns = ", ".join(_OPENED)
    given = ", ".join(f"opened.{column}" for column in _OPENED)
    changed = rows.record_set("changed", list(_CHANGED.items()))
    opened = rows.record_set(
        "opened", [*_OPENED.items(), ("owner_id", "bigint"), ("unit_id", "bigint")]
    )
    # `first` lets a clock end before the next of the same policy begins.
    return f"""
        WITH written AS (
            UPDATE sla_clock c SET {setters} FROM {changed} WHERE c.id = changed.id RETURNING c.id
        )
        INSERT INTO sla_clock ({columns}, owner_id, unit_id)
        SELECT {given}, coalesce(opened.owner_id, r.owner_id), coalesce(r.unit_id, opened.unit_id)
        FROM (SELECT count(*) FROM written) AS first, {opened}
        LEFT JOIN records_record r ON r.id = opened.record_id
        WHERE r.deleted_at IS NULL
        ON CONFLICT DO NOTHING RETURNING id"""


_WRITE = _write_sql()
_OWNER = """
    UPDATE sla_clock SET owner_id = %s, unit_id = %s
    WHERE record_id = %s AND closed_at IS NULL AND about_kind = 'record'
"""


@dataclass
class _Writing:
    """What one entry changes."""

    changed: list[dict[str, Any]] = field(default_factory=list)
    opened: list[dict[str, Any]] = field(default_factory=list)


def react(happenings: Sequence[Happening], actor: Actor) -> None:
    """Let clocks follow entries that the current transaction has just written."""
    book = policies.book()
    for happening in happenings:
        _follow(book, happening, actor)


def _follow(book: Book, happening: Happening, actor: Actor) -> None:
    at = happening.at or timezone.now()
    record_type, _, what = happening.verb.partition(".")
    if happening.record_id is not None and record_type == happening.record_type:
        if what == "assigned":
            owner, unit = happening.data.get("to_owner"), happening.data.get("to_unit")
            statements.rows(_OWNER, [owner, unit or happening.unit_id, happening.record_id])
        elif what == "removed":
            _cancel_all(happening.record_id, happening.verb, at, actor)
            return
    lives = book.by_verb.get(happening.verb)
    if lives:
        happened = Happened(happening.verb, at, happening.data, actor.user_id, happening.unit_id)
        _move(lives, happening, happened)


def _move(lives: Sequence[Live], happening: Happening, happened: Happened) -> None:
    def is_met(event: Event, _happened: Happened) -> bool:
        return facts.is_met(happening.record_type, happening.record_id, event.when)

    moves = {
        live.version_id: [what for what in _CHANGES if fitting(live.policy, what, happened, is_met)]
        for live in lives
    }
    writing = _Writing()
    if any(moves.values()):
        for columns in _locked(lives, happening):
            _change(columns, moves, happened, writing)
    for live in lives:
        if live.opens and fitting(live.policy, "opens", happened, is_met):
            _open(live, happening, happened, writing)
    if writing.changed or writing.opened:
        given = {"changed": rows.as_json(writing.changed), "opened": rows.as_json(writing.opened)}
        statements.rows(_WRITE, given)


def _locked(lives: Sequence[Live], happening: Happening) -> list[dict[str, Any]]:
    found: list[tuple[Any, ...]] = []
    if happening.record_id is not None:
        found = statements.rows(_OF_RECORD, [happening.record_id])
    else:
        for live in lives:
            about_id, _ = subject_of(live.policy, happening.data)
            if live.about_kind != "record" and about_id is not None:
                found += statements.rows(_OF_SUBJECT, [live.about_kind, about_id])
    unique = {row[0]: dict(zip(_READ, row, strict=True)) for row in found}
    return list(unique.values())


def _change(
    columns: Mapping[str, Any],
    moves: Mapping[int, Sequence[str]],
    happened: Happened,
    writing: _Writing,
) -> None:
    wanted = moves.get(columns["version_id"])
    if not wanted:
        return
    live = policies.live(columns["version_id"])
    if not is_about(live.policy, happened.data, columns["about_id"]):
        return
    life = rows.life_of(live, columns)
    held = rows.held_of(live, columns["calendar_id"])
    beside = _apply(life, wanted, happened, held.calendar if held else None)
    if beside is not None:
        writing.changed.append(_changed(columns, life, beside))


def _apply(
    life: Life, wanted: Sequence[str], happened: Happened, calendar: Calendar | None
) -> dict[str, Any] | None:
    """Change the life; gives what is written beside it, or None where nothing changes."""
    at = happened.at
    if wanted[0] in ("cancels", "closes"):
        close(life, at=at, calendar=calendar, cancelled=wanted[0] == "cancels")
        return {"closed_by_id": happened.actor_id, "closed_by_verb": happened.verb}
    before = (life.round, life.state)
    if "resets" in wanted:
        reset(life, at=at, calendar=calendar)
    if "resumes" in wanted:
        resume(life, at=at, calendar=calendar)
    if "pauses" in wanted and life.state is State.RUNNING:
        pause(life, at=at, reason=str(happened.data.get("reason") or ""), calendar=calendar)
        stage = str(happened.data.get("stage") or "")
        return {"paused_stage": stage, "paused_by_id": happened.actor_id}
    return None if (life.round, life.state) == before else {}


def _changed(columns: Mapping[str, Any], life: Life, beside: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: columns[key] for key in ("id", *_BESIDE)}
    return {**kept, **rows.columns_of(life), **beside}


def _open(live: Live, happening: Happening, happened: Happened, writing: _Writing) -> None:
    policy, data = live.policy, happening.data
    held = rows.held_for(live, unit_id=happening.unit_id)
    target = targets.target_s(
        policy,
        at=happened.at,
        record_type=happening.record_type,
        record_id=happening.record_id,
        data=data,
        held=held,
        zone=timezone.get_default_timezone(),
    )
    if target is None:
        return
    life = begin(policy, at=happened.at, target_s=target, calendar=held.calendar if held else None)
    about_id, about_key = subject_of(policy, data)
    owner = data.get(policy.owner.removeprefix("data:")) if policy.owner != "owner" else None
    writing.opened.append(
        {
            "version_id": live.version_id,
            "policy_id": live.policy_id,
            "record_id": happening.record_id,
            "record_type": happening.record_type or "",
            "about_kind": live.about_kind,
            "about_id": about_id,
            "about_key": about_key,
            "calendar_id": held.id if held else None,
            **rows.columns_of(life),
            "paused_stage": "",
            "closed_by_verb": "",
            "opened_at": happened.at,
            "opened_by_id": happened.actor_id,
            "opened_by_verb": happened.verb,
            "context": context_of(data),
            "owner_id": owner,
            "unit_id": happening.unit_id,
        }
    )


def context_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of the data that opened a clock: its plain values."""
    return {key: value for key, value in data.items() if isinstance(value, _KEPT)}


def _cancel_all(record_id: int, verb: str, at: datetime, actor: Actor) -> None:
    writing = _Writing()
    for row in statements.rows(_OF_RECORD, [record_id]):
        columns = dict(zip(_READ, row, strict=True))
        if columns["about_kind"] != "record":
            continue
        live = policies.live(columns["version_id"])
        life, held = rows.life_of(live, columns), rows.held_of(live, columns["calendar_id"])
        close(life, at=at, calendar=held.calendar if held else None, cancelled=True)
        beside = {"closed_by_id": actor.user_id, "closed_by_verb": verb}
        writing.changed.append(_changed(columns, life, beside))
    if writing.changed:
        statements.rows(_WRITE, {"changed": rows.as_json(writing.changed), "opened": "[]"})
