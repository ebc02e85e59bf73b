"""Eight clients create leads at the same moment while two close others: is a cap ever passed?

There is room for a third of the leads and two thirds are closed: caps bind, leads pass on to other
groups and to the pool. Meanwhile the tallies are folded, as the product's worker does, only more
often. A watcher reads, in one snapshot each time, how many open leads everybody has, straight from
the leads; at the end the tallies must equal a recount, and what was recorded must be below the cap.
"""

import multiprocessing
import time
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections, transaction

from bench import ground, routed
from closeloop.desk import actions as desk
from closeloop.desk import jobs, loads
from closeloop.desk.actions import MoveAsk
from closeloop.edge import revisions
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from closeloop.pool.models import Stay
from closeloop.routing.models import Receiver

CLIENTS, CLOSERS = 8, 2
CAP = 5
ROOM, CLOSED = 0.3, 0.66
"""Places of all who receive, and how many leads are closed meanwhile, as shares of the leads."""
PROGRESS_S = FOLDED_S = 60
_ABOVE = """
    SELECT count(*) FROM (
        SELECT lead.owner_id FROM leads_lead lead
        JOIN routing_receiver r ON r.person_id = lead.owner_id
        WHERE lead.deleted_at IS NULL AND lead.stage <> ALL(%s::text[])
        GROUP BY lead.owner_id, r.cap HAVING count(*) > r.cap) above
"""
_RECORDED = """
    SELECT count(*) FROM activity_entry
    WHERE verb = 'lead.routed' AND (data->>'load')::int >= (data->>'cap')::int
"""
_RECEIVING = """
    UPDATE routing_receiver receiver SET cap = %s,
        is_receiving = receiver.is_receiving AND (placed.number - 1) %% %s < %s
    FROM (SELECT person_id, row_number() OVER (ORDER BY person_id) AS number FROM routing_receiver)
        placed
    WHERE placed.person_id = receiver.person_id
"""
_OVERFLOWED = """
    SELECT count(*) FROM activity_entry
    WHERE verb IN ('lead.routed', 'lead.not_routed') AND jsonb_array_length(data->'overflow') > 0
"""


