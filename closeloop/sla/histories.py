"""Recorded histories as the engine replays them, one record (or subject) after the other."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.engine.calendars import Calendar
from closeloop.engine.facts import FactType
from closeloop.engine.sla import Event, Happened, Lived, Policy, Rules, close, replay
from closeloop.engine.sla.replay import subject_of
from closeloop.fields import queries as fields
from closeloop.sla import calendars, facts, targets
from closeloop.sla.facts import STAGE

AT_ONCE = 5000
_WHEREABOUTS = ("removed", "restored")
_STAGED = ("created", "stage_entered", "opening_entered")
_CHANGED = "changed"
_AS_STORED = (FactType.TEXT, FactType.CHOICE, FactType.BOOLEAN)
"""Facts whose value stands in an entry as conditions take it."""


@dataclass(frozen=True)
class History:
    """What was recorded about one record, or about one subject without a record, in order."""

    record_id: int | None
    record_type: str
    happened: Sequence[Happened]


@dataclass(frozen=True)
class Span:
    """Which part of the record is read; without `record_ids` all of it."""

    until: datetime
    since: datetime | None = None
    record_ids: Collection[int] | None = None


def lives_of(policy: Policy, span: Span) -> Iterator[tuple[History, list[Lived]]]:
    """Every history that concerns a policy, with the clocks that it would have had at its end."""
    batch: list[History] = []
    for history in histories_of(policy, span):
        batch.append(history)
        if len(batch) >= AT_ONCE:
            yield from _replayed(policy, batch, span.until)
            batch = []
    yield from _replayed(policy, batch, span.until)


def histories_of(policy: Policy, span: Span) -> Iterator[History]:
    """The recorded verbs to which a policy listens, by record."""
    is_record = facts.is_record_type(policy.about)
    verbs = set(policy.verbs)
    if is_record and any(event.when for events in policy.events.values() for event in events):
        verbs |= {f"{policy.about}.{ending}" for ending in (*_STAGED, _CHANGED)}
    if is_record:
        verbs |= {f"{policy.about}.{ending}" for ending in _WHEREABOUTS}
    where, params = ["verb = ANY(%s)", "at <= %s"], [sorted(verbs), span.until]
    if is_record:
        where.append("record_type = %s")
        params.append(policy.about)
    if span.since is not None:
        where.append("at >= %s")
        params.append(span.since)
    if span.record_ids is not None:
        where.append("record_id = ANY(%s)")
        params.append(list(span.record_ids))
    sql = (
        "SELECT record_id, record_type, verb, at, data::text, actor_id, unit_id"
        f" FROM activity_entry WHERE {' AND '.join(where)} ORDER BY record_id, id"
    )
    for record_id, rows in groupby(_rows(sql, params), key=lambda row: row[0]):
        if record_id is not None:
            listed = list(rows)
            yield History(record_id, listed[0][1], [_happened(row) for row in listed])
        else:
            yield from _by_subject(policy, [(row[1], _happened(row)) for row in rows])


def rules_for(policy: Policy, history: History, known: Mapping[int, Mapping[str, Any]]) -> Rules:
    """What the replay of one history must know; `known` are facts of records as they are now.

    Stages, texts, choices and yes-or-no are those of the time; other facts are as they are now.
    """
    stages = _stages_at(history)
    values = _values_at(history, known.get(history.record_id or 0, {}))

    def calendar(happened: Happened) -> Calendar | None:
        held = calendars.for_unit(happened.unit_id) if policy.counts_working_time else None
        return held.calendar if held else None

    def target_s(policy: Policy, happened: Happened) -> float | None:
        held = calendars.for_unit(happened.unit_id) if policy.counts_working_time else None
        return targets.target_s(
            policy,
            at=happened.at,
            record_type=history.record_type,
            record_id=history.record_id,
            data=happened.data,
            held=held,
            zone=timezone.get_default_timezone(),
        )

    def is_met(event: Event, happened: Happened) -> bool:
        if event.when is None:
            return True
        held = known.get(history.record_id or 0)
        if held is None:
            return False
        condition = facts.compiled(history.record_type, event.when)
        stage = stages.get(id(happened), "")
        return (
            condition is not None
            and condition.test({**held, **values.get(id(happened), {}), STAGE: stage}) is True
        )

    return Rules(
        target_s=target_s,
        is_met=is_met,
        calendar=calendar,
    )


def _replayed(
    policy: Policy, batch: list[History], until: datetime
) -> Iterator[tuple[History, list[Lived]]]:
    known = _facts_now(policy, batch)
    for history in batch:
        rules = rules_for(policy, history, known)
        gone = _gone_since(history)
        end = until if gone is None else min(gone.at, until)
        lives = replay(policy, _while_there(history), rules, until=end)
        if gone is not None and gone.at <= until:
            for lived in lives:
                _cancel(lived, gone)
        yield history, lives


def _gone_since(history: History) -> Happened | None:
    """When the record was removed, unless it was restored since; its clocks ended then."""
    ends = [each for each in history.happened if _ending(history, each) in _WHEREABOUTS]
    return ends[-1] if ends and _ending(history, ends[-1]) == "removed" else None


def _while_there(history: History) -> list[Happened]:
    """The history as if it had never been removed and restored."""
    return [each for each in history.happened if _ending(history, each) not in _WHEREABOUTS]


def _ending(history: History, happened: Happened) -> str:
    """What happened to the record itself."""
    record_type, _, ending = happened.verb.partition(".")
    return ending if record_type == history.record_type else ""


def _cancel(lived: Lived, gone: Happened) -> None:
    if lived.life.is_open:
        close(lived.life, at=gone.at, calendar=lived.calendar, cancelled=True)
        lived.closed_by = gone


def _facts_now(policy: Policy, batch: list[History]) -> Mapping[int, Mapping[str, Any]]:
    trees = [event.when for events in policy.events.values() for event in events if event.when]
    if not trees or not facts.is_record_type(policy.about):
        return {}
    conditions = [facts.compiled(policy.about, tree) for tree in trees]
    keys = {key for condition in conditions if condition for key in condition.fact_keys}
    ids = [history.record_id for history in batch if history.record_id is not None]
    return facts.facts_of(policy.about, ids, keys)


def _stages_at(history: History) -> dict[int, str]:
    """The stage in which the record stood at each happening."""
    found, stage = {}, ""
    for happened in history.happened:
        record_type, _, ending = happened.verb.partition(".")
        if record_type == history.record_type and ending in _STAGED:
            stage = str(happened.data.get("to") or happened.data.get("stage") or stage)
        found[id(happened)] = stage
    return found


def _values_at(history: History, known: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    """The fields that conditions name as they were after each happening, by the log of changes."""
    catalogue = facts.catalogue_of(history.record_type) if known else {}
    keys = [key for key in known if key in catalogue and catalogue[key].type in _AS_STORED]
    changes = [_changes_of(history, each) for each in history.happened]
    now: dict[str, Any] = {}
    for key in keys:
        name = key.removeprefix(fields.PREFIX)
        first = next((each[name] for each in changes if name in each), None)
        if name != key and first is not None:
            now[key] = first[0]
    found: dict[int, Mapping[str, Any]] = {}
    for happened, changed in zip(history.happened, changes, strict=True):
        now |= {
            key: changed[key.removeprefix(fields.PREFIX)][1]
            for key in now
            if key.removeprefix(fields.PREFIX) in changed
        }
        found[id(happened)] = dict(now)
    return found


def _changes_of(history: History, happened: Happened) -> Mapping[str, Any]:
    """What an entry changed: field -> (before, after)."""
    if _ending(history, happened) != _CHANGED:
        return {}
    changes: Mapping[str, Any] = happened.data.get("changes") or {}
    return changes


def _by_subject(policy: Policy, told: list[tuple[str, Happened]]) -> Iterator[History]:
    grouped: dict[int, list[tuple[str, Happened]]] = {}
    for record_type, happened in told:
        about_id, _ = subject_of(policy, happened.data)
        if about_id is not None:
            grouped.setdefault(about_id, []).append((record_type, happened))
    for group in grouped.values():
        yield History(None, group[0][0], [happened for _, happened in group])


def _happened(row: Sequence[Any]) -> Happened:
    return Happened(row[2], row[3], json.loads(row[4]), row[5], row[6])


def _rows(sql: str, params: list[Any]) -> Iterator[Sequence[Any]]:
    """The rows of a long statement, a part at a time."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
