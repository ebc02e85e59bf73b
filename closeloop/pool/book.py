"""The pools as they stand now, compiled once per change: what they take in, by what rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from closeloop.edge.revisions import CachedByRevision
from closeloop.org.models import Unit, UnitClosure
from closeloop.org.queries import REVISION as ORG
from closeloop.pool import rules
from closeloop.pool.models import Pool, PoolVersion
from closeloop.pool.rules import Rules

REVISION = "pool"


@dataclass(frozen=True)
class Live:
    """An active pool. `unit_ids` are the units whose records come into it, `members` its people's.

    A pool of a unit below takes that unit's records; its people are still members of those above.
    """

    id: int
    key: str
    name: Mapping[str, str]
    record_type: str
    unit_id: int | None
    home_id: int | None
    unit_ids: frozenset[int]
    members: frozenset[int]
    version_id: int
    number: int
    published_at: datetime
    rules: Rules


@dataclass(frozen=True)
class _Tree:
    """The units: what lies below each, and the one at the top."""

    below: Mapping[int, frozenset[int]]
    top_id: int | None


def pools() -> Mapping[int, Live]:
    """Every active pool with published rules, by id."""
    return _joining.of(_published.get(), _tree.get())


def pools_of(record_type: str) -> list[Live]:
    """The active pools of a record type."""
    return [each for each in pools().values() if each.record_type == record_type]


def pool_for(record_type: str, unit_id: int | None) -> Live | None:
    """The pool that takes in a unit's records of a type: the nearest above, else the company's."""
    of_type = pools_of(record_type)
    for each in of_type:
        if unit_id is not None and unit_id in each.unit_ids:
            return each
    return next((each for each in of_type if each.unit_id is None), None)


def territory_units(pool: Pool) -> frozenset[int]:
    """The units whose records a pool takes in, or would take in once it is published."""
    return _territory(pool.pk, pool.record_type, pool.unit_id, _published.get(), _tree.get())


def record_types() -> frozenset[str]:
    """The record types that have a pool."""
    return frozenset(each.record_type for each in pools().values())


def top_unit() -> int | None:
    """The unit at the top, to which records of the company's pool belong."""
    return _tree.get().top_id


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    for held in (_published, _tree):
        held.clear()


class _Joining:
    """Keeps what was joined for as long as both sides stay the same."""

    def __init__(self) -> None:
        self._held: tuple[list[PoolVersion], _Tree, dict[int, Live]] | None = None

    def of(self, published: list[PoolVersion], tree: _Tree) -> Mapping[int, Live]:
        held = self._held
        if held is None or held[0] is not published or held[1] is not tree:
            held = self._held = (published, tree, _joined(published, tree))
        return held[2]


def _joined(published: list[PoolVersion], tree: _Tree) -> dict[int, Live]:
    found: dict[int, Live] = {}
    for version in published:
        pool = version.pool
        found[pool.pk] = Live(
            id=pool.pk,
            key=pool.key,
            name=pool.name,
            record_type=pool.record_type,
            unit_id=pool.unit_id,
            home_id=pool.unit_id or tree.top_id,
            unit_ids=_territory(pool.pk, pool.record_type, pool.unit_id, published, tree),
            members=_covered(pool.unit_id, tree),
            version_id=version.pk,
            number=version.number,
            published_at=version.published_at,
            rules=rules.parse(version.definition),
        )
    return found


def _territory(
    pool_id: int,
    record_type: str,
    unit_id: int | None,
    published: Sequence[PoolVersion],
    tree: _Tree,
) -> frozenset[int]:
    own = _covered(unit_id, tree)
    nested = [
        _covered(other.pool.unit_id, tree)
        for other in published
        if other.pool.record_type == record_type
        and other.pool.unit_id is not None
        and other.pool_id != pool_id
        and other.pool.unit_id in own
    ]
    return own.difference(*nested)


def _covered(unit_id: int | None, tree: _Tree) -> frozenset[int]:
    return frozenset(tree.below) if unit_id is None else tree.below.get(unit_id, frozenset())


def _load_published() -> list[PoolVersion]:
    current = PoolVersion.objects.filter(is_current=True, pool__is_active=True)
    return list(current.select_related("pool").order_by("pool_id"))


def _load_tree() -> _Tree:
    below: dict[int, set[int]] = {}
    for above, unit in UnitClosure.objects.values_list("ancestor_id", "descendant_id"):
        below.setdefault(above, set()).add(unit)
    top = Unit.objects.filter(parent=None).order_by("pk").values_list("pk", flat=True).first()
    return _Tree({unit: frozenset(units) for unit, units in below.items()}, top)


_published: CachedByRevision[list[PoolVersion]] = CachedByRevision(REVISION, _load_published)
_tree: CachedByRevision[_Tree] = CachedByRevision(ORG, _load_tree)
_joining = _Joining()
