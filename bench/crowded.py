"""Eight clients create leads at the same moment while two close others: is a cap ever passed?

A watcher reads, in one snapshot each time, how many open leads everybody has, straight from the
leads; at the end the tallies must equal a recount, and what was recorded must be below the cap.
"""

import multiprocessing
import time
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections, transaction

from bench import ground
from closeloop.desk import actions as desk
from closeloop.desk import loads
from closeloop.desk.actions import MoveAsk
from closeloop.edge import revisions
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from closeloop.routing.models import Receiver

CLIENTS, CLOSERS = 8, 2
CAP = 5
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


def run(count: int) -> dict[str, Any]:
    """Leads by eight clients, into caps of five; gives what was seen."""
    _begin_anew()
    ground.say(f"{CLIENTS} clients create {count} leads while {CLOSERS} close others")
    forked = multiprocessing.get_context("fork")
    connections.close_all()
    is_over = forked.Event()
    found = forked.Queue()
    clients = [
        forked.Process(target=_create, args=(count // CLIENTS, number)) for number in range(CLIENTS)
    ]
    others = [forked.Process(target=_close, args=(is_over, number)) for number in range(CLOSERS)]
    watcher = forked.Process(target=_watch, args=(is_over, found, sorted(loads.ended("lead"))))
    began = time.monotonic()
    for each in (watcher, *others, *clients):
        each.start()
    for each in clients:
        each.join()
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
    return {
        "above_cap": above + at_end + recorded,
        "looks": looks,
        "leads": Lead.objects.count(),
        "given": Lead.objects.exclude(owner=None).count(),
        "closed": closed,
        "loads_as_recounted": kept == recount,
        "failed_clients": failed,
        "leads_per_s": round(Lead.objects.count() / took_s, 1),
    }


def _begin_anew() -> None:
    """No leads, and caps of five, so that they bind all the time."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE records_record, activity_entry CASCADE")
        cursor.execute("DELETE FROM desk_tally")
        cursor.execute("UPDATE routing_receiver SET cap = %s", [CAP])
    with transaction.atomic():
        revisions.bump("routing")
    revisions.refresh()


def _create(count: int, client: int) -> None:
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
    connections.close_all()


def _close(is_over: Any, number: int) -> None:
    """Lose open leads, one after another, those of each closer's own half."""
    revisions.remember(None)
    ask = MoveAsk(to_stage="disqualified", outcome_reason="no_need")
    while not is_over.is_set():
        mine = Lead.objects.filter(owner__isnull=False, stage="new").extra(
            where=["id %% 2 = %s"], params=[number]
        )
        for lead in mine.order_by("pk").values_list("pk", flat=True)[:20]:
            try:
                with transaction.atomic():
                    desk.move_record("lead", lead, ask, actor=SYSTEM)
            except Refusal:
                continue
        time.sleep(0.02)
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
