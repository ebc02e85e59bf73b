"""The courses of deals as they were recorded, and what the process says of its stages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from math import inf
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.utils import timezone

from closeloop.deals.catalogue import DEAL
from closeloop.engine.blueprint import StageKind
from closeloop.engine.forecast import Course, Ladder
from closeloop.org.access import EVERYTHING, Reach
from closeloop.process import blueprints
from closeloop.process.models import VisitKind

MOST = 20_000
"""So many deals are looked at, those that began last; the screen says where there are more."""
_FIRST_DAY = date(1970, 1, 1)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held:
    """A course, and whose it is now."""

    course: Course
    owner: int | None
    unit: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Deals in a currency within a reach, perhaps of some units or one owner."""

    currency: str
    reach: Reach
    among: Collection[int] | None = None
    owner: int | None = None

    @property
    def is_everybody(self) -> bool:
        """Whether no deal is left out."""
        return self.reach.everything and self.among is None and self.owner is None


def everybody(currency: str) -> Wanted:
    """All deals in a currency: from them the company's rates are learnt."""
    return Wanted(currency, EVERYTHING)


def day_of(day: date) -> float:
    """The beginning of a calendar day on the company's clock, as the engine counts days."""
    return float((day - _FIRST_DAY).days)


def moment_of(at: datetime) -> float:
    """A moment on the company's clock, as the engine counts days."""
    local = timezone.make_naive(at, timezone.get_default_timezone())
    return (local - datetime.combine(_FIRST_DAY, time.min)).total_seconds() / 86_400


def ladder() -> Ladder:
    """The stages of the process that holds for deals."""
    version = blueprints.current_of(DEAL.key)
    stages = version.stages if version else ()
    return Ladder(
        won=frozenset(each.key for each in stages if each.kind is StageKind.WON),
        lost=frozenset(
            each.key for each in stages if each.kind in (StageKind.LOST, StageKind.CLOSED)
        ),
        days={each.key: each.expected_days for each in stages if each.expected_days},
        chances={each.key: (each.probability or 0) / 100 for each in stages},
        contacts_from=_contacts_from(),
    )


def read(wanted: Wanted, *, won: Collection[str]) -> tuple[list[Held], bool]:
    """The courses, and whether there were more than are looked at.

    Deals that were won before the company came here (opening entries in a won stage) are none of
    its history.
    """
    where, params = _where(wanted)
    rows = _rows(
        _DEALS.format(where=where), [settings.TIME_ZONE, wanted.currency, *params, MOST + 1]
    )
    held, is_cut = rows[:MOST], len(rows) > MOST
    ids = [row[0] for row in held]
    visits = _visits(ids)
    changes = _changes(ids)
    contacts = _contacts([row[3] for row in held if row[3] is not None])
    found = []
    for deal, owner, unit, customer, amount, close, removed in held:
        own = visits.get(deal, [])
        if not own or (own[0][1] == VisitKind.OPENING and own[0][0] in won):
            continue
        begun = own[0][2]
        changed = changes.get(deal, [])
        known = [each for each in contacts.get(customer, ()) if each[0] >= begun]
        course = Course(
            id=deal,
            begun=begun,
            stays=[(stage, at) for stage, _, at in own],
            backs=[at for _, kind, at in own if kind == VisitKind.BACK],
            contacts=[at for at, _ in known],
            undone=[until for _, until in known],
            amounts=_history("amount", amount, changed, begun=begun, read_as=_money),
            closes=_history("expected_close", close, changed, begun=begun, read_as=_close),
            removed=inf if removed is None else removed,
        )
        found.append(Held(course, owner, unit))
    return found, is_cut


_Change = tuple[float, Mapping[str, Any]]


def currencies_in(wanted: Wanted) -> list[str]:
    """The currencies that the deals of a reach are in."""
    where, params = _where(wanted)
    return [row[0] for row in _rows(_CURRENCIES.format(where=where), params)]


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    where, params = wanted.reach.where("d")
    if wanted.among is not None:
        where += " AND d.unit_id = ANY(%s)"
        params = [*params, sorted(wanted.among)]
    if wanted.owner is not None:
        where += " AND d.owner_id = %s"
        params = [*params, wanted.owner]
    return where, params


