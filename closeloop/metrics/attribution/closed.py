"""Deals that were won or lost in a period, with the effective contacts since they began."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from closeloop.deals.catalogue import DEAL
from closeloop.engine.blueprint import StageKind
from closeloop.fieldwork.queries.lines import COUNTS
from closeloop.org.access import Reach
from closeloop.process import blueprints


@dataclass(frozen=True, slots=True)
class Span:
    """Deals closed from `since` until before `until`, within a reach, perhaps of some units."""

    since: datetime
    until: datetime
    reach: Reach
    among: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed deal; `contacts` are the effective ones with it or its customer while it was open.

    `last_kind` and `last_at` are those of the last contact. `is_seen`: it began after the company's
    first follow-up was recorded; of any other nobody saw all contacts.
    """

    id: int
    title: str
    owner: int | None
    unit: int | None
    closed_at: datetime
    is_won: bool
    contacts: int
    last_kind: str | None
    last_at: datetime | None
    is_seen: bool


def closed_in(span: Span) -> list[Closed]:
    """The closed deals of a span whose contacts were all seen, the latest first. Opening entries
    are left out.
    """
    return [each for each in all_closed_in(span) if each.is_seen]


def all_closed_in(span: Span) -> list[Closed]:
    """The closed deals of a span, the latest first, without opening entries."""
    version = blueprints.current_of(DEAL.key)
    stages = version.stages if version else ()
    won = [each.key for each in stages if each.kind is StageKind.WON]
    lost = [each.key for each in stages if each.kind is StageKind.LOST]
    where, params = span.reach.where("d")
    if span.among is not None:
        where += " AND d.unit_id = ANY(%s)"
        params = [*params, sorted(span.among)]
    with connection.cursor() as cursor:
        cursor.execute(
            _CLOSED_SQL.format(where=where),
            [won, [*won, *lost], span.since, span.until, *params],
        )
        return [Closed(*row) for row in cursor.fetchall()]


_CLOSED_SQL = f"""
    WITH closed AS MATERIALIZED (
        SELECT d.id, r.title, d.owner_id, d.unit_id, d.customer_id, d.created_at,
            v.entered_at AS closed_at, v.stage = ANY(%s) AS is_won,
            coalesce(d.created_at >= (
                SELECT min(f.at) FROM fieldwork_followup f WHERE f.state = 'counted'
            ), false) AS is_seen
        FROM process_visit v
        JOIN deals_deal d ON d.id = v.record_id
        JOIN records_record r ON r.id = d.id
        WHERE v.left_at IS NULL AND v.stage = ANY(%s)
            AND v.entered_at >= %s AND v.entered_at < %s AND v.kind <> 'opening'
            AND NOT d.is_opening AND d.deleted_at IS NULL AND {{where}}
    )
    SELECT c.id, c.title, c.owner_id, c.unit_id, c.closed_at, c.is_won,
        count(f.id), (array_agg(f.kind ORDER BY f.at DESC, f.id DESC))[1], max(f.at), c.is_seen
    FROM closed c
    LEFT JOIN fieldwork_followup f ON f.customer_id = c.customer_id
        AND f.at >= c.created_at AND f.at <= c.closed_at AND {COUNTS}
    GROUP BY 1, 2, 3, 4, 5, 6, c.is_seen
    ORDER BY c.closed_at DESC, c.id DESC
"""
