"""How lists, boards and record pages grow with the company: 1,000,000 deals against 10,000.

Each figure is the CPU time of the endpoint and of its PostgreSQL backend together, the lower
quartile of many requests. A growth is the worst over people who see everything, a division of 34
units, a region of 3, or one team; who sees only their own has too few rows in the smaller company
to fill a page, and is only told. docs/benches.md tells more.
"""

import sys
import time
from statistics import quantiles
from urllib.parse import urlencode

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from bench import company, cpu, ground, volumes
from bench.company import Company
from closeloop.identity.models import User
from closeloop.process import blueprints

SMALL, LARGE = 10_000, 1_000_000
REQUESTS = 25
WARM_UP = 5
PAGE = 50
DEEP = 200
SHARES = (22, 17, 12, 9, 6, 3, 2, 9, 20)
"""Of each stage of the standard deal process, in its order."""
SORTS = ("-id", "expected_close", "-last_activity_at")
Figures = dict[tuple[str, str], tuple[float, float]]
"""(what, viewer) -> microseconds at the smaller and at the larger size."""


def main() -> None:
    """Load both sizes side by side, and ask both in turns, so that they meet the same machine."""
    large = next((int(word) for word in sys.argv[1:] if word.isdigit()), LARGE)
    with ground.own_database("list"):
        made = company.found_company()
        _add(made, SMALL)
        with ground.copied_database() as other:
            with ground.at(other):
                _add(made, large - SMALL)
            figures = _measure(made, other)
    for (what, viewer), (small, big) in figures.items():
        ground.say(f"{what:24} {viewer:10} {small:9.0f} µs {big:9.0f} µs  {big / small:.2f}")
    named = ("page1", "page200", "kanban", "record")
    ground.report(
        {
            "bench": "list",
            **{f"growth_{what}": _worst(what, figures) for what in named},
            "growth_newest": _worst("sort -id", figures),
            "growth_unindexed_orders": max(
                _worst(f"sort {sort}", figures) for sort in SORTS if sort != "-id"
            ),
            "small": SMALL,
            "large": large,
            "measured": "CPU of the endpoint and its backend, lower quartile, worst scope",
        }
    )


def _add(made: Company, count: int) -> None:
    ground.say(f"adding {count} deals")
    version = blueprints.current_of("deal")
    assert version is not None
    keys = [stage.key for stage in version.stages]
    volumes.load_deals(
        made.owners,
        count=count,
        version_id=version.version_id,
        stages=dict(zip(keys, SHARES, strict=True)),
    )


def _worst(what: str, figures: Figures) -> float:
    return round(
        max(
            big / small
            for (name, viewer), (small, big) in figures.items()
            if name == what and viewer != "own"
        ),
        2,
    )


def _measure(made: Company, other: BaseDatabaseWrapper) -> Figures:
    figures: Figures = {}
    for viewer, user in made.viewers.items():
        small = _addresses(_signed_in(user))
        with ground.at(other):
            big = _addresses(_signed_in(user))
        for what in small:
            figures[what, viewer] = _costs(user, small[what], big[what], other)
    return figures


def _signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user)
    return client


def _addresses(client: Client) -> dict[str, list[str]]:
    """What is asked for, by name; pages of a record take another record each time."""
    first = _list(limit=PAGE)
    rows = client.get(first).json()["items"]
    return {
        "page1": [first],
        "page200": [_deep(client)],
        "kanban": ["/api/records/deal/board?limit=20"],
        "record": [f"/api/records/deal/{row['id']}" for row in rows],
        **{f"sort {sort}": [_list(limit=PAGE, sort=sort)] for sort in SORTS},
        "sort of a stage": [_list(limit=PAGE, stage="lost")],
    }


def _deep(client: Client) -> str:
    """The address of page 200, or of the last full page of somebody who sees fewer."""
    address = _list(limit=PAGE)
    for _ in range(DEEP - 1):
        page = client.get(address).json()
        if page["next_cursor"] is None:
            break
        following = _list(limit=PAGE, cursor=page["next_cursor"])
        if len(client.get(following).json()["items"]) < PAGE:
            break
        address = following
    return address


def _list(**parameters: object) -> str:
    return f"/api/records/deal?{urlencode(parameters)}"


def _costs(
    user: User, small: list[str], big: list[str], other: BaseDatabaseWrapper
) -> tuple[float, float]:
    at_small = _signed_in(user)
    with ground.at(other):
        at_big = _signed_in(user)
    costs: tuple[list[float], list[float]] = ([], [])
    for number in range(WARM_UP + REQUESTS):
        costs[0].append(_one(at_small, small[number % len(small)]))
        with ground.at(other):
            costs[1].append(_one(at_big, big[number % len(big)]))
    return _quiet(costs[0]), _quiet(costs[1])


def _quiet(costs: list[float]) -> float:
    """The lower quartile: what it costs when nothing else disturbs."""
    return quantiles(costs[WARM_UP:], n=4)[0]


def _one(client: Client, address: str) -> float:
    backend = connection.connection.info.backend_pid
    server_ns, own_ns = cpu.of_backend(backend), time.process_time_ns()
    answer = client.get(address)
    own_ns = time.process_time_ns() - own_ns
    assert answer.status_code == 200, answer.content
    return (own_ns + cpu.of_backend(backend) - server_ns) / 1000


if __name__ == "__main__":
    main()