def run(count: int) -> dict[str, Any]:
    """Leads by eight clients, into caps of five; gives what was seen."""
    _begin_anew(count)
    ground.progress(f"{CLIENTS} clients create {count} leads while {CLOSERS} close others")
    forked = multiprocessing.get_context("fork")
    connections.close_all()
    is_over = forked.Event()
    found = forked.Queue()
    created, closed = forked.Value("q", 0), forked.Value("q", 0)
    clients = [
        forked.Process(target=_create, args=(count // CLIENTS, number, created))
        for number in range(CLIENTS)
    ]
    others = [
        forked.Process(target=_close, args=(is_over, number, created, closed))
        for number in range(CLOSERS)
    ]
    others.append(forked.Process(target=_fold_at_times, args=(is_over,)))
    watcher = forked.Process(target=_watch, args=(is_over, found, sorted(loads.ended("lead"))))
    began = time.monotonic()
    for each in (watcher, *others, *clients):
        each.start()
    for each in clients:
        while each.is_alive():
            each.join(PROGRESS_S)
            if each.is_alive():
                ground.progress(f"{created.value} of {count} created")
    took_s = time.monotonic() - began
    is_over.set()
    looks, above = found.get(timeout=60)
    for each in (*others, watcher):
        each.join()
    return _seen(looks, above, took_s=took_s, failed=sum(bool(each.exitcode) for each in clients))


def _seen(looks: int, above: int, *, took_s: float, failed: int) -> dict[str, Any]:
    ended = sorted(loads.ended("lead"))
    people = list(Receiver.objects.values_list("pk", flat=True))
    kept = loads.open_counts("lead", people)
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [ended])
        at_end = cursor.fetchone()[0]
        cursor.execute(_RECORDED)
        recorded = cursor.fetchone()[0]
        cursor.execute(
            "SELECT owner_id, count(*) FROM leads_lead WHERE owner_id IS NOT NULL"
            " AND deleted_at IS NULL AND stage <> ALL(%s::text[]) GROUP BY 1",
            [ended],
        )
        recount = dict(cursor.fetchall())
    closed = Lead.objects.filter(stage__in=ended).count()
    pooled = Stay.objects.filter(left_at=None).count()
    with connection.cursor() as cursor:
        cursor.execute(_OVERFLOWED)
        overflowed = cursor.fetchone()[0]
    return {
        "above_cap": above + at_end + recorded,
        "looks": looks,
        "leads": Lead.objects.count(),
        "given": Lead.objects.exclude(owner=None).count(),
        "overflowed": overflowed,
        "pooled": pooled,
        "closed": closed,
        "loads_as_recounted": kept == recount,
        "failed_clients": failed,
        "leads_per_s": round(Lead.objects.count() / took_s, 1),
    }


def _begin_anew(count: int) -> None:
    """No leads, caps of five, and of each group so many who receive that there is too little room.

    People were made group by group, so that every so many of them are of one group.
    """
    receiving = max(1, round(count * ROOM / CAP / routed.GROUPS))
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE records_record, activity_entry CASCADE")
        cursor.execute("DELETE FROM desk_tally")
        cursor.execute(_RECEIVING, [CAP, routed.SEATS, receiving])
    with transaction.atomic():
        revisions.bump("routing")
    revisions.refresh()


def _create(count: int, client: int, created: Any) -> None:
    industries = ("public_tertiary_hospital", "private_hospital", "software", "manufacturing")
    regions = ("north", "east", "south", "southwest")
    revisions.remember(None)
    for number in range(count):
        values = {
            "name": f"线索{client}-{number}",
            "source": "website",
            "industry": industries[number % 4],
            "region": regions[(number // 4) % 4],
        }
        with transaction.atomic():
            desk.create_record("lead", values, actor=SYSTEM, via="capture")
        _count(created)
    connections.close_all()


def _count(number: Any) -> None:
    with number.get_lock():
        number.value += 1


def _close(is_over: Any, number: int, created: Any, closed: Any) -> None:
    """Lose open leads, one after another, those of each closer's own half."""
    revisions.remember(None)
    ask = MoveAsk(to_stage="disqualified", outcome_reason="no_need")
    while not is_over.is_set():
        mine = Lead.objects.filter(owner__isnull=False, stage="new").extra(
            where=["id %% 2 = %s"], params=[number]
        )
        for lead in mine.order_by("pk").values_list("pk", flat=True)[:20]:
            if closed.value >= created.value * CLOSED:
                break
            try:
                with transaction.atomic():
                    desk.move_record("lead", lead, ask, actor=SYSTEM)
            except Refusal:
                continue
            _count(closed)
        time.sleep(0.02)
    connections.close_all()


def fold(*, when_over: int = jobs.WORTH_FOLDING) -> None:
    """Fold the tallies, as the product's worker does every minute."""
    with transaction.atomic():
        desk.fold_tallies(when_over=when_over)


def _fold_at_times(is_over: Any) -> None:
    revisions.remember(None)
    while not is_over.wait(FOLDED_S / 4):
        fold(when_over=0)
    connections.close_all()


def _watch(is_over: Any, found: Any, ended: list[str]) -> None:
    """Look as often as can be, in snapshots of their own."""
    looks = above = 0
    given = settings.DATABASES["default"]
    address = {"dbname": connection.settings_dict["NAME"], "user": given["USER"]}
    with psycopg.connect(
        host=given["HOST"] or None, port=given["PORT"] or None, autocommit=True, **address
    ) as server:
        while not is_over.is_set():
            row = server.execute(_ABOVE, [ended]).fetchone()
            above += row[0] if row else 0
            looks += 1
            time.sleep(0.1)
    found.put((looks, above))
