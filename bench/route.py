"""Giving out 100,000 leads: beside plain COPY, beside one by one, and with eight clients at once.

* `copy_ratio`: `routing.actions.route_batch` in portions, against one COPY a table of exactly the
  rows that it wrote (leads and registry of those that got an owner, stays of the others, activity,
  notices and their deliveries) into the same indexed tables with their triggers. What it left as it
  was lies there before and is not counted. CPU time of the client and of its PostgreSQL backend;
  the ratio is floor ÷ ours.
* `same_as_single`: the share of leads whose decision is the same, in every word that is recorded,
  when each is given out by itself, in a copy of the same database.
* `above_cap`: how many people were ever seen above their cap while eight clients create leads and
  two close others.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from bench import cpu, crowded, ground, routed
from closeloop.edge import revisions
from closeloop.routing import actions

LEADS, CROWD = 100_000, 10_000
PORTION = 5_000
VERBS = ("lead.assigned", "lead.routed", "lead.not_routed", "lead.pooled")
LEFT: Mapping[str, str] = {
    "records_record": "id IN (SELECT id FROM leads_lead WHERE owner_id IS NULL)",
    "leads_lead": "owner_id IS NULL",
}
"""The rows that stayed as they were: of leads that nobody had room for."""
WRITTEN: Mapping[str, str] = {
    "records_record": "id IN (SELECT id FROM leads_lead WHERE owner_id IS NOT NULL)",
    "leads_lead": "owner_id IS NOT NULL",
    "pool_stay": "TRUE",
    "activity_entry": f"verb IN {VERBS}",
    "notices_notice": "TRUE",
    "notices_delivery": "TRUE",
}
"""The rows that routing wrote, each table after those that it refers to."""


@dataclass(frozen=True)
class Rows:
    """Rows of a table in the form of COPY, with the names of their columns."""

    table: str
    columns: str
    content: bytes


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
            together = _decisions()
            left, rows = (
                [_rows_of(table, where) for table, where in chosen.items()]
                for chosen in (LEFT, WRITTEN)
            )
            ground.say(f"together  {ours_s:.1f} s, {ours / 1e9:.2f} s of CPU")
            with ground.at(other):
                revisions.refresh()
                began = time.monotonic()
                _one_by_one(ids[:singly])
                single_s = time.monotonic() - began
                single = _decisions()
                _empty()
                _copy(left)
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


def _rows_of(table: str, where: str) -> Rows:
    """Some rows of a table, as COPY writes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
            " FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'"
            " AND is_generated = 'NEVER'",
            [table],
        )
        columns = cursor.fetchone()[0]
        rows = f"SELECT {columns} FROM {table} WHERE {where}"
        with cursor.copy(f"COPY ({rows}) TO STDOUT") as copy:
            return Rows(table, columns, b"".join(bytes(piece) for piece in copy))


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE records_record, activity_entry, notices_notice CASCADE")


def _copy(rows: Sequence[Rows]) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for each in rows:
            with cursor.copy(f"COPY {each.table} ({each.columns}) FROM STDIN") as copy:
                copy.write(each.content)


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
