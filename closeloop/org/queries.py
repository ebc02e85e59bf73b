"""Reading the organisation: access, superiors, subtrees."""

from collections.abc import Collection

from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet

from closeloop.edge import cursors
from closeloop.edge.revisions import CachedByRevision
from closeloop.identity.actor import Actor
from closeloop.identity.errors import UserNotFound
from closeloop.identity.models import User
from closeloop.org.access import SCOPE_ORDER, SYSTEM_ACCESS, Access, Reach
from closeloop.org.models import Grant, Position, Role, Scope, Unit, UnitClosure
from closeloop.org.roles import ADMINISTRATION

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


def units() -> QuerySet[Unit]:
    """Every unit with its head and the number of active people in it, parents' order first."""
    return (
        Unit.objects.select_related("head")
        .annotate(
            people=Count(
                "positions__user", filter=Q(positions__user__is_active=True), distinct=True
            )
        )
        .order_by("position", "pk")
    )


def roles() -> QuerySet[Role]:
    """Every role with its grants and the number of active people who hold it."""
    return (
        Role.objects.prefetch_related(
            Prefetch("grants", Grant.objects.order_by("record_type", "verb"))
        )
        .annotate(
            holders=Count(
                "positions__user", filter=Q(positions__user__is_active=True), distinct=True
            )
        )
        .order_by("pk")
    )


def people(*, q: str, limit: int, ids: Collection[int] | None = None) -> QuerySet[Position]:
    """Active people by part of their name, pinyin initials or sign-in name: primary positions.

    `ids` asks for these people instead, whether they are still active or not.
    """
    found = Position.objects.filter(is_primary=True)
    named = Q(user__is_active=True) if ids is None else Q(user_id__in=ids)
    return (
        found.filter(named, _named(q, prefix="user__"))
        .select_related("user", "unit")
        .order_by("user__initials", "user_id")[:limit]
    )


def users(
    *, q: str = "", unit_id: int | None = None, role_id: int | None = None,
    is_active: bool | None = None, cursor: str | None = None, limit: int = 50,
) -> QuerySet[User]:  # fmt: skip
    """A page of people in the order of their initials, one more than asked where there are more."""
    found = users_counted(q=q, unit_id=unit_id, role_id=role_id, is_active=is_active)
    if cursor:
        initials, last_id = cursors.decode(cursor, "text", "bigint")
        found = found.filter(Q(initials__gt=initials) | Q(initials=initials, pk__gt=last_id))
    return found.order_by("initials", "pk").prefetch_related(_positions())[: limit + 1]


def users_counted(
    *, q: str = "", unit_id: int | None = None, role_id: int | None = None,
    is_active: bool | None = None,
) -> QuerySet[User]:  # fmt: skip
    """All people that fit, for counting."""
    found = User.objects.filter(_named(q))
    if unit_id is not None:
        found = found.filter(
            pk__in=Position.objects.filter(unit__above__ancestor_id=unit_id).values("user_id")
        )
    if role_id is not None:
        found = found.filter(pk__in=Position.objects.filter(role_id=role_id).values("user_id"))
    return found if is_active is None else found.filter(is_active=is_active)


def user(user_id: int) -> User:
    """One person with their positions; raises UserNotFound."""
    found = User.objects.filter(pk=user_id).prefetch_related(_positions()).first()
    if found is None:
        raise UserNotFound({"user_id": user_id})
    return found


def active_user(user_id: int) -> User:
    """One person whose account is open; raises UserNotFound."""
    found = User.objects.filter(pk=user_id, is_active=True).first()
    if found is None:
        raise UserNotFound({"user_id": user_id})
    return found


def has_administrator() -> bool:
    """Whether somebody active manages users, and somebody active manages roles."""
    active = Position.objects.filter(user__is_active=True)
    return all(
        active.filter(role__capabilities__contains=[capability]).exists()
        for capability in ADMINISTRATION
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

_SUPERIOR_SQL = """
    SELECT coalesce(p.superior_id, (
        SELECT u.head_id FROM org_unitclosure c JOIN org_unit u ON u.id = c.ancestor_id
        WHERE c.descendant_id = p.unit_id AND u.head_id IS NOT NULL AND u.head_id <> %s
        ORDER BY c.depth LIMIT 1))
    FROM org_position p WHERE p.user_id = %s ORDER BY p.is_primary DESC, p.id LIMIT 1
"""


def _active_people() -> Count:
    return Count("positions__user", filter=Q(positions__user__is_active=True), distinct=True)


def _named(q: str, *, prefix: str = "") -> Q:
    q = q.strip()
    if not q:
        return Q()
    parts = {"name__icontains": q, "initials__contains": q.lower(), "username__icontains": q}
    named = Q()
    for lookup, value in parts.items():
        named |= Q(**{f"{prefix}{lookup}": value})
    return named


def _positions() -> Prefetch:  # type: ignore[type-arg]
    chosen = Position.objects.select_related("unit", "role", "superior")
    return Prefetch("positions", chosen.order_by("-is_primary", "pk"))


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