def _history(
    field: str, now: Any, changed: Sequence[_Change], *, begun: float, read_as: Callable[[Any], T]
) -> list[tuple[float, T | None]]:
    """What a field said from when on, of its value now and its changes in order of time; None
    from when it was taken back.
    """
    steps = [(at, each[field]) for at, each in changed if field in each]
    values = [(begun, steps[0][1][0] if steps else now), *((at, pair[1]) for at, pair in steps)]
    return [(at, None if value is None else read_as(value)) for at, value in values]


def _money(value: Any) -> Decimal:
    return Decimal(str(value))


def _close(value: Any) -> float:
    return day_of(value if isinstance(value, date) else date.fromisoformat(value))


def _visits(ids: Sequence[int]) -> dict[int, list[tuple[str, str, float]]]:
    found: defaultdict[int, list[tuple[str, str, float]]] = defaultdict(list)
    for deal, stage, kind, at in _rows(_VISITS, [settings.TIME_ZONE, ids]):
        found[deal].append((stage, kind, float(at)))
    return found


def _changes(ids: Sequence[int]) -> dict[int, list[_Change]]:
    found: defaultdict[int, list[_Change]] = defaultdict(list)
    for deal, at, changes in _rows(_CHANGES, [settings.TIME_ZONE, ids, f"{DEAL.key}.changed"]):
        found[deal].append((float(at), json.loads(changes)))
    return found


def _contacts(customers: Sequence[int]) -> dict[int, list[tuple[float, float]]]:
    """From when each follow-up of a customer was known until it was taken back."""
    found: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    zone = settings.TIME_ZONE
    for customer, at, until in _rows(_CONTACTS, [zone, zone, list(set(customers))]):
        found[customer].append((float(at), inf if until is None else float(until)))
    return found


def _contacts_from() -> float:
    rows = _rows("SELECT min(counted_at) FROM fieldwork_followup WHERE state = 'counted'", [])
    first: datetime | None = rows[0][0]
    return inf if first is None else moment_of(first.astimezone(UTC))


def _rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


_CURRENCIES = """
    SELECT DISTINCT d.currency FROM deals_deal d
    WHERE d.deleted_at IS NULL AND {where} ORDER BY 1
"""
_DEALS = """
    SELECT d.id, d.owner_id, d.unit_id, d.customer_id, d.amount, d.expected_close,
        (extract(epoch FROM d.deleted_at AT TIME ZONE %s) / 86400)::float8
    FROM deals_deal d WHERE d.currency = %s AND {where} ORDER BY d.id DESC LIMIT %s
"""
_VISITS = """
    SELECT v.record_id, v.stage, v.kind,
        (extract(epoch FROM v.entered_at AT TIME ZONE %s) / 86400)::float8
    FROM process_visit v WHERE v.record_id = ANY(%s) ORDER BY v.record_id, v.id
"""
_CHANGES = """
    SELECT e.record_id, (extract(epoch FROM e.at AT TIME ZONE %s) / 86400)::float8,
        e.data -> 'changes'
    FROM activity_entry e
    WHERE e.record_id = ANY(%s) AND e.verb = %s
        AND (e.data -> 'changes') ?| ARRAY['amount', 'expected_close']
    ORDER BY e.record_id, e.id
"""
_CONTACTS = """
    SELECT f.customer_id,
        (extract(epoch FROM greatest(f.at, f.counted_at) AT TIME ZONE %s) / 86400)::float8 AS known,
        (extract(epoch FROM least(
            (SELECT min(newer.counted_at) FROM fieldwork_followup newer
                WHERE newer.corrects_id = f.id AND newer.state = 'counted'),
            (SELECT min(d.judged_at) FROM fieldwork_followupdoubt d
                WHERE d.followup_id = f.id AND d.verdict = 'confirmed')
        ) AT TIME ZONE %s) / 86400)::float8 AS until
    FROM fieldwork_followup f WHERE f.state = 'counted' AND f.customer_id = ANY(%s)
    ORDER BY f.customer_id, known
"""
