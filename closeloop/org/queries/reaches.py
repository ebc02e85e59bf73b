"""What people may do and how far it reaches, computed once per change of the organisation."""

from collections.abc import Mapping

from closeloop.edge.revisions import CachedByRevision
from closeloop.identity.actor import Actor
from closeloop.org.access import SCOPE_ORDER, SYSTEM_ACCESS, Access, Reach
from closeloop.org.models import Grant, Position, Scope, UnitClosure

REVISION = "org"
_accesses: CachedByRevision[dict[int, Access]] = CachedByRevision(REVISION, dict)


def access_of(actor: Actor) -> Access:
    """What an actor may do; computed once per change of the organisation."""
    if actor.user_id is None:
        return SYSTEM_ACCESS
    held = _accesses.get()
    if actor.user_id not in held:
        held[actor.user_id] = _compute(actor.user_id)
    return held[actor.user_id]


def subtree_ids(unit_id: int) -> frozenset[int]:
    """A unit and all below it."""
    found = UnitClosure.objects.filter(ancestor_id=unit_id).values_list("descendant_id", flat=True)
    return frozenset(found)


def subtrees() -> Mapping[int, frozenset[int]]:
    """Every unit's subtree, read once per change of the organisation."""
    return _subtrees.get()


def units_above(unit_id: int) -> frozenset[int]:
    """A unit and all above it."""
    found = UnitClosure.objects.filter(descendant_id=unit_id).values_list("ancestor_id", flat=True)
    return frozenset(found)


def _read_subtrees() -> Mapping[int, frozenset[int]]:
    below: dict[int, set[int]] = {}
    for unit, of in UnitClosure.objects.values_list("descendant_id", "ancestor_id"):
        below.setdefault(of, set()).add(unit)
    return {of: frozenset(units) for of, units in below.items()}


_subtrees: CachedByRevision[Mapping[int, frozenset[int]]] = CachedByRevision(
    REVISION, _read_subtrees
)

CLOSURE_SQL = """
    WITH RECURSIVE line(ancestor_id, descendant_id, depth) AS (
        SELECT id, id, 0 FROM org_unit
        UNION ALL
        SELECT unit.parent_id, line.descendant_id, line.depth + 1
        FROM line JOIN org_unit unit ON unit.id = line.ancestor_id
        WHERE unit.parent_id IS NOT NULL
    )
    SELECT ancestor_id, descendant_id, depth FROM line
"""
"""The closure as the parents say it; the table must always agree."""


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


def _reach(grant: Grant, *, user_id: int, unit_id: int, below: frozenset[int] | None) -> Reach:
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
