"""What figures cost: 10,000,000 entries of 2,000 people in 500 units, against 1,000,000.

The history grows as a company's does: the same people work ten times as long. Each metric is read
as boards ask it: over four weeks beside the four before, by unit, by day, by unit and day, by
person, and so is every panel of every board; by everybody, a regional manager, a team's, a
salesperson. A figure is the CPU time of Python and of its PostgreSQL backend together. `--short` is
a twentieth. docs/benches.md tells more.
"""

import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from statistics import quantiles

from django.db import connection, transaction
from django.utils import timezone

from bench import cpu, figure_approvals, figure_boards, figure_records, figure_volumes, ground
from closeloop.edge import revisions, statements
from closeloop.identity.actions import NewUser
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.identity.queries import actor_of_user
from closeloop.metrics import actions, counting, definitions, standing
from closeloop.metrics.periods import Compare, Period
from closeloop.metrics.queries import Asked, Behind, figures, things
from closeloop.org import actions as org
from closeloop.org.actions import PositionGiven
from closeloop.org.models import Role

REGIONS, UNITS, PEOPLE = 10, 500, 2000
ENTRIES, SHORT, SMALL = 10_000_000, 20, 10
WEEKS = timedelta(days=27)
ROUNDS = 3
KEPT_UP = 10_000
SHOWN = 5
SHAPES = (("unit",), ("day",), ("unit", "day"), ("person",), ("kind",))
LIMITS = {"top_p95_ms": 100, "scope_p95_ms": 30, "upkeep_ms_per_1000": 60, "growth": 1.3}
Viewers = dict[str, Actor]
Costs = dict[str, float]


