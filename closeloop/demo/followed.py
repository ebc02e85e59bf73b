"""With whom the demo company's people are in contact, from when to when, and how closely.

Who wants to buy soon is seen often. A few such deals are let lie (G11), and a few people spend
their days with old customers of whom nothing comes (D07): busy without progress.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from closeloop.demo import workdays
from closeloop.fieldwork.reading import Subject
from closeloop.identity.actor import Actor

WEEKS = 7
KEEN = "high"
_STILL = 5
"""So many deals with a high intent are let lie: those of which nothing was heard for longest."""
_BUSY, _OLD = 2, 9
"""So many people are busy with at most so many old customers each, one in a team."""
SILENT_DAYS = 3
_QUIET = timedelta(days=31)
_DEALS = """
    SELECT d.id, r.title, r.owner_id, r.unit_id, d.stage, d.customer_id, c.title, c.unit_id,
        r.created_at, u.name, d.stage = ANY(%(over)s), i.entered_at, d.intent_level,
        d.last_activity_at
    FROM deals_deal d JOIN records_record r ON r.id = d.id
    JOIN process_instance i ON i.record_id = d.id
    JOIN records_record c ON c.id = d.customer_id
    JOIN identity_user u ON u.id = r.owner_id
    WHERE r.deleted_at IS NULL AND (d.stage <> ALL(%(over)s) OR i.entered_at > %(since)s)
    ORDER BY d.id
"""
_OLD_CUSTOMERS = """
    WITH running AS (
        SELECT d.customer_id, d.stage <> ALL(%(over)s) AS is_open, i.entered_at > %(quiet)s AS moved
        FROM deals_deal d JOIN process_instance i ON i.record_id = d.id
    ), own AS (
        SELECT r.id, r.title, r.owner_id, r.unit_id, customer.stage, r.created_at, u.name,
            coalesce(bool_or(running.moved), FALSE) AS moved,
            coalesce(bool_or(running.is_open), FALSE) AS is_open
        FROM records_record r JOIN customers_customer customer ON customer.id = r.id
        JOIN identity_user u ON u.id = r.owner_id
        LEFT JOIN running ON running.customer_id = r.id
        WHERE r.deleted_at IS NULL GROUP BY r.id, customer.stage, u.name
    ), person AS (
        SELECT owner_id, min(unit_id) AS unit_id, count(*) FILTER (WHERE moved) AS moved,
            count(*) FILTER (WHERE NOT moved AND NOT is_open) AS old
        FROM own GROUP BY owner_id
    ), chosen AS (
        SELECT DISTINCT ON (unit_id) owner_id, unit_id FROM person
        WHERE old >= 4 ORDER BY unit_id, moved, old DESC, owner_id
    )
    SELECT id, title, own.owner_id, own.unit_id, stage, created_at, name FROM own
    JOIN (SELECT owner_id FROM chosen ORDER BY unit_id LIMIT %(people)s) busy USING (owner_id)
    WHERE NOT moved AND NOT is_open ORDER BY id
"""


@dataclass(frozen=True)
class Followed:
    """A deal or a customer that somebody follows, from when to when.

    `is_keen`: it may not wait. `is_routine`: nothing comes of it, and little is written down.
    """

    subject: Subject
    since: datetime
    until: datetime
    author: Actor
    is_keen: bool = False
    is_routine: bool = False


def everybody(
    *, until: datetime, ended: Sequence[str], silent: Collection[int] = ()
) -> Iterator[Followed]:
    """Whom people follow in the last weeks before a moment.

    Nobody follows the deals and customers of `silent` units in the last working days.
    """
    from_then = _silent_since(until)
    for each in _everybody(until, ended):
        units = {each.subject.unit_id, each.subject.customer_unit_id}
        is_silent = each.until > from_then and not units.isdisjoint(silent)
        yield replace(each, until=from_then) if is_silent else each


def _silent_since(until: datetime) -> datetime:
    day = until.date()
    for _ in range(SILENT_DAYS):
        day = workdays.last_workday(day)
    return datetime.combine(day, until.timetz())


def _everybody(until: datetime, ended: Sequence[str]) -> Iterator[Followed]:
    since = until - timedelta(weeks=WEEKS)
    told = {"over": list(ended), "since": since, "quiet": until - _QUIET, "people": _BUSY}
    old = list(_old_customers(_rows(_OLD_CUSTOMERS, told), since, until))
    busy = {each.author.user_id for each in old}
    rows = _rows(_DEALS, told)
    still = _left_alone(rows)
    for row in rows:
        has_moved = row[11] > until - _QUIET
        ends = row[13] if row[0] in still else row[11] if row[10] else until
        if row[2] in busy and has_moved:
            ends = min(ends, until - _QUIET)  # no time for what goes on
        yield Followed(
            _subject(row[:5], "deal", row[5:8]),
            max(since, row[8]),
            ends,
            Actor(user_id=row[2], name=row[9]),
            is_keen=row[12] == KEEN and row[0] not in still,
        )
    yield from old


def _old_customers(
    rows: Sequence[tuple[Any, ...]], since: datetime, until: datetime
) -> Iterator[Followed]:
    seen: dict[int, int] = {}
    for row in rows:
        seen[row[2]] = seen.get(row[2], 0) + 1
        if seen[row[2]] <= _OLD:
            yield Followed(
                _subject(row[:5], "customer", (row[0], row[1], row[3])),
                max(since, row[5]),
                until,
                Actor(user_id=row[2], name=row[6]),
                is_routine=True,
            )


def _left_alone(rows: Sequence[tuple[Any, ...]]) -> set[int]:
    keen = [row for row in rows if row[12] == KEEN and not row[10]]
    return {row[0] for row in sorted(keen, key=lambda row: (row[13], row[0]))[:_STILL]}


def _subject(record: tuple[Any, ...], kind: str, customer: tuple[int, str, int | None]) -> Subject:
    """(id, title, owner, unit, stage) of the record; (id, name, unit) of its customer."""
    return Subject(
        id=record[0],
        type=kind,
        title=record[1],
        owner_id=record[2],
        unit_id=record[3],
        is_there=True,
        stage=record[4],
        customer_id=customer[0],
        customer_name=customer[1],
        customer_unit_id=customer[2],
        known=None,
        names=(),
    )


def _rows(sql: str, told: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return list(cursor.fetchall())
