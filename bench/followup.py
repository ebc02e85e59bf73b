"""What one follow-up costs over HTTP and by the batch, against pgbench's same writes; and whether
large photos make others wait.

CPU time of the web server's processes and of PostgreSQL's backends together. A follow-up is a call
about a deal with a next date: its row, an entry about the deal and one about the customer, the
clocks of the standard pack as it leaves them. Before anything is measured, one of each side is
looked at: the bench stops unless both left as many rows in the same tables in as many transactions.
docs/benches.md tells what each side holds.
"""

import io
import statistics
import sys
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

import numpy
from django.db import connection, transaction
from django.utils import timezone
from PIL import Image

from bench import clock_writes, company, floors, gates, ground, rows, serving
from bench.floors import Cost
from closeloop.fieldwork import actions
from closeloop.fieldwork.models import FollowUp
from closeloop.fieldwork.reports import Report
from closeloop.identity.models import User
from closeloop.identity.queries import actor_of_user

IS_SHORT = "--short" in sys.argv
REPETITIONS = 2 if IS_SHORT else 5
ROUNDS = 300 if IS_SHORT else 600
FLOOR_ROUNDS = 600 if IS_SHORT else 2000
WARM_UP = 100
BATCH = 20
HISTORY = 2000
"""So many follow-ups are there before: over empty tables the server would plan other statements."""
LOOKS = 40
PHOTO_MB = 5
PHOTOS = 8 if IS_SHORT else 20
TEXT = "检验科想要更快的报告，下周三看方案"
_CONTENTS = (
    "one pipelined, prepared transaction: the follow-up's row, the entries about the deal and its "
    "customer, the deal's clocks as a follow-up leaves them"
)


@dataclass(frozen=True)
class Place:
    """Where follow-ups are recorded, by whom, and what the floor writes for one."""

    viewer: User
    server: serving.Server
    statements: str


