"""Giving out 100,000 leads: beside plain COPY, beside one by one, and with eight clients at once.

* `copy_ratio`: `routing.actions.route_batch` in portions, against one COPY a table of exactly the
  rows that came of it (registry, leads, activity, stays in the pool) into the same indexed tables,
  emptied before. CPU time of the client and of its PostgreSQL backend; the ratio is floor ÷ ours.
* `same_as_single`: the share of leads whose decision is the same, in every word that is recorded,
  when each is given out by itself, in a copy of the same database.
* `above_cap`: how many people were ever seen above their cap while eight clients create leads and
  two close others.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from bench import cpu, crowded, ground, routed
from closeloop.edge import revisions
from closeloop.routing import actions

LEADS, CROWD = 100_000, 10_000
PORTION = 5_000
TABLES = ("records_record", "leads_lead", "pool_stay", "activity_entry")
WRITTEN = ("lead.assigned", "lead.routed", "lead.not_routed", "lead.pooled")


def main() -> None:
    """Measure each in turn; `scripts/bench route 10000 1000 500` takes fewer leads, 1,000 singly,
    500 by the eight clients.

    One by one begins with the same leads, so what it has decided must be what was decided together
    of as many.
    """
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count, singly, crowd = [*given, *(LEADS, LEADS, CROWD)[len(given) :]]
    singly = min(count, singly)
    with ground.own_database("route"):
        ground.say(f"founding a company for {count} leads")
        routed.found(leads=count)
        ids = routed.add_leads(count)
        _settle()
        with ground.copied_database() as other:
            ours, ours_s = _cost(lambda: _in_portions(ids))
            together, rows = _decisions(), {table: _rows_of(table) for table in TABLES}
            ground.say(f"together  {ours_s:.1f} s, {ours / 1e9:.2f} s of CPU")
            with ground.at(other):
                revisions.refresh()
                began = time.monotonic()
                _one_by_one(ids[:singly])
                single_s = time.monotonic() - began
                single = _decisions()
                _empty()
                floor, floor_s = _cost(lambda: _copy(rows))
            ground.say(
                f"one by one {single_s:.1f} s; copy {floor_s:.1f} s, {floor / 1e9:.2f} s of CPU"
            )
        same = sum(single[key] == together[key] for key in single)
        figures = _figures(together)
        seen = crowded.run(crowd)
        ground.report(
            {
                "bench": "route",
                "copy_ratio": round(floor / ours, 3),
                "same_as_single": round(same / singly, 6),
                "above_cap": seen["above_cap"],
                "leads": len(ids),
                "singly": singly,
                **figures,
                "route_cpu_s": round(ours / 1e9, 2),
                "copy_cpu_s": round(floor / 1e9, 2),
                "leads_per_cpu_s": round(len(ids) / (ours / 1e9)),
                "single_per_s": round(singly / single_s, 1),
                "crowd": seen,
                "measured": "CPU of client and backend; floor ÷ ours",
            }
        )


def _in_portions(ids: list[int]) -> None:
    for start in range(0, len(ids), PORTION):
        with transaction.atomic():
            actions.route_batch(ids[start : start + PORTION], record_type="lead")


def _one_by_one(ids: list[int]) -> None:
    for done, each in enumerate(ids, start=1):
        with transaction.atomic():
            actions.route(each)
        if done % 10_000 == 0:
            ground.say(f"{done} one by one")


def _decisions() -> dict[int, dict[str, Any]]:
    """What was recorded of each lead's decision."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_id, verb, data::text FROM activity_entry"
            " WHERE verb IN ('lead.routed', 'lead.not_routed') ORDER BY id"
        )
        return {row[0]: {"verb": row[1], **json.loads(row[2])} for row in cursor.fetchall()}


def _figures(together: dict[int, dict[str, Any]]) -> dict[str, Any]:
    total = len(together)
    return {
        "branches": len({each["branch"] for each in together.values()}),
        "overflowed": round(sum(bool(each["overflow"]) for each in together.values()) / total, 3),
        "pooled": round(
            sum(each["verb"] == "lead.not_routed" for each in together.values()) / total, 3
        ),
    }


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _rows_of(table: str) -> tuple[str, bytes]:
    """The columns of a table and the rows that routing wrote, as COPY writes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
            " FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'"
            " AND is_generated = 'NEVER'",
            [table],
        )
        columns = cursor.fetchone()[0]
        where = f" WHERE verb IN {WRITTEN}" if table == "activity_entry" else ""
        with cursor.copy(f"COPY (SELECT {columns} FROM {table}{where}) TO STDOUT") as copy:
            return columns, b"".join(bytes(piece) for piece in copy)


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE records_record, activity_entry CASCADE")


def _copy(rows: dict[str, tuple[str, bytes]]) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for table, (columns, content) in rows.items():
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                copy.write(content)


def _cost(what: Callable[[], object]) -> tuple[int, float]:
    """CPU nanoseconds of this process and its backend, and seconds by the clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    own, server, clock = time.process_time_ns(), cpu.of_backend(backend), time.monotonic()
    what()
    spent = time.process_time_ns() - own + cpu.of_backend(backend) - server
    return spent, time.monotonic() - clock


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
    main()
