"""People, units and roles, made by the product's own actions."""

from collections.abc import Mapping, Sequence
from itertools import count

from django.test import Client

from closeloop.edge import revisions
from closeloop.identity import queries as identity
from closeloop.identity.actions import NewUser
from closeloop.identity.actor import SYSTEM, Actor, ActorKind
from closeloop.identity.models import User
from closeloop.org import actions, queries
from closeloop.org.access import Access
from closeloop.org.models import Role, Unit

PASSWORD = "correct horse 47"
"""A password that meets the rules."""
_numbers = count(1)


def make_unit(name: str = "", *, parent: Unit | None = None, head: User | None = None) -> Unit:
    """A unit below another, or a top one."""
    return actions.create_unit(
        name=name or f"部门{next(_numbers)}",
        parent_id=parent.pk if parent else None,
        head_id=head.pk if head else None,
        actor=SYSTEM,
    )


def make_role(
    grants: Mapping[tuple[str, str], str] | None = None,
    *,
    capabilities: Sequence[str] = (),
    units: Sequence[Unit] = (),
) -> Role:
    """A role from (record type, verb) -> scope; `units` are those of its custom scopes."""
    return actions.create_role(
        name={"zh-CN": "角色", "en-US": "Role"},
        capabilities=capabilities,
        grants=grants_of(grants or {}, units=units),
        actor=SYSTEM,
    )


def grants_of(
    grants: Mapping[tuple[str, str], str], *, units: Sequence[Unit] = ()
) -> list[actions.GrantGiven]:
    """Grants as an action takes them."""
    unit_ids = tuple(unit.pk for unit in units)
    return [
        actions.GrantGiven(*what, scope, unit_ids if scope == "custom" else ())
        for what, scope in grants.items()
    ]


def shipped_role(key: str) -> Role:
    """One of the roles that the product brings."""
    return actions.install_roles()[key]


def make_user(
    name: str = "张伟",
    *,
    role: Role | str | None = None,
    unit: Unit | None = None,
    superior: User | None = None,
    username: str = "",
    password: str | None = None,
    must_change_password: bool = False,
    is_demo: bool = False,
) -> User:
    """A person; with a role (or a shipped role's key) also a position in the unit, or a new one."""
    positions = []
    if role is not None:
        held = shipped_role(role) if isinstance(role, str) else role
        place = unit or make_unit()
        positions = [
            actions.PositionGiven(
                unit_id=place.pk,
                role_id=held.pk,
                superior_id=superior.pk if superior else None,
                is_primary=True,
            )
        ]
    return actions.create_user(
        NewUser(
            username=username or f"user{next(_numbers)}",
            name=name,
            must_change_password=must_change_password,
            is_demo=is_demo,
        ),
        password=password,
        positions=positions,
        actor=SYSTEM,
    )


def actor_of(user: User, *, kind: ActorKind = ActorKind.PERSON) -> Actor:
    """The person as an action takes them."""
    return identity.actor_of_user(user, kind=kind)


def access_of(user: User) -> Access:
    """What the person may do, as the next request finds it."""
    revisions.remember(None)
    return queries.access_of(actor_of(user))


def client_of(user: User | None = None, *, locale: str = "zh-CN") -> Client:
    """A browser in which the person has signed in, or nobody."""
    client = Client(headers={"accept-language": locale})
    if user is not None:
        client.force_login(user)
    return client
