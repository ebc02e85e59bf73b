"""What a million events of behaviour cost: to take in, to score by, to read.

1,000,000 events of 100,000 leads go through the batch endpoint, 5,000 at a time, as a program with
a session sends them: JSON in, visitors and visits found or made, events kept. The floor is one COPY
of exactly the rows that came about into an empty table with the same indexes and trigger. Both are
CPU time of the client and its PostgreSQL backend together; the ratio is floor ÷ ours. Then the
rules change and every lead is scored again; last, a lead's score is read as its page reads it.
"""

import json
import logging
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import company, cpu, ground
from closeloop.edge import revisions, work
from closeloop.identity.actor import SYSTEM
from closeloop.scoring import actions, queries
from closeloop.scoring.actions import Rescored
from closeloop.scoring.models import ScorecardVersion

EVENTS, LEADS = 1_000_000, 100_000
AT_ONCE = 5000
OF_A_VISIT = 5
LONGEST_VISIT = timedelta(minutes=10)
SEED = 7
KINDS = ("page_view", "page_view", "page_view", "dwell", "dwell", "download", "video_play", "form")
TOPICS = ("product", "price", "case", "news")
TABLES = ("behaviour_session", "behaviour_event")
_LEADS = """
WITH fresh AS (SELECT n FROM generate_series(1000000, 999999 + %(count)s::bigint) AS n),
registered AS (
    INSERT INTO records_record (id, type, title, unit_id, grams)
    SELECT n, 'lead', '线索' || n, %(unit)s, '{}' FROM fresh
), known AS (
    INSERT INTO behaviour_visitor (token, record_id, first_seen_at)
    SELECT 'visitor_' || n, n, now() FROM fresh
)
INSERT INTO leads_lead (id, unit_id, stage, stage_entered_at, is_opening, version, extra, name,
    phone, company, source, industry, budget_range, created_at, updated_at, last_activity_at)
SELECT n, %(unit)s, 'new', now(), false, 1, '{}', '线索' || n, '13800000000', '单位' || n,
    'website',
    (ARRAY['public_tertiary_hospital', 'manufacturing', 'retail', 'cdc'])[1 + n %% 4],
    (ARRAY['up_to_100k', 'from_500k_to_1m', 'above_3m'])[1 + n %% 3], now(), now(), now()
FROM fresh
"""


def main() -> None:
    """Take in, copy, score again, read."""
    logging.getLogger("closeloop").setLevel(logging.WARNING)
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    events = given[0] if given else EVENTS
    leads = max(1, events // (EVENTS // LEADS))
    with ground.own_database("behaviour"):
        made = company.found_company()
        _add_leads(made, leads)
        client = Client()
        client.force_login(made.viewers["top"])
        with ground.copied_database() as other:
            ground.say(f"writing {events} events of {leads} leads")
            bodies = list(_bodies(events, leads))
            ours, took_s = _cost(lambda: _send(client, bodies))
            rows = {table: _rows_of(table) for table in TABLES}
            with ground.at(other):
                floor, floor_s = _cost(lambda: _copy(rows))
        ground.say(f"taken in {events / took_s:.0f} events/s, {ours / 1e9:.1f} s of CPU")
        ground.say(f"COPY     {events / floor_s:.0f} events/s, {floor / 1e9:.1f} s of CPU")
        first, first_ns, first_s = _rescored()
        ground.say(f"first scores of {first.records} leads: {_told(first, first_ns, first_s)}")
        _change_rules()
        again, again_ns, again_s = _rescored()
        ground.say(f"new rules, {again.records} leads: {_told(again, again_ns, again_s)}")
        ground.report(
            {
                "bench": "behaviour",
                "copy_ratio": round(floor / ours, 3),
                "events_per_s": round(events / took_s),
                "events_per_cpu_s": round(events / (ours / 1e9)),
                "copy_events_per_s": round(events / floor_s),
                "rescore_s": round(again_s, 1),
                "rescore_cpu_s": round(again_ns / 1e9, 1),
                "rescored": again.records,
                "regraded": again.graded,
                **_reading(leads),
                "measured": "CPU of client and backend; floor ÷ ours; seconds by the clock",
            }
        )


def _add_leads(made: Any, count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LEADS, {"count": count, "unit": made.owners[0][1]})
        cursor.execute("ANALYZE")


def _bodies(events: int, leads: int) -> Iterator[bytes]:
    """Batches of whole visits, of five events each, as they end one after the other."""
    chance, now = random.Random(SEED), timezone.now() - LONGEST_VISIT
    visits = [1_000_000 + number % leads for number in range(events // OF_A_VISIT)]
    chance.shuffle(visits)
    for start in range(0, len(visits), AT_ONCE // OF_A_VISIT):
        some = []
        for number, lead in enumerate(visits[start : start + AT_ONCE // OF_A_VISIT], start=start):
            at = now - timedelta(days=60) * (1 - number / len(visits))
            some += [_event(chance, lead, f"visit_{number:08}", at) for _ in range(OF_A_VISIT)]
        yield json.dumps({"events": some}).encode()


def _event(chance: random.Random, lead: int, visit: str, at: datetime) -> dict[str, Any]:
    return {
        "visitor": f"visitor_{lead}",
        "session": visit,
        "kind": chance.choice(KINDS),
        "at": (at + timedelta(seconds=chance.randrange(LONGEST_VISIT.seconds))).isoformat(),
        "data": {
            "path": f"/p/{chance.randrange(500)}",
            "topic": chance.choice(TOPICS),
            "seconds": chance.randrange(300),
        },
    }


def _send(client: Client, bodies: list[bytes]) -> None:
    for body in bodies:
        answer = client.post("/api/behaviour/events", body, content_type="application/json")
        if answer.status_code != 200 or answer.json()["refused"]:
            sys.exit(answer.content.decode()[:500])


def _change_rules() -> None:
    current = ScorecardVersion.objects.get(is_current=True).definition
    changed = deepcopy(current)
    for rule in changed["behaviour"]:
        rule["points"] = rule["points"] * 2
    work.perform(lambda: actions.publish(changed, actor=SYSTEM))


def _rescored() -> tuple[Rescored, int, float]:
    revisions.refresh()
    done: list[Rescored] = []
    spent, took_s = _cost(lambda: done.append(actions.rescore_all("lead", actor=SYSTEM)))
    return done[0], spent, took_s


def _told(done: Rescored, spent: int, took_s: float) -> str:
    return f"{done.graded} graded anew, {took_s:.1f} s, {spent / 1e9:.1f} s of CPU"


def _reading(leads: int) -> dict[str, Any]:
    with CaptureQueriesContext(connection) as captured:
        queries.kept_score(1_000_000)
    began = time.monotonic()
    for number in range(200):
        queries.kept_score(1_000_000 + number * (leads // 200))
    each_ms = (time.monotonic() - began) * 1000 / 200
    return {"queries_of_a_score": len(captured), "score_read_ms": round(each_ms, 2)}


def _cost(what: Callable[[], object]) -> tuple[int, float]:
    """CPU nanoseconds of this process and its backend, and seconds by the clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    own, server, clock = time.process_time_ns(), cpu.of_backend(backend), time.monotonic()
    what()
    spent = time.process_time_ns() - own + cpu.of_backend(backend) - server
    return spent, time.monotonic() - clock


def _rows_of(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(bytes(piece) for piece in copy)


def _copy(rows: dict[str, bytes]) -> None:
    for table, content in rows.items():
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            copy.write(content)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeloop.config.settings")
    main()