def main() -> None:
    """Load a tenth and measure, load the rest and measure again, then keep up with what happens."""
    part = SHORT if "--short" in sys.argv else 1
    many, few = ENTRIES // part, ENTRIES // part // SMALL
    days = ENTRIES / figure_volumes.A_DAY
    with ground.own_database("figures"):
        owners, viewers = _found(UNITS // part, PEOPLE // part)
        _load(owners, few, days=days / SMALL, until_days=0)
        before = {name: _costs(actor) for name, actor in viewers.items()}
        rate = _load(owners, many - few, days=days * (1 - 1 / SMALL), until_days=days / SMALL)
        after = {name: _costs(actor) for name, actor in viewers.items()}
        opened = max(_p95(_opened(actor)) for actor in viewers.values())
        raw = _raw_ms()
        kept = _upkeep(owners)
    for name, costs in after.items():
        ground.say(f"{name:8} p95 {_p95(before[name]):8.1f} ms at {few}, {_p95(costs):8.1f} ms")
        for what in sorted(costs, key=lambda each: -costs[each])[:SHOWN]:
            ground.say(f"    {what:40} {before[name][what]:8.1f} ms {costs[what]:8.1f} ms")
    result = {
        "top_p95_ms": _p95(after["top"]),
        "scope_p95_ms": max(_p95(costs) for name, costs in after.items() if name != "top"),
        "upkeep_ms_per_1000": kept,
        "growth": round(
            max(sum(after[name].values()) / sum(before[name].values()) for name in viewers), 2
        ),
    }
    ground.report(
        {
            "bench": "figures", **result, "entries": many, "rebuilt_per_s": rate,
            "opened_p95_ms": opened, **raw,
            "measured": "CPU of Python and its backend; upkeep with clocks and follow-ups",
            "missed": [key for key, limit in LIMITS.items() if result[key] > limit],
        }
    )  # fmt: skip


def _found(units: int, people: int) -> tuple[figure_volumes.Owners, Viewers]:
    """The company's tree, whoever works where, and one who looks from each height."""
    role = {each.key: each.pk for each in Role.objects.all()}
    with transaction.atomic():
        top = _unit("总部", None)
        regions = [_unit(f"{number}区", top) for number in range(min(REGIONS, units // 4))]
        teams = [
            _unit(f"{number}组", regions[number % len(regions)])
            for number in range(units - len(regions) - 1)
        ]
        viewers = {
            "top": _person("top", role["sales_ops"], top),
            "region": _person("region", role["manager"], regions[0]),
            "team": _person("team", role["manager"], teams[0]),
            "own": _person("own", role["salesperson"], teams[0]),
        }
    own = viewers["own"].user_id or 0
    owners = [(own, teams[0])]
    owners += [(own + number, teams[number % len(teams)]) for number in range(1, people)]
    revisions.remember(None)
    return owners, viewers


def _unit(name: str, parent: int | None) -> int:
    return org.create_unit(name=name, parent_id=parent, head_id=None, actor=SYSTEM).pk


def _person(username: str, role: int, unit: int) -> Actor:
    user = org.create_user(
        NewUser(username=username, name=username),
        password=None,
        positions=[PositionGiven(unit_id=unit, role_id=role, is_primary=True)],
        actor=SYSTEM,
    )
    return actor_of_user(user)


def _load(owners: figure_volumes.Owners, count: int, *, days: float, until_days: float) -> int:
    """Add history and count all of it from scratch; gives how many entries a second that read."""
    ground.say(f"adding {count} entries")
    figure_volumes.load(owners, count=count, days=days, until_days=until_days)
    deals = figure_records.load(owners, entries=count, days=days, until_days=until_days)
    figure_approvals.load(owners, deals)
    began = time.perf_counter()
    made = actions.rebuild()
    rate = int(made.entries / (time.perf_counter() - began))
    ground.say(f"rebuilt from {made.entries} entries, {rate} a second")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return rate


def _period() -> Period:
    until: date = timezone.localdate()
    return Period(until - WEEKS, until)


def _costs(actor: Actor) -> Costs:
    """Milliseconds of every metric in every shape that it has, and of every panel of a board."""
    period, book = _period(), definitions.book()
    panels = figure_boards.readings(actor, period)
    found = {f"on {name}": _quiet(read) for name, read in panels}
    for key, held in book.metrics.items():
        for by in SHAPES:
            if "day" in by and book.is_now(held.metric):
                continue
            compare: Compare | None = None if "day" in by else "previous"
            asked = Asked(key, period, by=by, compare=compare)
            found[f"{key} by {', '.join(by)}"] = _quiet(partial(figures, asked, actor=actor))
    return found


def _opened(actor: Actor) -> Costs:
    """Milliseconds of the first page of what is behind every metric."""
    period, found = _period(), {}
    for key in definitions.book().metrics:
        asked = Behind(key, period, "all")
        found[key] = _quiet(partial(things, asked, cursor=None, limit=50, actor=actor))
    return found


def _quiet(read: Callable[[], object]) -> float:
    """The best of some rounds; it is what the reading itself costs."""
    return min(_cost(read) for _ in range(ROUNDS))


def _cost(do: Callable[[], object]) -> float:
    backend = connection.connection.info.backend_pid
    server_ns, own_ns = cpu.of_backend(backend), time.process_time_ns()
    do()
    own_ns = time.process_time_ns() - own_ns
    return (own_ns + cpu.of_backend(backend) - server_ns) / 1e6


def _p95(costs: Costs) -> float:
    return round(quantiles(costs.values(), n=20)[-1], 1)


def _raw_ms() -> dict[str, float]:
    """The same counts of four weeks from raw entries: moves forward by unit, all of them."""
    build = standing.live()
    assert build is not None
    wanted = {
        pk: each
        for pk, each in standing.measures_of(build.pk).items()
        if each.key == "deals_forward"
    }
    source = "(SELECT x.*, 1 AS sign FROM activity_entry x WHERE x.at >= %s AND x.at < now())"
    sql, values = counting.contributions(wanted, source=source, zone=build.zone)
    since = timezone.now() - WEEKS
    place = sql[: sql.index(source)].count("%s")
    values = [*values[:place], since, *values[place:]]
    statement = f"SELECT unit_id, sum(n) FROM ({sql}) counted GROUP BY 1"
    asked = Asked("moves_forward", _period(), by=("unit",))
    top = SYSTEM
    return {
        "raw_ms": round(_quiet(lambda: statements.rows(statement, values)), 1),
        "counted_ms": round(_quiet(lambda: figures(asked, actor=top)), 1),
    }


def _upkeep(owners: figure_volumes.Owners) -> float:
    """CPU milliseconds of reading 1,000 entries, with what they change of clocks and follow-ups."""
    build = standing.live()
    assert build is not None
    while actions.catch_up(build.pk):
        pass
    figure_volumes.happen(owners, count=KEPT_UP)
    spent, read, until = 0.0, 0, time.monotonic() + 60
    while read < KEPT_UP and time.monotonic() < until:
        cost = _cost(partial(_keep_up, build.pk, counted := list[int]()))
        if sum(counted):
            spent, read = spent + cost, read + sum(counted)
        else:
            time.sleep(0.2)
    ground.say(f"kept up with {read} entries")
    return round(spent / max(read, 1) * 1000, 1)


def _keep_up(build_id: int, counted: list[int]) -> None:
    counted.append(actions.catch_up(build_id))


if __name__ == "__main__":
    main()
