"""Reading the organisation: access, superiors, subtrees."""

from django.db import connection

from closeloop.edge import revisions
from closeloop.identity.actor import Actor
from closeloop.org.access import SCOPE_ORDER, SYSTEM_ACCESS, Access, Reach
from closeloop.org.models import Grant, Position, Scope, Unit, UnitClosure

REVISION = "org"
_cache: dict[int, tuple[int, Access]] = {}


def access_of(actor: Actor) -> Access:
    """What an actor may do; computed once per change of the organisation."""
    if actor.user_id is None:
        return SYSTEM_ACCESS
    current = revisions.number(REVISION)
    held = _cache.get(actor.user_id)
    if held is None or held[0] != current:
        held = (current, _compute(actor.user_id))
        _cache[actor.user_id] = held
    return held[1]


def forget_access() -> None:
    """Drop what was computed (tests whose transactions are rolled back)."""
    _cache.clear()


def subtree_ids(unit_id: int) -> frozenset[int]:
    """A unit and all below it."""
    found = UnitClosure.objects.filter(ancestor_id=unit_id).values_list("descendant_id", flat=True)
    return frozenset(found)


def superior_of(user_id: int) -> int | None:
    """Who a person answers to: the one named on the position, else the nearest other unit head."""
    with connection.cursor() as cursor:
        cursor.execute(_SUPERIOR_SQL, [user_id, user_id])
        row = cursor.fetchone()
    return row[0] if row else None


def is_above(user_id: int, *, of: int) -> bool:
    """Whether a person is in another's chain of superiors (at most twelve steps)."""
    seen: set[int] = set()
    current = superior_of(of)
    while current is not None and current not in seen and len(seen) < 12:
        if current == user_id:
            return True
        seen.add(current)
        current = superior_of(current)
    return False


def home_unit_of(user_id: int) -> int | None:
    """The unit of a person's primary position."""
    return (
        Position.objects.filter(user_id=user_id, is_primary=True)
        .values_list("unit_id", flat=True)
        .first()
    )


def unit_names() -> dict[int, str]:
    """Every unit's name by id."""
    return dict(Unit.objects.values_list("pk", "name"))


_SUPERIOR_SQL = """
    SELECT coalesce(p.superior_id, (
        SELECT u.head_id FROM org_unitclosure c JOIN org_unit u ON u.id = c.ancestor_id
        WHERE c.descendant_id = p.unit_id AND u.head_id IS NOT NULL AND u.head_id <> %s
        ORDER BY c.depth LIMIT 1))
    FROM org_position p WHERE p.user_id = %s ORDER BY p.is_primary DESC, p.id LIMIT 1
"""


def _compute(user_id: int) -> Access:
    positions = list(Position.objects.filter(user_id=user_id).select_related("role"))
    grants: dict[int, list[Grant]] = {}
    for grant in Grant.objects.filter(role_id__in={p.role_id for p in positions}):
        grants.setdefault(grant.role_id, []).append(grant)
    reaches: dict[tuple[str, str], Reach] = {}
    scopes: dict[tuple[str, str], str] = {}
    for position in positions:
        below: frozenset[int] | None = None
        for grant in grants.get(position.role_id, []):
            if grant.scope == Scope.SUBTREE and below is None:
                below = subtree_ids(position.unit_id)
            reach = _reach(grant, user_id=user_id, unit_id=position.unit_id, below=below)
            key = (grant.record_type, grant.verb)
            reaches[key] = reaches[key].merged(reach) if key in reaches else reach
            scopes[key] = max(scopes.get(key, "none"), grant.scope, key=SCOPE_ORDER.index)
    home = next((p for p in positions if p.is_primary), positions[0] if positions else None)
    return Access(
        user_id=user_id,
        capabilities=frozenset(c for p in positions for c in p.role.capabilities),
        reaches=reaches,
        scopes=scopes,
        home_unit_id=home.unit_id if home else None,
        role_ids=tuple(sorted({p.role_id for p in positions})),
    )


def _reach(
    grant: Grant, *, user_id: int, unit_id: int, below: frozenset[int] | None
) -> Reach:
    if grant.scope == Scope.ALL:
        return Reach(everything=True)
    if grant.scope == Scope.SELF:
        return Reach(own_of=user_id)
    if grant.scope == Scope.UNIT:
        return Reach(own_of=user_id, unit_ids=frozenset({unit_id}))
    if grant.scope == Scope.SUBTREE:
        return Reach(own_of=user_id, unit_ids=below or frozenset())
    if grant.scope == Scope.CUSTOM:
        return Reach(own_of=user_id, unit_ids=frozenset(grant.unit_ids))
    return Reach()
