"""Clocks follow what is recorded: opened, closed, reset, paused in the same transaction.

The open clocks that a verb concerns are locked, the engine says what becomes of them, a statement
each writes changed and new ones, all in one trip. Where nothing but them must be known, they are
read with the record's lock and written with its move (`activity.reactions.Aboard`).
A verb that concerns none costs a look into a set.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.utils import timezone

from closeloop.activity.happenings import Happening
from closeloop.activity.reactions import Written
from closeloop.edge import statements
from closeloop.edge.statements import Row, Statement
from closeloop.engine.calendars import Calendar
from closeloop.engine.sla import (
    Happened,
    Life,
    State,
    begin,
    close,
    pause,
    reset,
    resume,
)
from closeloop.engine.sla.replay import is_about, subject_of
from closeloop.identity.actor import Actor
from closeloop.sla import policies, rows, targets
from closeloop.sla.actions import hearing, writing
from closeloop.sla.actions.hearing import Heard
from closeloop.sla.actions.writing import Cause, Opening
from closeloop.sla.policies import Book, Ear, Live
from closeloop.sla.queries.nearest import Standing

_KEPT = (str, int, float, bool, type(None))
_BESIDE = ("paused_stage", "paused_by_id", "closed_by_id", "closed_by_verb")
_READ = (
    "id", "version_id", "about_kind", "about_id", "calendar_id", *rows.LIFE_COLUMNS, *_BESIDE
)  # fmt: skip
_LIFE = slice(5, 5 + len(rows.LIFE_COLUMNS))
_LOCK = (
    f"SELECT {', '.join(_READ)} FROM sla_clock WHERE {{where}} AND closed_at IS NULL"
    " ORDER BY id FOR NO KEY UPDATE"
)
_OF_RECORD = _LOCK.format(where="record_id = %s")
_OF_RECORDS = _LOCK.format(where="record_id = ANY(%s::bigint[])").replace(
    " FROM sla_clock", ", record_id FROM sla_clock", 1
)
_OF_SUCH = _LOCK.format(where="record_id = ANY(ARRAY({ids}))").replace(
    " FROM sla_clock", ", record_id FROM sla_clock", 1
)
_OF_SUBJECT = _LOCK.format(where="about_kind = %s AND about_id = %s AND record_id IS NULL")
_OWNERS = """
    UPDATE sla_clock clock SET owner_id = given.owner_id, unit_id = given.unit_id
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS given(record_id, owner_id, unit_id)
    WHERE clock.record_id = given.record_id AND clock.closed_at IS NULL
        AND clock.about_kind = 'record'
