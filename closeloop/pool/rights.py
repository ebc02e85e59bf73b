"""Who may claim from a pool, see it, put records into it; and what is masked in it."""

from collections.abc import Mapping

from closeloop.edge.revisions import CachedByRevision
from closeloop.fields import queries as fields
from closeloop.org.access import Access, Capability, Verb
from closeloop.org.models import Role, UnitClosure
from closeloop.org.queries import REVISION as ORG
from closeloop.pool import book
from closeloop.pool.book import Live

_roles: CachedByRevision[Mapping[int, str]] = CachedByRevision(
    ORG, lambda: dict(Role.objects.values_list("pk", "key"))
)
_below: CachedByRevision[dict[tuple[int, ...], frozenset[int]]] = CachedByRevision(ORG, dict)


def may_claim(pool: Live, access: Access) -> bool:
    """Whether the pool's rules let a person take from it."""
    if access.user_id is None or access.home_unit_id not in _claiming_units(pool):
        return False
    roles = pool.rules.roles
    return not roles or any(_roles.get().get(each) in roles for each in access.role_ids)


def may_manage(access: Access) -> bool:
    """Whether somebody keeps the pools."""
    return access.can(Capability.MANAGE_POOL)


def may_hand_out(
    record_type: str, access: Access, *, unit_id: int | None, owner_id: int | None = None
) -> bool:
    """Whether somebody gives a record of that place away: who keeps pools, or may assign it."""
    reach = access.reach(record_type, Verb.ASSIGN)
    return may_manage(access) or reach.covers(owner_id=owner_id, unit_id=unit_id)


def may_see(pool: Live, access: Access) -> bool:
    """Whether somebody sees what lies in a pool: claimants, and those above its unit."""
    reach = access.reach(pool.record_type, Verb.READ)
    return (
        may_claim(pool, access)
        or may_manage(access)
        or reach.covers(owner_id=None, unit_id=pool.home_id)
    )


def masked_fields(
    record_type: str, access: Access, *, owner_id: int | None, unit_id: int | None
) -> frozenset[str]:
    """The fields of a record that are masked because nobody owns it yet.

    Whoever may give it to somebody sees them; everybody else once they have claimed it.
    """
    if owner_id is not None or record_type not in book.record_types():
        return frozenset()
    pool = book.pool_for(record_type, unit_id)
    if pool is None or may_hand_out(record_type, access, unit_id=unit_id):
        return frozenset()
    return frozenset(pool.rules.masks)


def untold_fields(
    record_type: str, access: Access, *, owner_id: int | None, unit_id: int | None
) -> frozenset[str]:
    """The fields of one record whose values the viewer must not learn, for whatever reason."""
    masked = masked_fields(record_type, access, owner_id=owner_id, unit_id=unit_id)
    return fields.hidden_from(record_type, access) | masked


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _roles.clear()
    _below.clear()


def _claiming_units(pool: Live) -> frozenset[int]:
    if not pool.rules.units:
        return pool.members
    held = _below.get()
    if pool.rules.units not in held:
        found = UnitClosure.objects.filter(ancestor_id__in=pool.rules.units)
        held[pool.rules.units] = frozenset(found.values_list("descendant_id", flat=True))
    return held[pool.rules.units]
