"""The lists of the organisation: units, roles, people, each for a screen or a picker."""

from collections.abc import Collection

from django.db.models import Count, Prefetch, Q, QuerySet

from closeloop.edge import cursors
from closeloop.identity.errors import UserNotFound
from closeloop.identity.models import User
from closeloop.org.models import Grant, Position, Role, Unit
from closeloop.org.roles import ADMINISTRATION, PROGRAM


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


def people(
    *,
    q: str,
    limit: int,
    ids: Collection[int] | None = None,
    among: Collection[int] | None = None,
) -> QuerySet[Position]:
    """Active people by part of their name, pinyin initials or sign-in name: primary positions.

    `ids` asks for these people instead, whether they are still active or not; `among` leaves out
    all others.
    """
    found = Position.objects.filter(is_primary=True)
    if among is not None:
        found = found.filter(user_id__in=among)
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


def program_ids() -> list[int]:
    """The accounts that programs use: all their positions are of an interface."""
    people = Position.objects.exclude(role__key=PROGRAM).values("user_id")
    found = Position.objects.filter(role__key=PROGRAM).exclude(user_id__in=people)
    return sorted(found.values_list("user_id", flat=True).distinct())


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
