"""Lists and boards of any record type as SQL: within a viewer's reach, filtered, by keyset.

Wide reaches walk the order's index and filter by unit on the way. A narrow one (few units) would
find few rows on that walk, so each of its units is read from the unit's own index and the pieces
are merged: the cost depends on the page, not on how much the company has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from closeloop.desk import columns, filters, learnable
from closeloop.desk.errors import SortUnknown
from closeloop.edge import cursors
from closeloop.fields import queries as fields
from closeloop.org.access import Access, Reach, Verb
from closeloop.pool import covering
from closeloop.records import searching
from closeloop.records.types import RecordType

MOST_ROWS = 100
COUNT_CAP = 1000
NARROW = 24
_ROW_SORTS = {
    "id": ("r.id", "bigint"),
    "created_at": ("r.created_at", "timestamptz"),
    "updated_at": ("r.updated_at", "timestamptz"),
    "last_activity_at": ("r.last_activity_at", "timestamptz"),
    "stage_entered_at": ("coalesce(r.stage_entered_at, '-infinity')", "timestamptz"),
}
_SORT_TYPES = {
    "number": ("numeric", "0"),
    "money": ("numeric", "0"),
    "date": ("date", "'0001-01-01'"),
    "datetime": ("timestamptz", "'-infinity'"),
    "boolean": ("boolean", "false"),
    "person": ("bigint", "0"),
    "record": ("bigint", "0"),
}


@dataclass(frozen=True)
class Ask:
    """What a list is asked for. `stage` limits to one stage; `mine` to the viewer's own."""

    filter: Mapping[str, Any] | None = None
    q: str = ""
    sort: str = ""
    cursor: str | None = None
    limit: int = 50
    stage: str | None = None
    mine: bool = False
    deleted: bool = False


@dataclass(frozen=True)
class Piece:
    """A piece of SQL and its parameters."""

    sql: str
    params: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Order:
    """The order of a list: an expression, its SQL type, and whether it falls."""

    expression: Piece
    sql_type: str
    falls: bool

    @property
    def by_id_only(self) -> bool:
        """Whether the id alone gives the order."""
        return self.expression.sql == "r.id"


@dataclass(frozen=True)
class Page:
    """Rows as dictionaries of columns, and the cursor of the next page."""

    rows: list[dict[str, Any]]
    next_cursor: str | None


def list_page(record_type: RecordType, ask: Ask, access: Access) -> Page:
    """One page. Raises FilterInvalid, SortUnknown, CursorInvalid."""
    order = _order_asked(record_type, ask, access)
    where = _where(record_type, ask, access)
    if ask.stage is not None:
        where = _and(where, Piece("r.stage = %s", [ask.stage]))
    if ask.cursor:
        where = _and(where, _after(order, ask.cursor))
    limit = max(1, min(ask.limit, MOST_ROWS))
    body = _within_reach(record_type, _reach(ask, access, record_type), where, order, limit + 1)
    return _page(_fetch(_wrapped(record_type, body, order, limit + 1)), limit)


def board_pages(
    record_type: RecordType, ask: Ask, access: Access, stages: Sequence[str]
) -> dict[str, Page]:
    """The first page of every stage, in one query."""
    order = _order_asked(record_type, ask, access)
    where = _and(_where(record_type, ask, access), Piece("r.stage = st.stage"))
    limit = max(1, min(ask.limit, MOST_ROWS))
    body = _within_reach(record_type, _reach(ask, access, record_type), where, order, limit + 1)
    inner = _wrapped(record_type, body, order, limit + 1)
    rows = _fetch(
        Piece(
            "SELECT found.* FROM unnest(%s::text[]) WITH ORDINALITY AS st(stage, place)"
            f" CROSS JOIN LATERAL ({inner.sql}) AS found ORDER BY st.place",
            [list(stages), *inner.params],
        )
    )
    by_stage: dict[str, list[dict[str, Any]]] = {stage: [] for stage in stages}
    for row in rows:
        by_stage[row["stage"]].append(row)
    return {stage: _page(found, limit) for stage, found in by_stage.items()}


