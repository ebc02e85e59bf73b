"""Taking what is due: one statement moves clocks on and notes what fired, whoever else sweeps.

Each batch takes the earliest due clocks that nobody else holds. What follows from a firing is done
apart (`effects`), in a transaction of its own, so that a sweep never waits for it.
"""

from dataclasses import dataclass
from datetime import datetime

from closeloop.edge import statements
from closeloop.sla.actions import effects

AT_ONCE = 5000

_SWEEP = """
    WITH due AS MATERIALIZED (
        SELECT id, next_at FROM sla_clock
        WHERE next_at <= coalesce(%(now)s::timestamptz, now())
        ORDER BY next_at LIMIT %(at_most)s FOR NO KEY UPDATE SKIP LOCKED
    ), advanced AS (
        UPDATE sla_clock c SET
            step = CASE WHEN c.state = 'running' THEN c.step + 1 ELSE c.step END,
            next_at = CASE WHEN c.state = 'running' THEN c.schedule[c.step + 2] END
        FROM due WHERE c.id = due.id
        RETURNING c.id, due.next_at, c.round,
            CASE WHEN c.state = 'running' THEN c.plan[c.step] ELSE -c.pauses END AS item
    ), fired AS (
        INSERT INTO sla_firing (clock_id, step, round, due_at, fired_at)
        SELECT id, item, round, next_at, coalesce(%(now)s::timestamptz, clock_timestamp())
        FROM advanced
    )
    SELECT count(*), (SELECT extract(epoch FROM min(next_at) - now())::float FROM sla_clock)
    FROM due
"""


@dataclass(frozen=True)
class Swept:
    """How many steps fired, and how many firings have taken effect."""

    fired: int
    effects: int = 0
    wait_s: float | None = None
    """How long until the next clock is due, as far as is known; None: none is."""

    @property
    def is_busy(self) -> bool:
        """Whether there was something to do, so that more may have fallen due meanwhile."""
        return self.fired + self.effects > 0


def fire_due(now: datetime | None = None, *, at_most: int = AT_ONCE) -> int:
    """Move the clocks that are due by now, at most so many; gives how many there were.

    `now` is told only in simulated time; else the database's clock counts.
    """
    return _fire(now, at_most)[0]


def _fire(now: datetime | None, at_most: int) -> tuple[int, float | None]:
    """How many fired; and, where none did, in how many seconds the next one is due."""
    row = statements.row(_SWEEP, {"now": now, "at_most": at_most})
    return (int(row[0]), row[1]) if row else (0, None)


def sweep(now: datetime | None = None, *, at_most: int = AT_ONCE) -> Swept:
    """Fire everything that is due, batch after batch, and let it take effect in order of due time.

    After an outage all steps of a clock fire in their order, each saying how late it is.
    """
    fired, (taken, wait_s) = 0, _fire(now, at_most)
    while taken:
        fired += taken
        taken, wait_s = _fire(now, at_most)

    def meanwhile() -> None:
        nonlocal fired
        fired += fire_due(now, at_most=at_most)

    done = carried = effects.carry_out_pending(now, meanwhile=meanwhile)
    while carried:
        carried = effects.carry_out_pending(now, meanwhile=meanwhile)
        done += carried
    return Swept(fired=fired, effects=done, wait_s=wait_s)
