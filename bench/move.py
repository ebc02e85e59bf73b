"""What one move of a record costs, in process and over HTTP, against pgbench's same writes.

CPU time of the client's side and of PostgreSQL's backends together; reads, decisions, sessions and
answers count on our side only. docs/benches.md tells what each side holds.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from bench import clock_writes, company, cpu, floors, gates, ground, serving
from bench.floors import Cost
from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.edge import work
from closeloop.identity.models import User
from closeloop.identity.queries import actor_of_user

REPETITIONS = 6
FLOOR_ROUNDS = 2000
ROUNDS = 500
WARM_UP = 300
SAMPLE = 200
"""So many records of each side are looked at for whether both wrote the same clocks."""
WITH_CLOCKS = "--without-clocks" not in sys.argv
"""Whether the time policies of the standard pack follow each move, on our side and the floor's."""

_MOVE = """
UPDATE process_instance SET stage = 'agreed', entered_at = now(), moves = moves + 1,
    outcome_reason = '', waiting_reason = '', waiting_since = NULL WHERE record_id = :id;
UPDATE process_visit SET left_at = now() WHERE record_id = :id AND left_at IS NULL;
INSERT INTO process_visit (record_id, stage, kind, entered_at, entered_by_id, reason)
    VALUES (:id, 'agreed', 'forward', now(), {person}, '');
UPDATE deals_deal SET stage = 'agreed', stage_entered_at = now(), version = version + 1,
    updated_at = now(), last_activity_at = now() WHERE id = :id;
INSERT INTO activity_entry (at, verb, actor_id, actor_kind, record_id, record_type, unit_id, data)
    VALUES (now(), 'deal.stage_entered', {person}, 'person', :id, 'deal', {unit}, '{data}');
"""
_ANSWER = """
INSERT INTO edge_keptanswer (asker, key, fingerprint, status, content_type, etag, body)
    VALUES ('user:{person}', 'floor-' || :id, '{fingerprint}', 200,
        'application/json; charset=utf-8', '"2"', '\\x{body}');
"""
_CONTENTS = (
    "one pipelined, prepared transaction: instance, closed visit, new visit, record row with its "
    "tally trigger, activity entry, clocks as a move leaves them; over HTTP also the kept answer, "
    "as long as ours"
)


@dataclass(frozen=True)
class Way:
    """How moves are made, by as many clients at once on our side as on the floor's."""

    title: str
    is_http: bool
    clients: int = 1


WAYS = {
    "in_process": Way("in process", is_http=False),
    "http": Way("over http", is_http=True),
    "http_by_two": Way("over http, two clients", is_http=True, clients=2),
}


@dataclass(frozen=True)
class Place:
    """Where moves are made: by whom, at which server, over which company."""

    viewer: User
    unit_id: int
    server: serving.Server
    clocks: str = ""
    """What the floor writes to clocks."""
    answer_bytes: int = 0
    """How long the answer is that the floor keeps."""


def main() -> None:
    """Measure floor and product in turns, so that both meet the same machine."""
    with ground.own_database("move"):
        made = company.found_company()
        if not WITH_CLOCKS:
            gates.retire_policies()
        each = FLOOR_ROUNDS + WARM_UP + ROUNDS
        count = len(WAYS) * REPETITIONS * each
        deals = gates.ready_deals(made.owners_in_division, count=count + 2, with_clocks=WITH_CLOCKS)
        ids, spare, sent = deals[:count], deals[count], deals[count + 1]
        connection.ensure_connection()
        clocks = clock_writes.of_a_move(spare, _mover(made.viewers["division"]))
        ground.say(f"a move writes to clocks:\n{clocks}")
        with serving.web_server() as server:
            viewer = made.viewers["division"]
            answer_bytes = _length_of_answer(server, viewer, sent)
            place = Place(viewer, made.owners[0][1], server, clocks, answer_bytes)
            chunks = [ids[start : start + each] for start in range(0, len(ids), each)]
            found = {
                name: [_compare(place, chunk, way) for chunk in chunks[number :: len(WAYS)]]
                for number, (name, way) in enumerate(WAYS.items())
            }
    ground.report(
        {
            "bench": "move",
            **{key: value for name, pairs in found.items() for key, value in _summary(name, pairs)},
            "rounds": REPETITIONS * ROUNDS,
            "with_clocks": WITH_CLOCKS,
            "floor": _CONTENTS,
        }
    )


