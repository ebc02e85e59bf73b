"""Loading the volumes: indexes and foreign keys down, one COPY a table, and up again.

All of it in one transaction, so that a load that is stopped leaves nothing, indexes included.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from django.db import connection

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.demo import workdays
from closeloop.demo.actions import SEED, prepare, require_empty, zone
from closeloop.demo.volume import people, shapes
from closeloop.demo.volume.shapes import Shape
from closeloop.desk import actions as desk
from closeloop.edge import work
from closeloop.identity.actor import SYSTEM
from closeloop.process import blueprints

TABLES = (
    "records_record", "customers_customer", "customers_contact", "deals_deal", "process_instance",
    "process_visit",
)  # fmt: skip
_BLOCK = 1 << 20
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u')
WHERE i.indrelid = ANY(%s::regclass[]) AND c.oid IS NULL
"""
_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])
"""


def load_volume(
    deals: int, *, today: date, seed: int = SEED, entries: int = 0, is_forced: bool = False
) -> dict[str, float]:
    """Load so many deals with customers, contacts, visits and entries; gives seconds by part.

    Raises NotEmpty where other people's work is in the database, unless forced.
    """
    if not is_forced:
        require_empty()
    took: dict[str, float] = {}
    began = monotonic()
    with work.one_transaction(), connection.cursor() as cursor:
        prepare()
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        rng = Random(f"{seed}:volume")
        owners = people.organise(rng)
        shape = _shape(rng, owners, deals=deals, entries=entries, today=today)
        took["organisation"] = monotonic() - began
        with _bare_tables(took):
            _copy_all(shape)
            took["copy"] = monotonic() - began - took["organisation"]
        desk.fold_tallies()
        data = {"deals": deals, "entries": entries}
        activity.record(Happening(verb="demo.volume_loaded", data=data), actor=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if not connection.in_atomic_block else "ANALYZE")
    took["whole"] = monotonic() - began
    return {part: round(seconds, 1) for part, seconds in took.items()}


def _shape(
    rng: Random, owners: list[people.Owner], *, deals: int, entries: int, today: date
) -> Shape:
    version = blueprints.current_of("deal")
    if version is None:
        raise LookupError("no process is published for deals")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('records_record', 'id'))")
        first_id = cursor.fetchone()[0]
    shape = Shape(
        rng=rng,
        owners=owners,
        blueprint=version.blueprint,
        version_id=version.version_id,
        today=workdays.at(today, 0, zone()),
        first_id=first_id,
        deals=deals,
        entries=entries,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('records_record', 'id'), %s)", [shape.last_id]
        )
    return shape


@contextmanager
def _bare_tables(took: dict[str, float]) -> Iterator[None]:
    """Tables without secondary indexes and foreign keys; both are back, and checked, after it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(_KEYS, [list(TABLES)])
        keys = cursor.fetchall()
        cursor.execute(_INDEXES, [list(TABLES)])
        indexes = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        began = monotonic()
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in keys:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        took["indexes"] = monotonic() - began


def _copy_all(shape: Shape) -> None:
    """Copy the tables. A deal's lines are made together, so all but the first wait in files."""
    with tempfile.TemporaryDirectory(prefix="closeloop-volume-") as folder:
        for table, columns, lines in (
            ("customers_customer", shapes.CUSTOMER, shape.customer_lines()),
            ("customers_contact", shapes.CONTACT, shape.contact_lines()),
        ):
            _copy_with_rest(lines, "records_record", shapes.RECORD, [(table, columns)], folder)
        rest: list[tuple[str, Sequence[str]]] = [
            ("deals_deal", shapes.DEAL),
            ("process_instance", shapes.INSTANCE),
            ("process_visit", shapes.VISIT),
            ("activity_entry", shapes.ENTRY),
        ]
        _copy_with_rest(shape.deal_lines(), "records_record", shapes.RECORD, rest, folder)


def _copy_with_rest(
    lines: Iterator[tuple[str, ...]],
    table: str,
    columns: Sequence[str],
    rest: Sequence[tuple[str, Sequence[str]]],
    folder: str,
) -> None:
    paths = [Path(folder) / name for name, _ in rest]
    files = [path.open("w", encoding="utf-8", buffering=_BLOCK) for path in paths]
    with _copying(table, columns) as copy:
        for first, *others in lines:
            copy.write(first.encode())
            for file, other in zip(files, others, strict=True):
                file.write(other)
    for file in files:
        file.close()
    for path, (name, own_columns) in zip(paths, rest, strict=True):
        with path.open("rb") as source, _copying(name, own_columns) as copy:
            while block := source.read(_BLOCK):
                copy.write(block)
        path.unlink()


@contextmanager
def _copying(table: str, columns: Sequence[str]) -> Iterator[Any]:
    names = ", ".join(columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
    ):
        yield copy
