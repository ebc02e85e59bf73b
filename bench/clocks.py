"""How fast due clocks fire among a million that run and take effect, how late, what idling costs.

The engine's path moves the clocks on and notes a firing each; the floor is a bare UPDATE of the
same rows with SKIP LOCKED, in the same batches, in turns. docs/benches.md tells what is measured.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from bench import cpu, ground
from closeloop.config.settings import env
from closeloop.edge import revisions
from closeloop.identity.actions import NewUser
from closeloop.identity.actor import SYSTEM
from closeloop.org import actions as org
from closeloop.org.actions import PositionGiven
from closeloop.sla import actions as sla
from closeloop.sla.models import Firing, PolicyVersion

CLOCKS = 1_000_000
RECORDS = 100_000
DUE = 50_000
TURNS = 6
EFFECTS = 10_000
IDLE_SWEEPS = 200
RATE, SECONDS = 50, 20
POLICY = {
    "key": "bench",
    "name": {"zh-CN": "测量", "en-US": "Bench"},
    "about": "task",
    "owner": "data:owner_id",
    "opens": [{"verb": "task.created"}],
    "closes": [{"verb": "task.done"}],
    "target": {"hours": 8},
    "steps": [
        {"key": "first", "after": {"hours": 4}, "to": ["owner"], "channels": ["in_app"]},
        {"key": "second", "after": {"hours": 8}, "to": ["owner"], "red": True},
        {"key": "third", "overdue": {"hours": 8}, "to": ["owner"]},
    ],
}
_RECORDS = """
    INSERT INTO records_record (type, title, owner_id, unit_id, grams)
    SELECT 'deal', 'bench ' || n, %s, %s, '{{}}' FROM generate_series(1, {count}) n
"""
_CLOCKS = """
    INSERT INTO sla_clock (version_id, policy_id, record_id, record_type, about_kind, about_id,
        about_key, owner_id, unit_id, state, target_s, started_at, running_since, due_at,
        elapsed_natural_s, elapsed_working_s, paused_reason, paused_stage, pauses, round, step,
        plan, schedule, next_at, opened_at, opened_by_verb, context, closed_by_verb)
    SELECT %(version)s, %(policy)s, (SELECT min(id) FROM records_record) + n %% {records}, 'deal',
        'record', NULL, 'stage' || n, %(owner)s, %(unit)s, 'running', 28800, start, start,
        start + interval '8 hours', 0, 0, '', '', 0, 0, 0, '{{0,1,2}}',
        ARRAY[start + interval '4 hours', start + interval '8 hours', start + interval '16 hours'],
        start + interval '4 hours', start, 'task.created', '{{"owner_id": 1}}', ''
    FROM generate_series(1, {clocks}) n,
        LATERAL (SELECT now() + make_interval(secs => n %% 864000) AS start)
"""
_FALL_DUE = """
    UPDATE sla_clock SET step = 0, next_at = now() - make_interval(secs => id %% 60)
    WHERE id %% {every} = %s
"""
_FLOOR = """
    UPDATE sla_clock c SET next_at = c.schedule[c.step + 2]
    FROM (SELECT id FROM sla_clock WHERE next_at <= now() ORDER BY next_at LIMIT {at_once}
          FOR NO KEY UPDATE SKIP LOCKED) due
    WHERE c.id = due.id
"""
_SPREAD = """
    UPDATE sla_clock SET step = 0, schedule[1] = due.at, next_at = due.at
    FROM (SELECT (SELECT min(id) FROM sla_clock) + n AS id,
              now() + make_interval(secs => 2 + n::float / {rate}) AS at
          FROM generate_series(1, {count}) n) due
    WHERE sla_clock.id = due.id
"""


def main() -> None:
    """Load, measure, report."""
    with ground.own_database("clocks") as address:
        _load()
        fired, floor = _turns()
        effects = _effects()
        idle_ms = _idle()
        fired_ms, done_ms = _late(address)
    ground.report(
        {
            "bench": "clocks",
            "floor_ratio": round(_least_cpu(floor) / _least_cpu(fired), 3),
            "fired_per_s": round(DUE / min(took.wall_s for took in fired)),
            "fired_per_cpu_s": round(DUE / _least_cpu(fired)),
            "floor_per_s": round(DUE / min(took.wall_s for took in floor)),
            "floor_per_cpu_s": round(DUE / _least_cpu(floor)),
            "effects_per_s": round(EFFECTS / effects.wall_s),
            "effects_per_cpu_s": round(EFFECTS / effects.cpu_s),
            "late_p95_ms": round(fired_ms),
            "late_limit_ms": round(env.SWEEP_EVERY_S * 1000 + 50),
            "effect_late_p95_ms": round(done_ms),
            "idle_ms": round(idle_ms, 2),
            "clocks": CLOCKS,
            "due_at_once": DUE,
        }
    )


def _load() -> None:
    ground.say(f"loading {CLOCKS:,} running clocks")
    with transaction.atomic():
        unit = org.create_unit(name="Bench", parent_id=None, actor=SYSTEM)
        role = org.install_roles()["salesperson"]
        owner = org.create_user(
            NewUser(username="bench", name="Bench"),
            positions=[PositionGiven(unit_id=unit.pk, role_id=role.pk, is_primary=True)],
            actor=SYSTEM,
        )
        version: PolicyVersion = sla.publish(POLICY, actor=SYSTEM)
    revisions.refresh()
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS.format(count=RECORDS), [owner.pk, unit.pk])
        cursor.execute(
            _CLOCKS.format(clocks=CLOCKS, records=RECORDS),
            {
                "version": version.pk,
                "policy": version.policy_id,
                "owner": owner.pk,
                "unit": unit.pk,
            },
        )
        cursor.execute("VACUUM ANALYZE sla_clock")


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of CPU: this process and its backend together."""

    wall_s: float
    cpu_s: float