def main() -> None:
    """Measure floor and product in turns, so that both meet the same machine."""
    with ground.own_database("followup"):
        made = company.found_company()
        viewer = made.viewers["division"]
        each = FLOOR_ROUNDS + WARM_UP + ROUNDS
        batches = (FLOOR_ROUNDS // BATCH + ROUNDS // BATCH + WARM_UP // BATCH) * BATCH
        count = REPETITIONS * (each + batches)
        beside = HISTORY + 1 + 2 * (BATCH + 2 + LOOKS)
        deals = gates.ready_deals(made.owners_in_division, count=count + beside, with_clocks=True)
        _with_customers(deals)
        ids, spare, further = deals[:count], deals[count], deals[count + 1 :]
        statements = _floor_statements(spare, viewer)
        ground.say(f"a follow-up writes:\n{statements}")
        floors.pgbench(statements, first_id=further[0], rounds=HISTORY)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE fieldwork_followup, activity_entry, sla_clock")
        found: dict[str, list[tuple[Cost, Cost]]] = {"http": [], "sync": []}
        with serving.web_server() as server:
            place = Place(viewer, server, statements)
            left = _require_same(place, further[HISTORY:])
            start = 0
            for _ in range(REPETITIONS):
                found["http"].append(_one_by_one(place, ids[start : start + each]))
                start += each
                found["sync"].append(_by_the_batch(place, ids[start : start + batches]))
                start += batches
            empty = _empty(place)
            others = _beside_uploads(place)
    ground.report(
        {
            "bench": "followup",
            **{key: value for name, pairs in found.items() for key, value in _summary(name, pairs)},
            **empty,
            **others,
            **left,
            "rounds": REPETITIONS * ROUNDS,
            "floor": _CONTENTS,
        }
    )


def _require_same(place: Place, ids: range) -> dict[str, Any]:
    """What one follow-up and one batch leave; stops where the floor leaves anything else."""
    client, spare, left = _client(place), iter(ids), {}
    _send(client, [next(spare)], batch=1)
    for name, count in (("one", 1), ("batch", BATCH)):
        mine, others = list(islice(spare, count)), list(islice(spare, count))
        ours = rows.left_by(lambda mine=mine, count=count: _send(client, mine, batch=count))
        text = _as_batch(place.statements, others[0], count)
        floor = rows.left_by(lambda text=text, first=others[0]: _write_plain(text, first))
        if ours != floor:
            raise RuntimeError(f"{name}: the floor left {floor}, the product {ours}")
        ground.say(f"{name} leaves on either side {ours.rows} in {ours.transactions} transaction")
        left[f"{name}_leaves"] = {**ours.rows, "transactions": ours.transactions}
    bytes_of = {
        "wal_bytes": rows.wal_bytes(
            lambda each: _send(client, [each], batch=1), list(islice(spare, LOOKS))
        ),
        "wal_floor_bytes": rows.wal_bytes(
            lambda each: _write_plain(place.statements, each), list(islice(spare, LOOKS))
        ),
    }
    ground.say(f"WAL of one: {bytes_of}")
    return {**left, **bytes_of}


def _write_plain(statements: str, record_id: int) -> None:
    """What pgbench writes for a record, in one transaction, by plain statements."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statements.replace(":id", str(record_id)).replace("%", "%%"), [])


def _one_by_one(place: Place, ids: range) -> tuple[Cost, Cost]:
    floor = floors.pgbench(place.statements, first_id=ids[0], rounds=FLOOR_ROUNDS)
    mine = ids[FLOOR_ROUNDS:]
    client = _client(place)
    for record_id in mine[:WARM_UP]:
        client.call("POST", "/api/followups", _body(record_id))
    return floor, _told("over http", floor, _cost(place, client, mine[WARM_UP:], batch=1))


def _by_the_batch(place: Place, ids: range) -> tuple[Cost, Cost]:
    """The floor writes as many in one transaction."""
    rounds = FLOOR_ROUNDS // BATCH
    first = ids[0]
    text = _as_batch(place.statements, first, BATCH)
    whole = floors.pgbench(text, first_id=first, rounds=rounds)
    floor = Cost(whole.client_ns, whole.server_ns, rounds * BATCH)
    mine = ids[rounds * BATCH :]
    client = _client(place)
    _send(client, mine[:WARM_UP], batch=BATCH)
    return floor, _told("by the batch", floor, _cost(place, client, mine[WARM_UP:], batch=BATCH))


def _as_batch(statements: str, first: int, count: int) -> str:
    """The statements of as many records, of which the first batch begins at `first`."""
    return "".join(
        statements.replace(":id", f"((:id - {first}) * {count} + {first + number})")
        for number in range(count)
    )


def _cost(place: Place, client: serving.Client, ids: range, *, batch: int) -> Cost:
    before = place.server.cost()
    _send(client, ids, batch=batch)
    after = place.server.cost()
    return Cost(after.client_ns - before.client_ns, after.server_ns - before.server_ns, len(ids))


def _send(client: serving.Client, ids: Sequence[int], *, batch: int) -> None:
    if batch == 1:
        for record_id in ids:
            client.call("POST", "/api/followups", _body(record_id))
        return
    for start in range(0, len(ids), batch):
        items = [_body(record_id) for record_id in ids[start : start + batch]]
        told = client.call("POST", "/api/followups/sync", {"items": items})
        if {each["outcome"] for each in told["items"]} != {"saved"}:
            raise RuntimeError(f"not saved: {told}")


def _body(record_id: int) -> dict[str, Any]:
    now = timezone.now()
    return {
        "client_id": str(uuid.uuid4()),
        "kind": "call",
        "record": {"type": "deal", "id": record_id},
        "at": now.isoformat(),
        "device_now": now.isoformat(),
        "text": f"{TEXT}{''.join(chr(0x4E00 + each) for each in uuid.uuid4().bytes)}",
        "ticks": ["need", "next_step"],
        "next_at": (now + timedelta(days=3)).isoformat(),
        "via": "phone",
    }


def _floor_statements(record_id: int, viewer: User) -> str:
    """Record one, and give statements that write to another deal what it wrote."""

    def record(number: int) -> None:
        now = timezone.now()
        report = Report(
            client_id=uuid.uuid4(),
            kind="call",
            record_type="deal",
            record_id=number,
            at=now,
            text=f"{TEXT}{'需' * 16}",
            device_now=now,
            ticks=("need", "next_step"),
            next_at=now + timedelta(days=3),
            via="phone",
        )
        with transaction.atomic():
            actions.record_one(report, actor=actor_of_user(viewer))

    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM activity_entry")
        last = cursor.fetchone()[0]
    clocks = clock_writes.of_a_move(record_id, record)
    number = FollowUp.objects.values_list("pk", flat=True).get(record_id=record_id)
    rows = _copies("fieldwork_followup", "id = %s", number, {"client_id": "gen_random_uuid()"})
    entries = _copies("activity_entry", "id > %s", last, {})
    texts = [
        text.replace(f"'{record_id}'", ":id").replace(
            f'"followup_id": {number}', '"followup_id": 1'
        )
        for text in (*rows, *entries)
    ]
    return "\n".join([*texts, clocks])


def _copies(table: str, where: str, value: int, own: dict[str, str]) -> list[str]:
    """An INSERT for each row of a table with all its columns but the key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attname NOT IN ('id', 'xid') ORDER BY attnum",
            [table],
        )
        names = [row[0] for row in cursor.fetchall()]
        shown = ", ".join(f'"{name}"::text' for name in names)
        cursor.execute(f"SELECT {shown} FROM {table} WHERE {where} ORDER BY id", [value])
        rows = cursor.fetchall()
    return [
        f"INSERT INTO {table} ({', '.join(chr(34) + name + chr(34) for name in names)}) VALUES ("
        + ", ".join(own.get(name) or _literal(cell) for name, cell in zip(names, row, strict=True))
        + ");"
        for row in rows
    ]


