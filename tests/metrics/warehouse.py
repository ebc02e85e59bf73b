"""The raw tables of the product in DuckDB, row by row as they stand: what an auditor is given."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb
from django.db import connection

TABLES = (
    "activity_entry", "sla_clock", "sla_policy", "fieldwork_followup", "fieldwork_followupdoubt",
    "support_case", "support_help", "support_turn", "deals_deal", "records_record", "org_unit",
    "org_position", "org_role", "leads_lead", "process_visit", "customers_customer",
    "approvals_ask", "approvals_visit", "approvals_case", "approvals_flow",
    "playbooks_use", "playbooks_entry",
)  # fmt: skip
_TYPES = {
    "bigint": "BIGINT", "integer": "INTEGER", "smallint": "INTEGER", "boolean": "BOOLEAN",
    "date": "DATE", "timestamp with time zone": "TIMESTAMPTZ", "jsonb": "JSON",
    "numeric": "DECIMAL(38, 6)", "double precision": "DOUBLE",
}  # fmt: skip
_COLUMNS = """
    SELECT column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position
"""


def exported(folder: Path, *, zone: str, more: Collection[str] = ()) -> duckdb.DuckDBPyConnection:
    """A database of its own with every table that figures are about; days are those of `zone`.

    A column `at` is called `moment` in it, for DuckDB keeps the word for itself.
    """
    warehouse = duckdb.connect()
    warehouse.execute("SET threads = 1")
    warehouse.execute(f"SET TimeZone = '{zone}'")
    for table in dict.fromkeys((*TABLES, *more)):
        _copy(warehouse, table, folder / f"{table}.csv")
    return warehouse


def _copy(warehouse: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [table])
        given = dict(cursor.fetchall())
        wanted = ", ".join(f'"{name}"' for name in given)
        copied = f"COPY (SELECT {wanted} FROM {table}) TO STDOUT (FORMAT csv, HEADER)"
        with cursor.copy(copied) as rows, path.open("wb") as sink:
            for part in rows:
                sink.write(part)
    columns = {
        "moment" if name == "at" else name: _TYPES.get(kind, "VARCHAR")
        for name, kind in given.items()
    }
    typed = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    warehouse.execute(
        f"CREATE TABLE {table} AS SELECT * FROM read_csv('{path}', header = true, nullstr = '',"
        f" allow_quoted_nulls = false, quote = '\"', escape = '\"', columns = {{{typed}}})"
    )
