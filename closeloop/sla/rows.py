"""A clock's row as a life of the engine, and a life as columns."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from closeloop.engine.sla import Elapsed, Life, State
from closeloop.sla import calendars
from closeloop.sla.calendars import Held
from closeloop.sla.policies import Live

LIFE_COLUMNS: Mapping[str, str] = {
    "state": "text",
    "target_s": "double precision",
    "started_at": "timestamptz",
    "due_at": "timestamptz",
    "running_since": "timestamptz",
    "elapsed_natural_s": "double precision",
    "elapsed_working_s": "double precision",
    "paused_reason": "text",
    "paused_since": "timestamptz",
    "pauses": "int",
    "round": "int",
    "step": "smallint",
    "schedule": "timestamptz[]",
    "plan": "smallint[]",
    "next_at": "timestamptz",
    "red_since": "timestamptz",
    "breached_at": "timestamptz",
    "closed_at": "timestamptz",
}
"""The columns that are a clock's life, with their SQL types."""
_STATES = {state.value: state for state in State}


def life_of(live: Live, columns: Mapping[str, Any]) -> Life:
    """The life in a row's columns."""
    return life_from(live, [columns[column] for column in LIFE_COLUMNS])


def life_from(live: Live, values: Sequence[Any]) -> Life:
    """The life in the values of LIFE_COLUMNS, in their order."""
    (
        state, target_s, started_at, due_at, running_since, natural_s, working_s, paused_reason,
        paused_since, pauses, rounds, step, schedule, plan, next_at, red_since, breached_at,
        closed_at,
    ) = values  # fmt: skip
    return Life(
        live.policy,
        target_s,
        started_at,
        _STATES[state],
        running_since,
        Elapsed(natural_s, working_s),
        due_at,
        [*schedule],
        [*plan],
        step,
        rounds,
        next_at,
        paused_since,
        paused_reason,
        pauses,
        red_since,
        breached_at,
        closed_at,
    )


def columns_of(life: Life) -> dict[str, Any]:
    """A life as columns."""
    return {
        "state": life.state.value,
        "target_s": life.target_s,
        "started_at": life.started_at,
        "due_at": life.due_at,
        "running_since": life.running_since,
        "elapsed_natural_s": life.elapsed.natural_s,
        "elapsed_working_s": life.elapsed.working_s,
        "paused_reason": life.paused_reason,
        "paused_since": life.paused_since,
        "pauses": life.pauses,
        "round": life.round,
        "step": life.step,
        "schedule": life.schedule,
        "plan": life.plan,
        "next_at": life.next_at,
        "red_since": life.red_since,
        "breached_at": life.breached_at,
        "closed_at": life.closed_at,
    }


def held_for(live: Live, *, unit_id: int | None) -> Held | None:
    """The calendar by which a new clock counts, or None where natural time is enough."""
    return calendars.for_unit(unit_id) if live.policy.counts_working_time else None


def held_of(live: Live, calendar_id: int | None) -> Held | None:
    """The calendar by which a clock counts."""
    return calendars.by_id(calendar_id) if live.policy.counts_working_time else None


def as_json(value: Any) -> str:
    """A value as JSON; moments keep their microseconds, which Django's own encoder drops."""
    return json.dumps(value, cls=_Encoder)


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)