"""
_standing = itemgetter(*map(_READ.index, Standing._fields))


def react(happenings: Sequence[Happening], actor: Actor) -> None:
    """Let clocks follow entries that the current transaction has just written."""
    book = policies.book()
    _hand_over(happenings)
    locked = _locked_together(book, happenings)
    hear = hearing.of_book(book).of
    removals = {each.verb for each in happenings if each.verb.endswith(".removed")}
    for happening in happenings:
        if happening.verb in removals and _is_removal(happening):
            _cancel_all(happening, actor)
            continue
        clocks = None if locked is None else locked.get(happening.record_id, ())
        heard = hear(happening)
        if heard.opens or (heard.moves and (clocks is None or clocks)):
            written = _moved(heard, happening, actor, clocks)
            statements.later(*written.statements)


def _hand_over(happenings: Sequence[Happening]) -> None:
    """Open clocks go with their records to other owners, all in one statement."""
    verbs = {each.verb for each in happenings if each.verb.endswith(".assigned")}
    owners = {
        each.record_id: (each.data.get("to_owner"), each.data.get("to_unit") or each.unit_id)
        for each in happenings
        if each.verb in verbs
        and each.record_id is not None
        and each.verb == f"{each.record_type}.assigned"
    }
    if owners:
        columns = [owners, *zip(*owners.values(), strict=True)]
        statements.later(Statement(_OWNERS, [statements.listed(column) for column in columns]))


def _locked_together(
    book: Book, happenings: Sequence[Happening]
) -> Mapping[int | None, Sequence[Row]] | None:
    """The open clocks of many records, by record, in one statement; None where they are read one
    by one: one record has several entries, the second of which must see what became of the first.
    """
    changing = {
        verb
        for verb in {each.verb for each in happenings}
        if any(ear.changes for ear in book.by_verb.get(verb, ()))
    }
    ids = [
        each.record_id
        for each in happenings
        if each.record_id is not None and each.verb in changing
    ]
    if len(ids) < 2 or len(set(ids)) < len(happenings):
        return None
    found: dict[int | None, list[Row]] = {}
    for row in statements.rows(_OF_RECORDS, [statements.listed(ids)]):
        found.setdefault(row[-1], []).append(row[:-1])
    return found


def _is_removal(happening: Happening) -> bool:
    is_of_record = happening.record_id is not None
    return is_of_record and happening.verb == f"{happening.record_type}.removed"


def read_aboard(verb: str, record_id: int) -> Statement | None:
    """What locks and reads the clocks of a record before a verb is written about it."""
    ears = policies.book().by_verb.get(verb)
    return Statement(_OF_RECORD, [record_id]) if ears else None


def read_aboard_of(verb: str, ids: Statement) -> Statement | None:
    """The same for several records, whose ids a statement gives: planned once, unlike a list."""
    ears = policies.book().by_verb.get(verb)
    return Statement(_of_such(ids.sql), ids.params) if ears else None


@lru_cache(maxsize=64)
def _of_such(ids: str) -> str:
    return _OF_SUCH.format(ids=ids)


def write_aboard(happening: Happening, actor: Actor, clocks: Sequence[Row]) -> Written | None:
    """What follows for clocks that were read, and which then are open (`Standing` each).

    None where the record must be written before.
    """
    heard = hearing.of_book(policies.book()).without_record(happening)
    return None if heard is None else _moved(heard, happening, actor, clocks)


def _moved(
    heard: Heard,
    happening: Happening,
    actor: Actor,
    clocks: Sequence[Row] | None = None,
) -> Written:
    """What is written: first how open clocks change, so that one ends before the next begins.

    Clocks that are not given are locked and read where any may change.
    """
    moves = heard.moves
    written: list[Statement] = []
    told: list[Standing] = []
    if clocks is None:
        clocks = _locked(heard.ears, happening) if moves else ()
    happened = _happened(happening, actor)
    for row in clocks:
        changed = _change(row, moves, happened) if row[1] in moves else None
        if changed is None:
            told.append(Standing(*_standing(row)))
            continue
        written.append(changed[1])
        if changed[0].is_open:
            told.append(_stands(changed[0], row[0], row[1]))
    opened = [_opening(ear.live, happening, happened) for ear in heard.opens]
    begun = [each for each in opened if each is not None]
    if begun:
        written.append(writing.opened(begun, _cause(happening, happened)))
        told += [_stands(each.life, None, each.version_id) for each in begun]
    return Written(written, told)


def _stands(life: Life, clock_id: int | None, version_id: int) -> Standing:
    return Standing(
        clock_id, version_id, life.due_at, life.state.value, life.breached_at, life.red_since
    )


def _happened(happening: Happening, actor: Actor) -> Happened:
    """Now, under the locks: whoever waited for a step to take effect comes after it."""
    at = happening.at or timezone.now()
    return Happened(happening.verb, at, happening.data, actor.user_id, happening.unit_id)


def _locked(ears: Sequence[Ear], happening: Happening) -> list[Row]:
    if happening.record_id is not None:
        return statements.rows(_OF_RECORD, [happening.record_id])
    found: list[Row] = []
    for ear in ears:
        about_id, _ = subject_of(ear.live.policy, happening.data)
        if ear.live.about_kind != "record" and about_id is not None:
            found += statements.rows(_OF_SUBJECT, [ear.live.about_kind, about_id])
    return list({row[0]: row for row in found}.values())


def _change(
    row: Row, moves: Mapping[int, Sequence[str]], happened: Happened
) -> tuple[Life, Statement] | None:
    """How a clock then lives, and what writes it; None where nothing changes."""
    clock_id, version_id, _, about_id, calendar_id = row[: _LIFE.start]
    live = policies.live(version_id)
    if not is_about(live.policy, happened.data, about_id):
        return None
    life = rows.life_from(live, row[_LIFE])
    held = rows.held_of(live, calendar_id)
    beside = _apply(life, moves[version_id], happened, held.calendar if held else None)
    return None if beside is None else (life, _written(clock_id, row, life, beside))


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


def _written(clock_id: int, row: Row, life: Life, beside: Mapping[str, Any]) -> Statement:
    kept = dict(zip(_BESIDE, row[_LIFE.stop :], strict=True))
    return writing.written(clock_id, life, {**kept, **beside})


def _opening(live: Live, happening: Happening, happened: Happened) -> Opening | None:
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
        return None
    life = begin(policy, at=happened.at, target_s=target, calendar=held.calendar if held else None)
    about_id, about_key = subject_of(policy, data)
    owner = data.get(policy.owner.removeprefix("data:")) if policy.owner != "owner" else None
    return Opening(
        life=life,
        version_id=live.version_id,
        policy_id=live.policy_id,
        about_kind=live.about_kind,
        about_id=about_id,
        about_key=about_key,
        calendar_id=held.id if held else None,
        owner_id=owner,
    )


def _cause(happening: Happening, happened: Happened) -> Cause:
    return Cause(
        verb=happened.verb,
        record_type=happening.record_type or "",
        record_id=happening.record_id,
        unit_id=happening.unit_id,
        actor_id=happened.actor_id,
        context=context_of(happening.data),
    )


def context_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of the data that opened a clock: its plain values."""
    return {key: value for key, value in data.items() if isinstance(value, _KEPT)}


def _cancel_all(happening: Happening, actor: Actor) -> None:
    written = []
    locked = statements.rows(_OF_RECORD, [happening.record_id])
    at = _happened(happening, actor).at
    for row in locked:
        clock_id, version_id, about_kind, _, calendar_id = row[: _LIFE.start]
        if about_kind != "record":
            continue
        live = policies.live(version_id)
        life, held = rows.life_from(live, row[_LIFE]), rows.held_of(live, calendar_id)
        close(life, at=at, calendar=held.calendar if held else None, cancelled=True)
        beside = {"closed_by_id": actor.user_id, "closed_by_verb": happening.verb}
        written.append(_written(clock_id, row, life, beside))
    statements.later(*written)
