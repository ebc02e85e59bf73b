"""What lies in a pool, page by page: only the fields that the pool shows."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from closeloop.edge import cursors, statements
from closeloop.fields import queries as fields
from closeloop.fields.specs import FieldSpec
from closeloop.org.access import Access
from closeloop.pool.book import Live
from closeloop.records import searching
from closeloop.records.types import registry

MOST_ROWS = 100
COUNT_CAP = 1000
TELLABLE = frozenset(
    {"text", "long_text", "number", "money", "date", "datetime", "boolean", "choice", "choices",
     "phone", "email", "url", "credit_code"}
)  # fmt: skip
"""Types of fields that a pool can show: those that name no person and no other record."""


@dataclass(frozen=True)
class Ask:
    """What a page is asked for."""

    q: str = ""
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True)
class Lying:
    """A record in a pool, with the values that the pool shows."""

    stay_id: int
    record_id: int
    title: str
    unit_id: int | None
    stage: str
    created_at: datetime
    entered_at: datetime
    reason: str
    rule: str
    note: str
    data: Mapping[str, Any]
    from_owner_id: int | None
    from_owner: str | None
    locked_until: datetime | None
    values: Mapping[str, Any]


@dataclass(frozen=True)
class StayPage:
    """Records in a pool, the newest first."""

    items: list[Lying]
    next_cursor: str | None


def shown_fields(pool: Live) -> list[FieldSpec]:
    """The fields that a pool shows, those that are gone left out."""
    specs = fields.specs_of(pool.record_type)
    found = [specs[key] for key in pool.rules.shows if key in specs]
    return [spec for spec in found if spec.type in TELLABLE]


def page_of(pool: Live, ask: Ask, access: Access) -> StayPage:
    """One page."""
    where, params = _where(pool, ask.q, access)
    if ask.cursor:
        (last,) = cursors.decode(ask.cursor, "bigint")
        where, params = f"{where} AND stay.id < %s::bigint", [*params, last]
    limit = max(1, min(ask.limit, MOST_ROWS))
    found = _read(pool, where, params, limit + 1)
    shown = found[:limit]
    more = cursors.encode(shown[-1].stay_id) if len(found) > limit else None
    return StayPage(shown, more)


def lying(pool: Live, record_id: int) -> Lying | None:
    """One record in a pool."""
    found = _read(pool, "stay.left_at IS NULL AND stay.record_id = %s", [record_id], 1)
    return found[0] if found else None


def count_of(pool: Live, ask: Ask, access: Access) -> tuple[int, bool]:
    """How many records match, and whether counting stopped at the cap."""
    where, params = _where(pool, ask.q, access)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM pool_stay stay JOIN records_record title"
            f" ON title.id = stay.record_id WHERE {where} LIMIT {COUNT_CAP + 1}) AS capped",
            params,
        )
        count = int(cursor.fetchone()[0])
    return min(count, COUNT_CAP), count > COUNT_CAP


def counts_of(pool_ids: Collection[int]) -> dict[int, int]:
    """How many records lie in each of some pools."""
    if not pool_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pool_id, count(*) FROM pool_stay WHERE left_at IS NULL AND pool_id = ANY(%s)"
            " GROUP BY pool_id",
            [list(pool_ids)],
        )
        return {row[0]: int(row[1]) for row in cursor.fetchall()}


def _where(pool: Live, q: str, access: Access) -> tuple[str, list[Any]]:
    where, params = "stay.left_at IS NULL AND stay.pool_id = %s", list[Any]([pool.id])
    if q.strip():
        named, named_params = searching.matching(
            pool.record_type, q, access, alias="title", shut=_shut(pool)
        )
        where, params = f"{where} AND {named}", [*params, *named_params]
    return where, params


def _shut(pool: Live) -> tuple[str, list[Any]] | None:
    """A pool that does not show every text by which a record is found tells titles alone."""
    shown = {spec.key for spec in shown_fields(pool)}
    others = registry.get(pool.record_type).search_fields
    return None if shown.issuperset(others) else ("TRUE", [])


def _read(pool: Live, where: str, params: list[Any], limit: int) -> list[Lying]:
    specs = shown_fields(pool)
    sources = [fields.column_of(spec) for spec in specs]
    columns = "".join(f", {statements.bound(each.sql, list(each.params))}" for each in sources)
    table = registry.get(pool.record_type).table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stay.id, stay.record_id, title.title, r.unit_id, r.stage, r.created_at,"
            " stay.entered_at, stay.reason, stay.rule, stay.note, stay.data,"
            f" stay.from_owner_id, had.name, stay.locked_until{columns}"
            " FROM pool_stay stay JOIN records_record title ON title.id = stay.record_id"
            f" JOIN {table} r ON r.id = stay.record_id"
            " LEFT JOIN identity_user had ON had.id = stay.from_owner_id"
            f" WHERE {where} ORDER BY stay.id DESC LIMIT {limit:d}",
            params,
        )
        return [_lying(row, specs) for row in cursor.fetchall()]


def _lying(row: tuple[Any, ...], specs: list[FieldSpec]) -> Lying:
    own = dict(zip(_OWN, row, strict=False))
    # Django's cursors give jsonb as text.
    data = own["data"]
    own["data"] = json.loads(data) if isinstance(data, str) else data
    keys = [spec.key for spec in specs]
    return Lying(**own, values=dict(zip(keys, row[len(_OWN) :], strict=True)))


_OWN = (
    "stay_id", "record_id", "title", "unit_id", "stage", "created_at", "entered_at", "reason",
    "rule", "note", "data", "from_owner_id", "from_owner", "locked_until",
)  # fmt: skip
