"""Who stands above and below whom, who leads a unit, who holds a role for it."""

from collections.abc import Collection

from django.db import connection

from closeloop.edge import statements
from closeloop.edge.revisions import CachedByRevision
from closeloop.org.models import Position
from closeloop.org.queries.reaches import REVISION


def home_unit_of(user_id: int) -> int | None:
    """The unit of a person's primary position."""
    return (
        Position.objects.filter(user_id=user_id, is_primary=True)
        .values_list("unit_id", flat=True)
        .first()
    )


def superior_of(user_id: int) -> int | None:
    """Who a person answers to: the one named on the position, else the nearest other unit head.

    Whoever has left (whose account is closed) is nobody's superior.
    """
    row = statements.row(f"SELECT ({_SUPERIOR_SQL.format(person='%s')})", [user_id, user_id])
    return row[0] if row else None


def superiors_of(user_id: int) -> tuple[int, ...]:
    """The chain of superiors, the nearest first, each once (at most twelve)."""
    return tuple(person for person in _line_above(user_id) if person != user_id)


def lines_above(user_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """The chain of superiors of each person, as `superiors_of` gives it, in one query."""
    lines: dict[int, list[int]] = {user_id: [] for user_id in user_ids}
    with connection.cursor() as cursor:
        cursor.execute(_LINES_SQL, [list(lines)])
        for below, person in cursor.fetchall():
            lines[below].append(person)
    return {
        below: tuple(person for person in line if person != below) for below, line in lines.items()
    }


def is_above(user_id: int, *, of: int) -> bool:
    """Whether a person is in another's chain of superiors (at most twelve steps).

    Nobody is above themselves, unless the superiors form a circle.
    """
    return user_id in _line_above(of)


def people_below(user_id: int) -> frozenset[int]:
    """Everybody in whose chain of superiors a person stands; computed once per change."""
    held = _below.get()
    if user_id not in held:
        with connection.cursor() as cursor:
            cursor.execute(_BELOW_SQL, [user_id, user_id])
            held[user_id] = frozenset(row[0] for row in cursor.fetchall())
    return held[user_id]


def head_of_unit(unit_id: int) -> int | None:
    """Who leads a unit: its own head, else the nearest above who is there."""
    row = statements.row(_HEAD_SQL, [unit_id])
    return row[0] if row else None


def people_with_role(role_key: str, unit_id: int | None, *, nearest: bool = True) -> list[int]:
    """Who holds a role for a unit: in the unit itself, else in the nearest unit above.

    Where nobody above holds it (legal sits in a department of its own), those closest to the unit
    in the tree. `nearest` False asks for holders in the unit alone; without a unit, all holders.
    """
    with connection.cursor() as cursor:
        if unit_id is None or not nearest:
            cursor.execute(_HOLDERS_SQL, [role_key, unit_id, unit_id])
        else:
            cursor.execute(_NEAREST_HOLDERS_SQL, [unit_id, role_key])
        return [row[0] for row in cursor.fetchall()]


_SUPERIOR_SQL = """
    SELECT coalesce(
        (SELECT named.id FROM identity_user named
         WHERE named.id = held.superior_id AND named.is_active),
        (SELECT head.id FROM org_unitclosure above JOIN org_unit unit ON unit.id = above.ancestor_id
         JOIN identity_user head ON head.id = unit.head_id AND head.is_active
         WHERE above.descendant_id = held.unit_id AND head.id <> {person}
         ORDER BY above.depth LIMIT 1))
    FROM org_position held WHERE held.user_id = {person}
    ORDER BY held.is_primary DESC, held.id LIMIT 1
"""
_LINES_SQL = f"""
    WITH RECURSIVE line(below_id, person_id, place, seen) AS (
        SELECT given, given, 0, ARRAY[]::bigint[] FROM unnest(%s::bigint[]) given
        UNION ALL
        SELECT line.below_id, next.id, line.place + 1, line.seen || next.id
        FROM line CROSS JOIN LATERAL (SELECT ({_SUPERIOR_SQL.format(person="line.person_id")}) AS id
        ) next
        WHERE next.id IS NOT NULL AND next.id <> ALL (line.seen) AND line.place < 12
    )
    SELECT below_id, person_id FROM line WHERE place > 0 ORDER BY below_id, place
"""
_BELOW_SQL = f"""
    WITH RECURSIVE answering AS MATERIALIZED (
        SELECT person.id, ({_SUPERIOR_SQL.format(person="person.id")}) AS superior_id
        FROM identity_user person
    ), below(id) AS (
        SELECT id FROM answering WHERE superior_id = %s
        UNION
        SELECT answering.id FROM answering JOIN below ON answering.superior_id = below.id
    )
    SELECT id FROM below WHERE id <> %s
"""
_HEAD_SQL = """
    SELECT head.id FROM org_unitclosure above JOIN org_unit unit ON unit.id = above.ancestor_id
    JOIN identity_user head ON head.id = unit.head_id AND head.is_active
    WHERE above.descendant_id = %s ORDER BY above.depth LIMIT 1
"""
_HOLDERS_SQL = """
    SELECT DISTINCT held.user_id FROM org_position held
    JOIN org_role role ON role.id = held.role_id AND role.key = %s
    JOIN identity_user person ON person.id = held.user_id AND person.is_active
    WHERE %s::bigint IS NULL OR held.unit_id = %s ORDER BY held.user_id
"""
_NEAREST_HOLDERS_SQL = """
    SELECT DISTINCT user_id FROM (
        SELECT held.user_id, rank() OVER (
            ORDER BY near.down IS NULL, near.down > 0, near.up, near.down) AS place
        FROM org_position held
        JOIN identity_user person ON person.id = held.user_id AND person.is_active
        JOIN org_role role ON role.id = held.role_id
        LEFT JOIN LATERAL (
            SELECT mine.depth AS up, theirs.depth AS down
            FROM org_unitclosure mine JOIN org_unitclosure theirs USING (ancestor_id)
            WHERE mine.descendant_id = %s AND theirs.descendant_id = held.unit_id
            ORDER BY mine.depth LIMIT 1
        ) near ON true
        WHERE role.key = %s
    ) ranked WHERE place = 1 ORDER BY user_id
"""
_below: CachedByRevision[dict[int, frozenset[int]]] = CachedByRevision(REVISION, dict)


def _line_above(user_id: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_LINES_SQL, [[user_id]])
        return [person for _, person in cursor.fetchall()]
