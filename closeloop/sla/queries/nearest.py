"""The clocks of records, and the one of each that presses most: one query for a whole list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from closeloop.edge import statements
from closeloop.engine.sla import ABOUT_OTHERS
from closeloop.sla import policies
from closeloop.sla.models import Clock

MOST_OF_A_RECORD = 50
CLOCKS = "clocks"
"""Under which a move tells how the clocks that travelled with it then stand."""


@dataclass(frozen=True, slots=True)
class ClockBrief:
    """A clock as a badge shows it."""

    id: int
    policy_key: str
    policy: Mapping[str, str]
    due_at: datetime | None
    state: str
    is_late: bool
    is_red: bool


class Standing(NamedTuple):
    """An open clock as it stands after a verb; one that has just begun has no id yet."""

    id: int | None
    version_id: int
    due_at: datetime | None
    state: str
    breached_at: datetime | None
    red_since: datetime | None


_COLUMNS = "c.id, c.version_id, c.due_at, c.state, c.breached_at, c.red_since"
_NEAREST = f"""
    SELECT DISTINCT ON (c.record_id) c.record_id, {_COLUMNS} FROM sla_clock c
    WHERE c.record_id = ANY(%s::bigint[]) AND c.closed_at IS NULL
    ORDER BY c.record_id, c.red_since IS NULL, c.due_at NULLS LAST, c.id
"""
_NEAREST_OF_ONE = f"""
    SELECT c.record_id, {_COLUMNS} FROM sla_clock c
    WHERE c.record_id = %s AND c.closed_at IS NULL
    ORDER BY c.red_since IS NULL, c.due_at NULLS LAST, c.id LIMIT 1
"""
# Not the list's statement with one id: with an array the server plans it anew each time.
_ABOUT = f"""
    SELECT DISTINCT ON (c.about_id) c.about_id, {_COLUMNS} FROM sla_clock c
    WHERE c.about_kind = %s AND c.about_id = ANY(%s::bigint[])
    ORDER BY c.about_id, c.closed_at IS NOT NULL, c.id DESC
"""


def nearest_of(
    record_ids: Collection[int], *, record_type: str | None = None
) -> dict[int, ClockBrief]:
    """The open clock of each record that presses most: red first, then the soonest due.

    Records of a type that no policy concerns are not looked for.
    """
    if not record_ids or not _may_have_clocks(record_type):
        return {}
    return _briefs(statements.rows(_NEAREST, [list(record_ids)]))


def nearest_after(
    record_id: int, *, record_type: str, told: Mapping[str, Sequence[Standing]]
) -> dict[int, ClockBrief]:
    """The same of one record that was just moved.

    It is asked for only where what the move told of its clocks does not say: when they waited for
    the write, or when the one that presses most is new and has no id yet.
    """
    if not _may_have_clocks(record_type):
        return {}
    if CLOCKS in told:
        nearest = min(told[CLOCKS], key=_urgency, default=None)
        if nearest is None:
            return {}
        if nearest.id is not None:
            return _briefs([(record_id, *nearest)])
    return _briefs(statements.rows(_NEAREST_OF_ONE, [record_id]))


def clocks_about(kind: str, ids: Collection[int]) -> dict[int, ClockBrief]:
    """The clock of each ask, exception or task, by its id: the open one, else the last."""
    if not ids:
        return {}
    return _briefs(statements.rows(_ABOUT, [kind, list(ids)]))


def clocks_of(record_ids: Collection[int]) -> dict[int, list[Clock]]:
    """The clocks of records: open ones by what presses most, then closed ones, newest first."""
    found: dict[int, list[Clock]] = {each: [] for each in record_ids}
    for clock in with_names(Clock.objects.filter(record_id__in=record_ids)):
        found[clock.record_id or 0].append(clock)
    for clocks in found.values():
        clocks.sort(key=_pressing)
        del clocks[MOST_OF_A_RECORD:]
    return found


def with_names(clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    """Clocks with the rows that are shown beside them."""
    return clocks.select_related("record", "owner").defer("record__grams")


def _may_have_clocks(record_type: str | None) -> bool:
    if record_type is None:
        return True
    lives = policies.book().by_id.values()
    return any(live.policy.about in (record_type, *ABOUT_OTHERS) for live in lives)


def _urgency(clock: Standing) -> tuple[bool, float, bool, int]:
    """The order of `_NEAREST_OF_ONE`."""
    due = float("inf") if clock.due_at is None else clock.due_at.timestamp()
    return clock.red_since is None, due, clock.id is None, clock.id or 0


def _pressing(clock: Clock) -> tuple[bool, bool, float]:
    closed = clock.closed_at is not None
    at = (-clock.closed_at.timestamp()) if clock.closed_at else _due(clock)
    return closed, clock.red_since is None, at


def _due(clock: Clock) -> float:
    return clock.due_at.timestamp() if clock.due_at else float("inf")


def _briefs(rows: Sequence[statements.Row]) -> dict[int, ClockBrief]:
    now = timezone.now()
    found: dict[int, ClockBrief] = {}
    for about, key, version_id, due_at, state, breached_at, red_since in rows:
        policy = policies.live(version_id).policy
        is_due = due_at is not None and due_at <= now and state == "running"
        found[about] = ClockBrief(
            id=key,
            policy_key=policy.key,
            policy=policy.name,
            due_at=due_at,
            state=state,
            is_late=breached_at is not None or is_due,
            is_red=red_since is not None,
        )
    return found