def count_rows(record_type: RecordType, ask: Ask, access: Access) -> tuple[int, bool]:
    """How many rows the list has, and whether counting stopped at the cap."""
    where = _where(record_type, ask, access)
    if ask.stage is not None:
        where = _and(where, Piece("r.stage = %s", [ask.stage]))
    reach = _reach(ask, access, record_type)
    scoped = _and(where, Piece(*reach.where("r")))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {record_type.table} r WHERE {scoped.sql}"
            f" LIMIT {COUNT_CAP + 1}) AS capped",
            scoped.params,
        )
        count = cursor.fetchone()[0]
    return min(count, COUNT_CAP), count > COUNT_CAP


def stage_sums(
    record_type: RecordType, ask: Ask, access: Access
) -> dict[str, tuple[int, Any, bool]]:
    """Count, amount and whether capped, by stage: from the tallies, or counted where filtered."""
    reach = _reach(ask, access, record_type)
    if ask.filter is None and not ask.q and not ask.deleted:
        sql, params = reach.where("t")
        query = (
            "SELECT stage, sum(count), sum(amount), false FROM desk_tally t"
            f" WHERE record_type = %s AND {sql} GROUP BY stage HAVING sum(count) <> 0"
        )
        params = [record_type.key, *params]
    else:
        where = _and(_where(record_type, ask, access), Piece(*reach.where("r")))
        worth = f"coalesce(r.{record_type.amount_field}, 0)" if record_type.amount_field else "0"
        query = (
            "SELECT stage, count(*), sum(worth), false FROM"
            f" (SELECT r.stage, {worth} AS worth FROM {record_type.table} r WHERE {where.sql})"
            " AS chosen GROUP BY stage"
        )
        params = where.params
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return {row[0]: (int(row[1]), row[2], row[3]) for row in cursor.fetchall()}


def amount_field_of(record_type: RecordType, access: Access) -> str | None:
    """The field whose sums boards tell, or None where the viewer must not learn it."""
    key = record_type.amount_field
    if key is None or not learnable.is_told(record_type.key, key, access):
        return None
    # A sum over rows that mask it would tell what each of them is worth.
    return None if covering.covered_rows(record_type.key, (key,), access, alias="r") else key


def require_readable(
    record_type: RecordType, tree: Mapping[str, Any] | None, sort: str, access: Access
) -> None:
    """Raise FilterInvalid or SortUnknown where no list could be filtered or sorted like this."""
    if tree and tree.get("rules"):
        filters.filter_sql(record_type, tree, access)
    if sort:
        _order(record_type, sort, access)


def matching_ids(record_type: RecordType, ask: Ask, access: Access, *, at_most: int) -> list[int]:
    """The ids of all rows that match, for a bulk change; one more than the most if there are."""
    where = _and(
        _where(record_type, ask, access), Piece(*_reach(ask, access, record_type).where("r"))
    )
    if ask.stage is not None:
        where = _and(where, Piece("r.stage = %s", [ask.stage]))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id FROM {record_type.table} r WHERE {where.sql}"
            f" ORDER BY r.id LIMIT {at_most + 1}",
            where.params,
        )
        return [row[0] for row in cursor.fetchall()]


def _where(record_type: RecordType, ask: Ask, access: Access) -> Piece:
    state = "r.deleted_at IS NOT NULL" if ask.deleted else "r.deleted_at IS NULL"
    where = Piece(state)
    if record_type.is_user_defined:
        where = _and(where, Piece("r.type_key = %s", [record_type.key]))
    if ask.filter:
        where = _and(where, Piece(*filters.filter_sql(record_type, ask.filter, access)))
    if ask.q.strip():
        where = _and(where, _named_like(record_type, ask.q, access))
    return where


def _named_like(record_type: RecordType, q: str, access: Access) -> Piece:
    sql, params = searching.matching(record_type.key, q, access, alias="x")
    return Piece(
        f"r.id IN (SELECT x.id FROM records_record x WHERE x.type = %s AND {sql})",
        [record_type.key, *params],
    )


def _reach(ask: Ask, access: Access, record_type: RecordType) -> Reach:
    reach = access.reach(record_type.key, Verb.READ)
    if ask.mine and access.user_id is not None:
        return Reach(own_of=access.user_id) if reach else reach
    return reach