def _literal(value: str | None) -> str:
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def _with_customers(deals: Sequence[int]) -> None:
    """Give the deals of a division customers, a hundred deals to each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH owner AS (SELECT owner_id, unit_id FROM records_record WHERE id = %s), made AS ("
            " INSERT INTO records_record (type, title, owner_id, unit_id, grams)"
            " SELECT 'customer', 'Customer ' || n, owner_id, unit_id, '{}'"
            " FROM owner, generate_series(1, %s) n RETURNING id, title, owner_id, unit_id"
            "), customer AS (INSERT INTO customers_customer"
            " (id, name, owner_id, unit_id, stage, is_opening, version, extra)"
            " SELECT id, title, owner_id, unit_id, '', false, 1, '{}' FROM made RETURNING id)"
            " SELECT array_agg(id) FROM customer",
            [deals[0], len(deals) // 100 + 1],
        )
        customers = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE deals_deal SET customer_id = (%s::bigint[])[1 + (id %% %s)::int]"
            " WHERE id BETWEEN %s AND %s",
            [customers, len(customers), deals[0], deals[-1]],
        )
        cursor.execute("ANALYZE deals_deal, records_record, customers_customer")


def _empty(place: Place) -> dict[str, float]:
    """What a request costs that does nothing, and one that asks who it is and counts a little."""
    client, found = _client(place), {}
    for name, path in (("empty_us", "/healthz"), ("signed_in_us", "/api/approvals/count")):
        costs = []
        for _ in range(REPETITIONS):
            before = place.server.cost()
            for _ in range(ROUNDS):
                client.call("GET", path)
            after = place.server.cost()
            spent = Cost(
                after.client_ns - before.client_ns, after.server_ns - before.server_ns, ROUNDS
            )
            costs.append(spent.each_us)
        found[name] = min(costs)
    ground.say(f"a request that does nothing: {found}")
    return found


def _beside_uploads(place: Place) -> dict[str, float]:
    """How long another request takes while photos are sent, one after another, and without."""
    photo = _photo()
    ground.say(f"a photo of {len(photo) / 2**20:.1f} MB")
    alone = _pings(place, stop=None, count=200)
    stop = threading.Event()
    sender = threading.Thread(target=_send_photos, args=(place, photo, stop))
    sender.start()
    beside = _pings(place, stop=stop, count=10_000)
    sender.join()
    p95, p95_alone = _p95(beside), _p95(alone)
    ground.say(
        f"another request beside uploads: median {statistics.median(beside):.1f}, p95 {p95:.1f} ms"
        f" of {len(beside)}; without: median {statistics.median(alone):.1f}, p95 {p95_alone:.1f} ms"
    )
    return {"others_p95_ms": round(p95, 1), "others_alone_p95_ms": round(p95_alone, 1)}


def _pings(place: Place, *, stop: threading.Event | None, count: int) -> list[float]:
    client, taken = _client(place), []
    for _ in range(count):
        if stop is not None and stop.is_set():
            break
        started = time.perf_counter()
        client.call("GET", "/api/followups/options")
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _send_photos(place: Place, photo: bytes, stop: threading.Event) -> None:
    client = _client(place)
    try:
        for _ in range(PHOTOS):
            fields = {"client_id": str(uuid.uuid4()), "kind": "photo"}
            client.send_file("/api/followups/uploads", photo, fields)
    finally:
        stop.set()


def _photo() -> bytes:
    """A JPEG of about five megabytes, as a phone makes it."""
    rng = numpy.random.default_rng(3)
    pixels = rng.normal(128, 40, (3000, 4000, 1)) + rng.normal(0, 12, (3000, 4000, 3))
    picture = Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8))
    for quality in range(90, 20, -5):
        sink = io.BytesIO()
        picture.save(sink, "JPEG", quality=quality)
        if sink.tell() <= PHOTO_MB * 2**20:
            break
    return sink.getvalue()


def _client(place: Place) -> serving.Client:
    client = serving.Client(place.server.port)
    client.sign_in(place.viewer.username, company.PASSWORD)
    return client


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


def _told(title: str, floor: Cost, found: Cost) -> Cost:
    ground.say(
        f"{title}: floor {floor.each_us} µs (client {floor.client_us}, server {floor.server_us}),"
        f" ours {found.each_us} µs (client {found.client_us}, server {found.server_us}),"
        f" ratio {floor.each_us / found.each_us:.3f}, {1e6 / found.each_us:.0f}/CPU s"
    )
    return found


def _summary(name: str, pairs: list[tuple[Cost, Cost]]) -> list[tuple[str, float]]:
    """The least that each side cost: what it costs when nothing else disturbs it."""
    floor, ours = (min(cost.each_us for cost in side) for side in zip(*pairs, strict=True))
    return [
        (f"{name}_ratio", round(floor / ours, 3)),
        (f"{name}_us", ours),
        (f"{name}_floor_us", floor),
        (f"{name}_per_cpu_s", round(1e6 / ours)),
    ]


if __name__ == "__main__":
    main()
