"""One round: clocks fall due, people answer, and something is killed in the middle."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import TypeVar

from django.db import OperationalError, close_old_connections, connection, transaction
from django.db.utils import InterfaceError
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.approvals import actions as approvals
from closeloop.approvals.actions import NewCase
from closeloop.edge import revisions
from closeloop.identity.actor import SYSTEM
from tests.builders.people import actor_of
from tests.chaos.clients import Answers, Deciders
from tests.chaos.world import ENDED, FLOW, OPENED, World
from tests.platform.product import Product

CLOCKS = 2000
OUTWARD = {"mail": 100, "sms": 50, "wecom": 50}
"""How many of a round's clocks go out by each channel too."""
ENDED_EARLY = 200
CASES = 24
SPREAD_S = 3.0
PATIENCE_S = 120
VICTIMS = ("sweeper", "worker", "web", "postgres")
_numbers = count(1)
Found = TypeVar("Found")


@dataclass
class Round:
    """What was killed and what was answered; `unfinished` were the clocks and steps to come."""

    victim: str
    unfinished: int = 0
    answers: Answers = field(default_factory=Answers)


def play(number: int, product: Product, world: World, chance: random.Random) -> Round:
    """Let one round happen, and wait until nothing of it is left to be done."""
    revisions.remember(None)
    asked = list(_open_cases(world, chance))
    begun = _begin_clocks(world, chance)
    played = Round(chance.choice(VICTIMS))
    killer = threading.Timer(chance.uniform(0, SPREAD_S), _kill, args=[product, played])
    killer.start()
    deciders = Deciders(f"http://127.0.0.1:{product.port}", dict(world.secrets), asked)
    _insist(lambda: _end_some(begun, chance))
    played.answers = deciders.wait()
    killer.join()
    product.call("wait")
    _settle(number)
    return played


def _kill(product: Product, played: Round) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM sla_clock WHERE next_at IS NOT NULL)"
            " + (SELECT count(*) FROM sla_firing WHERE state = 'pending')"
        )
        played.unfinished = cursor.fetchone()[0]
    connection.close()
    product.kill(played.victim)


def _open_cases(world: World, chance: random.Random) -> Iterator[tuple[int, int]]:
    for _ in range(CASES):
        chosen = chance.sample(world.deciders, 2)
        with transaction.atomic():
            case = approvals.open_case(
                NewCase(
                    flow_key=FLOW,
                    title="演练",
                    chosen={"decide": [person.pk for person in chosen]},
                ),
                actor=actor_of(world.requester),
            )
        for person in chosen:
            yield case.pk, person.pk


@transaction.atomic
def _begin_clocks(world: World, chance: random.Random) -> list[dict[str, object]]:
    """Clocks that began an hour ago, so that they fall due within the next seconds."""
    began = timezone.now() - timedelta(hours=1)
    channels = [channel for channel, number in OUTWARD.items() for _ in range(number)]
    channels += ["in_app"] * (CLOCKS - len(channels))
    given = [
        {
            "task_id": next(_numbers),
            "channel": channel,
            "person_id": chance.choice(world.owners).pk,
        }
        for channel in channels
    ]
    activity.record_all(
        [
            Happening(
                verb=OPENED, data=data, at=began + timedelta(seconds=chance.uniform(0.2, SPREAD_S))
            )
            for data in given
        ],
        actor=SYSTEM,
    )
    return given


def _end_some(begun: list[dict[str, object]], chance: random.Random) -> None:
    with transaction.atomic():
        activity.record_all(
            [Happening(verb=ENDED, data=data) for data in chance.sample(begun, ENDED_EARLY)],
            actor=SYSTEM,
        )


def _settle(number: int) -> None:
    """Wait until no clock is due, no step is pending, no case waits."""
    deadline = time.monotonic() + PATIENCE_S
    left: tuple[int, ...] = (1,)
    while any(left):
        if time.monotonic() > deadline:
            raise TimeoutError(f"round {number}: still to do (due, pending, cases): {left}")
        time.sleep(0.2)
        left = _insist(_left)


def _left() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM sla_clock WHERE next_at <= now()),"
            " (SELECT count(*) FROM sla_firing WHERE state = 'pending'),"
            " (SELECT count(*) FROM approvals_case WHERE state = 'running')"
        )
        found: tuple[int, ...] = cursor.fetchone()
    return found


def _insist(what: Callable[[], Found]) -> Found:
    """Do it again until the database is there."""
    while True:
        try:
            return what()
        except (OperationalError, InterfaceError):
            close_old_connections()
            connection.close()
            time.sleep(0.2)