def _within_reach(
    record_type: RecordType, reach: Reach, where: Piece, order: Order, limit: int
) -> Piece:
    table, ordered = record_type.table, _order_by(order)
    head = f"SELECT {columns.selected(record_type)} FROM {table} r WHERE {where.sql}"
    tail = f" ORDER BY {ordered} LIMIT {limit}"
    tail_params = order.expression.params
    narrow = not reach.everything and len(reach.unit_ids) <= NARROW
    if not narrow or not reach:
        scope = Piece(*reach.where("r"))
        return Piece(f"{head} AND {scope.sql}{tail}", [*where.params, *scope.params, *tail_params])
    units = sorted(reach.unit_ids)
    pieces: list[Piece] = []
    if units:
        pieces.append(
            Piece(
                "SELECT of_unit.* FROM unnest(%s::bigint[]) AS u(unit_id) CROSS JOIN LATERAL"
                f" ({head} AND r.unit_id = u.unit_id{tail}) AS of_unit",
                [units, *where.params, *tail_params],
            )
        )
    if reach.own_of is not None:
        elsewhere = " AND (r.unit_id IS NULL OR NOT r.unit_id = ANY(%s))" if units else ""
        pieces.append(
            Piece(
                f"({head} AND r.owner_id = %s{elsewhere}{tail})",
                [*where.params, reach.own_of, *([units] if units else []), *tail_params],
            )
        )
    return Piece(
        " UNION ALL ".join(piece.sql for piece in pieces),
        [param for piece in pieces for param in piece.params],
    )


def _wrapped(record_type: RecordType, body: Piece, order: Order, limit: int) -> Piece:
    expression = order.expression
    return Piece(
        f"SELECT r.*, ({expression.sql})::text AS sort_value FROM ({body.sql}) AS r"
        f" ORDER BY {_order_by(order)} LIMIT {limit}",
        [*expression.params, *body.params, *expression.params],
    )


def _order_asked(record_type: RecordType, ask: Ask, access: Access) -> Order:
    default = record_type.default_sort
    if default.lstrip("-") in fields.hidden_from(record_type.key, access):
        default = "-id"
    return _order(record_type, ask.sort or default, access)


def _order(record_type: RecordType, sort: str, access: Access) -> Order:
    falls, key = sort.startswith("-"), sort.lstrip("-")
    if key in _ROW_SORTS:
        expression, sql_type = _ROW_SORTS[key]
        return Order(Piece(expression), sql_type, falls)
    spec = fields.specs_of(record_type.key).get(key)
    if (
        spec is None
        or spec.type == "choices"
        or not learnable.is_told(record_type.key, key, access)
    ):
        raise SortUnknown({"sort": sort})
    sql_type, least = _SORT_TYPES.get(spec.type, ("text", "''"))
    collate = ' COLLATE "C"' if sql_type == "text" else ""
    told = learnable.column(record_type, spec, access)
    return Order(Piece(f"coalesce({told}, {least}){collate}"), sql_type, falls)


def _order_by(order: Order) -> str:
    way = "DESC" if order.falls else "ASC"
    return f"r.id {way}" if order.by_id_only else f"{order.expression.sql} {way}, r.id {way}"


def _after(order: Order, cursor: str) -> Piece:
    value, row_id = cursors.decode(cursor, order.sql_type, "bigint")
    sign = "<" if order.falls else ">"
    if order.by_id_only:
        return Piece(f"r.id {sign} %s::bigint", [row_id])
    return Piece(
        f"({order.expression.sql}, r.id) {sign} (%s::{order.sql_type}, %s::bigint)",
        [*order.expression.params, value, row_id],
    )


def _and(left: Piece, right: Piece) -> Piece:
    return Piece(f"{left.sql} AND {right.sql}", [*left.params, *right.params])


def _fetch(query: Piece) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(query.sql, query.params)
        names = [column.name for column in cursor.description or ()]
        return [columns.as_row(names, values) for values in cursor.fetchall()]


def _page(rows: list[dict[str, Any]], limit: int) -> Page:
    shown = rows[:limit]
    last = shown[-1] if len(rows) > limit else None
    next_cursor = cursors.encode(last["sort_value"], last["id"]) if last else None
    return Page(rows=shown, next_cursor=next_cursor)
