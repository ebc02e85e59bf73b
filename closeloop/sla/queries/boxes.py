"""Boxes of open clocks: mine, my team's, the red ones; always within the viewer's reach."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.edge import cursors
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.org.models import AbsenceScope
from closeloop.records.queries import RecordNotFound
from closeloop.records.types import registry
from closeloop.sla.models import Clock
from closeloop.sla.queries.nearest import with_names

BOXES = ("mine", "team", "red")


@dataclass(frozen=True)
class Page:
    """Clocks, and where the next page begins."""

    clocks: list[Clock]
    next_cursor: str | None


def page_of(
    box: str, *, actor: Actor, policy: str = "", owner_id: int | None = None,
    under: int | None = None, cursor: str | None = None, limit: int = 50,
) -> Page:  # fmt: skip
    """Open clocks in a box, the soonest due first, paused ones last; `under` is a unit with all
    below it."""
    where, params = _box(box, actor)
    if under is not None:
        narrowed, units = beneath(under)
        where += f" AND {narrowed}"
        params += units
    if policy:
        where += " AND c.policy_id = (SELECT id FROM sla_policy WHERE key = %s)"
        params.append(policy)
    if owner_id is not None:
        where += " AND c.owner_id = %s"
        params.append(owner_id)
    if cursor:
        due, last_id = cursors.decode(cursor, "text", "bigint")
        where += " AND (coalesce(c.due_at, 'infinity'), c.id) > (%s::timestamptz, %s)"
        params += [_moment(due), last_id]
    with connection.cursor() as database:
        database.execute(
            "SELECT c.id, coalesce(c.due_at, 'infinity')::text FROM sla_clock c"
            " LEFT JOIN records_record r ON r.id = c.record_id"
            f" WHERE c.closed_at IS NULL AND r.deleted_at IS NULL AND {where}"
            f" ORDER BY coalesce(c.due_at, 'infinity'), c.id LIMIT {limit + 1}",
            params,
        )
        found = database.fetchall()
    shown = found[:limit]
    by_id = with_names(Clock.objects.all()).in_bulk([row[0] for row in shown])
    more = cursors.encode(shown[-1][1], shown[-1][0]) if len(found) > limit else None
    return Page([by_id[row[0]] for row in shown if row[0] in by_id], more)


def due_for(person_id: int, *, limit: int = 50) -> list[Clock]:
    """The open clocks that a person owes, the soonest due first."""
    rows = Clock.objects.filter(owner_id=person_id, closed_at=None, record__deleted_at=None)
    return list(with_names(rows).order_by("due_at", "pk")[:limit])


def red_for(actor: Actor, *, limit: int = 50) -> list[Clock]:
    """The red clocks that somebody sees."""
    return page_of("red", actor=actor, limit=limit).clocks


def visible_clock(clock_id: int, *, actor: Actor) -> Clock:
    """A clock that somebody may see; raises RecordNotFound."""
    where, params = visible(actor)
    with connection.cursor() as database:
        database.execute(
            "SELECT c.id FROM sla_clock c LEFT JOIN records_record r ON r.id = c.record_id"
            f" WHERE c.id = %s AND r.deleted_at IS NULL AND {where}",
            [clock_id, *params],
        )
        if database.fetchone() is None:
            raise RecordNotFound({"id": clock_id})
    return with_names(Clock.objects.all()).get(pk=clock_id)


def _box(box: str, actor: Actor) -> tuple[str, list[Any]]:
    if box == "mine":
        return "c.owner_id = ANY(%s)", [_own(actor)]
    where, params = visible(actor)
    if box == "red":
        return f"c.red_since IS NOT NULL AND {where}", params
    return f"c.owner_id IS DISTINCT FROM %s AND {where}", [actor.user_id, *params]


def _own(actor: Actor) -> list[int]:
    """The actor, and those for whom they stand in now."""
    if actor.user_id is None:
        return []
    now = timezone.now()
    others = org.standing_in_for(actor.user_id, now, scope=AbsenceScope.CLOCKS)
    return [actor.user_id, *others]


def visible(actor: Actor) -> tuple[str, list[Any]]:
    """What lies within reach: records one may read, one's own clocks, those of people below."""
    if actor.user_id is None:
        return "TRUE", []
    access = org.access_of(actor)
    clauses = ["c.owner_id = ANY(%s)"]
    params: list[Any] = [[*_own(actor), *org.people_below(actor.user_id)]]
    for kind in registry:
        sql, values = access.reach(kind.key, Verb.READ).where("r")
        if sql != "FALSE":
            clauses.append(f"(r.type = %s AND {sql})")
            params += [kind.key, *values]
    return f"({' OR '.join(clauses)})", params


def beneath(unit_id: int) -> tuple[str, list[Any]]:
    """The clocks of a unit and of all below it: by the record's unit, without one by their own."""
    return "coalesce(r.unit_id, c.unit_id) = ANY(%s)", [sorted(org.subtree_ids(unit_id))]


def _moment(text: str) -> str:
    """A due time from a cursor; anything else starts from the first page."""
    try:
        cursors.decode(cursors.encode(text), "timestamptz")
    except cursors.CursorInvalid:
        if text != "infinity":
            raise
    return text
