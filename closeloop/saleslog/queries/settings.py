"""The configuration of the sales log for whoever keeps it: its versions, a draft tried out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from closeloop.edge import setups as kept
from closeloop.org.models import Position, Role
from closeloop.saleslog import clock, errors, setups
from closeloop.saleslog.models import LogEvent, Setup
from closeloop.saleslog.queries.surges import WEEK, jumps_of
from closeloop.support import setups as support

WEEKS = 4


@dataclass(frozen=True)
class TypeTried:
    """A type beside what was reported of it; `state`: added, changed, same or removed."""

    key: str
    name: Mapping[str, str]
    state: str
    events: int


@dataclass(frozen=True)
class Tried:
    """What a draft would have made of the last weeks, beside what holds."""

    since: date
    events: int
    types: list[TypeTried]
    surges_now: int
    surges_then: int
    writers_now: int
    writers_then: int


def versions() -> list[Setup]:
    """The newest published versions, the one that holds first."""
    return kept.shown_of(Setup)


def require_sound(definition: Mapping[str, Any]) -> None:
    """Raise LogSetupInvalid with every problem of a definition."""
    roles = frozenset(Role.objects.values_list("key", flat=True))
    kinds = frozenset(support.current().kinds)
    found = setups.find_problems(definition, roles=roles, support=kinds)
    if found:
        raise errors.LogSetupInvalid(found)


def rehearse(definition: Mapping[str, Any]) -> Tried:
    """Try a draft on what the company reported in the last four whole weeks and since.

    Raises LogSetupInvalid with every problem.
    """
    require_sound(definition)
    today, live = clock.today(), setups.current()
    draft = setups.parse(live.number, definition)
    monday = today - timedelta(days=today.weekday())
    since = monday - WEEKS * WEEK
    standing = LogEvent.objects.filter(removed_at=None, corrections=None, day__gte=since)
    reported = Counter(standing.order_by().values_list("type", flat=True))
    mondays = [monday - WEEK * back for back in range(WEEKS + 1)]
    return Tried(
        since=since,
        events=reported.total(),
        types=[
            TypeTried(
                key,
                (draft.types.get(key) or live.types[key]).name,
                kept.difference(live.types.get(key), draft.types.get(key)),
                reported[key],
            )
            for key in dict.fromkeys([*draft.types, *live.types])
        ],
        surges_now=sum(len(jumps_of(week, live.jump)) for week in mondays),
        surges_then=sum(len(jumps_of(week, draft.jump)) for week in mondays),
        writers_now=_holders(live),
        writers_then=_holders(draft),
    )


def _holders(live: setups.Live) -> int:
    """How many people hold a role that writes logs."""
    held = Position.objects.filter(role__key__in=list(live.writers), user__is_active=True)
    return held.order_by().values("user_id").distinct().count()