def _compare(place: Place, ids: range, way: Way) -> tuple[Cost, Cost]:
    floor = floors.pgbench(
        _statements(place, with_answer=way.is_http),
        first_id=ids[0],
        rounds=FLOOR_ROUNDS,
        clients=way.clients,
    )
    mine = ids[FLOOR_ROUNDS:]
    found = _over_http(place, mine, way.clients) if way.is_http else _in_process(place, mine)
    clock_writes.require_same(ids[:SAMPLE], ids[-SAMPLE:])
    ground.say(
        f"{way.title}: floor {floor.each_us} µs (client {floor.client_us}, "
        f"server {floor.server_us}), ours {found.each_us} µs (client {found.client_us}, "
        f"server {found.server_us}), ratio {floor.each_us / found.each_us:.3f}"
    )
    return floor, found


def _summary(name: str, pairs: list[tuple[Cost, Cost]]) -> list[tuple[str, float]]:
    """The least that each side cost: what it costs when nothing else disturbs it."""
    floor, ours = (min(cost.each_us for cost in side) for side in zip(*pairs, strict=True))
    return [
        (f"{name}_ratio", round(floor / ours, 3)),
        (f"{name}_us", ours),
        (f"{name}_floor_us", floor),
    ]


def _statements(place: Place, *, with_answer: bool) -> str:
    data = {
        "from": "talking", "to": "agreed", "kind": "forward", "via": "api", "version": 2,
        "reason": None, "outcome_reason": None, "stayed_s": 2000000,
    }  # fmt: skip
    text = _MOVE + (_ANSWER if with_answer else "")
    return (
        text.format(
            person=place.viewer.pk,
            unit=place.unit_id,
            data=json.dumps(data),
            fingerprint="0" * 64,
            body="61" * place.answer_bytes,
        )
        + f"{place.clocks}\n"
    )


def _length_of_answer(server: serving.Server, viewer: User, record_id: int) -> int:
    """Bytes of the answer to one move, as it was kept."""
    client = serving.Client(server.port)
    client.sign_in(viewer.username, company.PASSWORD)
    _requests([client], range(record_id, record_id + 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT octet_length(body) FROM edge_keptanswer ORDER BY id DESC LIMIT 1")
        length: int = cursor.fetchone()[0]
    ground.say(f"an answer to a move is {length} bytes long")
    return length


def _in_process(place: Place, ids: range) -> Cost:
    """Each move by the desk's action in its own transaction; this process is the client."""
    move = _mover(place.viewer)
    for record_id in ids[:WARM_UP]:
        move(record_id)
    backend = connection.connection.info.backend_pid
    server_ns, client_ns = cpu.of_backend(backend), time.process_time_ns()
    for record_id in ids[WARM_UP:]:
        move(record_id)
    return Cost(
        client_ns=time.process_time_ns() - client_ns,
        server_ns=cpu.of_backend(backend) - server_ns,
        rounds=len(ids) - WARM_UP,
    )


def _mover(viewer: User) -> Callable[[int], None]:
    actor = actor_of_user(viewer)
    ask = MoveAsk(to_stage=gates.TO)

    def move(record_id: int) -> None:
        work.perform(lambda: desk.move_record("deal", record_id, ask, actor=actor))

    return move


def _over_http(place: Place, ids: range, count: int) -> Cost:
    """Each move by one request; the web server's processes are the client of the database."""
    clients = [serving.Client(place.server.port) for _ in range(count)]
    for client in clients:
        client.sign_in(place.viewer.username, company.PASSWORD)
    _requests(clients, ids[:WARM_UP])
    before = place.server.cost()
    _requests(clients, ids[WARM_UP:])
    after = place.server.cost()
    return Cost(
        client_ns=after.client_ns - before.client_ns,
        server_ns=after.server_ns - before.server_ns,
        rounds=len(ids) - WARM_UP,
    )


def _requests(clients: list[serving.Client], ids: range) -> None:
    def work_off(client: serving.Client, mine: range) -> None:
        for record_id in mine:
            client.call("POST", f"/api/records/deal/{record_id}/move", {"to_stage": gates.TO})

    threads = [
        threading.Thread(target=work_off, args=(client, ids[number :: len(clients)]))
        for number, client in enumerate(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
