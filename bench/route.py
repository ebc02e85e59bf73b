"""Giving out 100,000 leads: beside plain COPY, beside one by one, and with eight clients at once.

* `copy_ratio`: `routing.actions.route_batch` in the portions of the product's own job, against one
  COPY a table of exactly the rows that it wrote (leads and registry of those that got an owner,
  stays of the others, activity, notices and their deliveries) into the same indexed tables with
  their triggers. What it left as it was lies there before and is not counted. CPU time of the
  client and of its PostgreSQL backend; floor ÷ ours, the median of three turns, each in a fresh
  copy of the database.
* `same_as_single`: the share of leads whose decision is the same, in every word that is recorded
  and with the same owner or pool, when each is given out by itself, in a copy of the same database.
* `above_cap`: how many people were ever seen above their cap while eight clients create leads and
  two close others.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import connection, transaction

from bench import cpu, crowded, ground, routed
from closeloop.edge import revisions
from closeloop.routing import actions, jobs

LEADS, CROWD = 100_000, 10_000
SOME_SINGLY, SOME_CROWD = 2_000, 500
TURNS, WARM_UP = 3, 200
PORTION = jobs.BATCH
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

_DECISIONS = """
    SELECT entry.record_id, entry.verb, entry.data::text, lead.owner_id, stay.pool_id
    FROM activity_entry entry
    JOIN leads_lead lead ON lead.id = entry.record_id
    LEFT JOIN pool_stay stay ON stay.record_id = entry.record_id AND stay.left_at IS NULL
    WHERE entry.verb IN ('lead.routed', 'lead.not_routed') ORDER BY entry.id
"""


@dataclass(frozen=True)
class Rows:
    """Rows of a table in the form of COPY, with the names of their columns."""

    table: str
    columns: str
    content: bytes


@dataclass(frozen=True)
class Turn:
    """All leads together, and the floor of what that wrote: CPU nanoseconds, seconds by the clock.

    `decisions` is what was recorded of each lead, and where it then was.
    """

    ours: int
    ours_s: float
    floor: int
    floor_s: float
    decisions: dict[int, dict[str, Any]]


def main() -> None:
    """Measure each in turn.

    `--full` takes all leads one by one too, and 10,000 by the eight clients, which takes half an
    hour; numbers take other counts: `scripts/bench route 20000 1000 500` 20,000 leads, 1,000 of
    them one by one, 500 by the clients. One by one begins with the same leads, so what it has
    decided must be what was decided together of as many.
    """
    usual = (LEADS, LEADS, CROWD) if "--full" in sys.argv else (LEADS, SOME_SINGLY, SOME_CROWD)
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count, singly, crowd = [*given, *usual[len(given) :]]
    singly = min(count, singly)
    with ground.own_database("route"):
        ground.progress(f"founding a company for {count} leads")
        routed.found(leads=count)
        ids = routed.add_leads(count)
        _settle()
        turns = [_turn(ids) for _ in range(TURNS)]
        together = turns[0].decisions
        ground.progress(f"{singly} one by one")
        with ground.copied_database() as other, ground.at(other):
            revisions.refresh()
            began = time.monotonic()
            _one_by_one(ids[:singly])
            single_s = time.monotonic() - began
            single = _decisions()
        same = sum(single[key] == together[key] for key in single)
        figures = _figures(together)
        seen = crowded.run(crowd)
        ours, floor = (median(getattr(each, side) for each in turns) for side in ("ours", "floor"))
        ground.report(
            {
                "bench": "route",
                "copy_ratio": round(median(each.floor / each.ours for each in turns), 3),
                "same_as_single": round(same / singly, 6),
                "above_cap": seen["above_cap"],
                "leads": len(ids),
                "singly": singly,
                "differing": singly - same,
                "turns_alike": all(each.decisions == together for each in turns),
                **figures,
                "ratios": [round(each.floor / each.ours, 3) for each in turns],
                "route_cpu_s": round(ours / 1e9, 2),
                "copy_cpu_s": round(floor / 1e9, 2),
                "leads_per_cpu_s": round(len(ids) / (ours / 1e9)),
                "single_per_s": round(singly / single_s, 1),
                "crowd": seen,
                "measured": "CPU of client and backend; floor ÷ ours, the median of the turns",
            }
        )


def _turn(ids: list[int]) -> Turn:
    """Give out all leads in a copy of the database, then COPY the same rows into it."""
    with ground.copied_database() as copy, ground.at(copy):
        revisions.refresh()
        _warm_up(ids[:WARM_UP])
        ours, ours_s = _cost(lambda: _in_portions(ids))
        decisions = _decisions()
        left, rows = (
            [_rows_of(table, where) for table, where in chosen.items()]
            for chosen in (LEFT, WRITTEN)
        )
        _empty()
        _copy(left)
        floor, floor_s = _cost(lambda: _copy(rows))
    ground.progress(
        f"together {ours_s:.1f} s, {ours / 1e9:.2f} s of CPU;"
        f" copy {floor_s:.1f} s, {floor / 1e9:.2f} s of CPU"
    )
    return Turn(ours, ours_s, floor, floor_s, decisions)


def _warm_up(ids: list[int]) -> None:
    """Give some out and undo it: this connection's server process has then planned what it runs."""
    with transaction.atomic():
        actions.route_batch(ids, record_type="lead")
        transaction.set_rollback(True)


def _in_portions(ids: list[int]) -> None:
    for start in range(0, len(ids), PORTION):
        with transaction.atomic():
            actions.route_batch(ids[start : start + PORTION], record_type="lead")


def _one_by_one(ids: list[int]) -> None:
    folded = time.monotonic()
    for done, each in enumerate(ids, start=1):
        with transaction.atomic():
            actions.route(each)
        if done % 5_000 == 0:
            ground.progress(f"{done} one by one")
        if time.monotonic() - folded > crowded.FOLDED_S:
            crowded.fold()
            folded = time.monotonic()


def _decisions() -> dict[int, dict[str, Any]]:
    """What was recorded of each lead's decision, and whose it then was, or in which pool."""
    with connection.cursor() as cursor:
        cursor.execute(_DECISIONS)
        return {
            record_id: {"verb": verb, **json.loads(data), "owner": owner, "pool": pool}
            for record_id, verb, data, owner, pool in cursor.fetchall()
        }


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