def _least_cpu(took: list[Took]) -> float:
    return min(each.cpu_s for each in took)


def _turns() -> tuple[list[Took], list[Took]]:
    """What 50,000 due at once take: by the engine's path, and by the bare floor, in turns."""
    fired: list[Took] = []
    floor: list[Took] = []
    for turn in range(TURNS):
        floor.append(_timed(2 * turn, _floor_all))
        fired.append(_timed(2 * turn + 1, _fire_all))
        ground.say(
            f"fired {DUE / fired[-1].wall_s:,.0f}/s ({DUE / fired[-1].cpu_s:,.0f}/CPU s), "
            f"floor {DUE / floor[-1].wall_s:,.0f}/s ({DUE / floor[-1].cpu_s:,.0f}/CPU s)"
        )
    return fired, floor


def _effects() -> Took:
    """What it takes until the people of 10,000 fired steps are told, each at another record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sla_firing SET state = 'done', done_at = now()"
            " WHERE id <= (SELECT max(id) FROM sla_firing) - %s",
            [EFFECTS],
        )
        cursor.execute("VACUUM ANALYZE sla_firing")
    took = _measured(EFFECTS, _carry_out_all)
    ground.say(f"effects {EFFECTS / took.wall_s:,.0f}/s ({EFFECTS / took.cpu_s:,.0f}/CPU s)")
    return took


def _carry_out_all() -> int:
    count = done = sla.carry_out_pending()
    while done:
        done = sla.carry_out_pending()
        count += done
    return count


def _timed(which: int, work: Callable[[], int]) -> Took:
    every = CLOCKS // DUE
    with connection.cursor() as cursor:
        cursor.execute(_FALL_DUE.format(every=every), [which % every])
        cursor.execute("VACUUM sla_clock")
        cursor.execute("CHECKPOINT")
    return _measured(DUE, work)


def _measured(wanted: int, work: Callable[[], int]) -> Took:
    backend = connection.connection.info.backend_pid
    began, used = time.perf_counter(), cpu.of_backend(backend) + time.process_time_ns()
    count = work()
    used = cpu.of_backend(backend) + time.process_time_ns() - used
    took = Took(time.perf_counter() - began, used / 1e9)
    if count != wanted:
        raise RuntimeError(f"{count} instead of {wanted}")
    return took


def _fire_all() -> int:
    count = taken = sla.fire_due()
    while taken:
        taken = sla.fire_due()
        count += taken
    return count


def _floor_all() -> int:
    count, statement = 0, _FLOOR.format(at_once=sla.AT_ONCE)
    with connection.cursor() as cursor:
        while True:
            cursor.execute(statement)
            if not cursor.rowcount:
                return count
            count += cursor.rowcount


def _idle() -> float:
    """Milliseconds of a sweep that finds nothing: the median."""
    took = []
    for _ in range(IDLE_SWEEPS):
        began = time.perf_counter()
        sla.sweep()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def _late(address: str) -> tuple[float, float]:
    """How late steps fire and take effect at 50 a second, by a sweeper: 95th percentiles."""
    count = RATE * SECONDS
    Firing.objects.all().delete()
    with _sweeper(address), connection.cursor() as cursor:
        time.sleep(3)
        cursor.execute(_SPREAD.format(rate=RATE, count=count))
        deadline = time.monotonic() + SECONDS + 60
        while Firing.objects.filter(state="done").count() < count:
            if time.monotonic() > deadline:
                raise RuntimeError("the sweeper did not keep up")
            time.sleep(1)
    rows = Firing.objects.values_list("due_at", "fired_at", "done_at")
    fired = [(fired_at - due_at).total_seconds() * 1000 for due_at, fired_at, _ in rows]
    done = [(done_at - due_at).total_seconds() * 1000 for due_at, _, done_at in rows if done_at]
    return _p95(fired), _p95(done)


@contextmanager
def _sweeper(address: str) -> Iterator[None]:
    """A sweeper as the product starts it."""
    environment = {**os.environ, "DATABASE_URL": address}
    words = [sys.executable, "-m", "closeloop.config.sweeper"]
    process = subprocess.Popen(words, env=environment, stdout=sys.stderr)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18]


if __name__ == "__main__":
    main()
