"""Taking records away from people and giving them, with what goes along (a customer's contacts)."""

from dataclasses import dataclass

from closeloop.edge import statements
from closeloop.identity.actor import Actor
from closeloop.pool import coming_back
from closeloop.pool.plugs import Give, plugs
from closeloop.records.queries import RecordNotFound, RecordRemoved
from closeloop.records.types import RecordType, registry

VIA = "pool"


@dataclass(frozen=True)
class Held:
    """Where a locked record stands."""

    record_type: str
    record_id: int
    owner_id: int | None
    unit_id: int | None
    stage: str


def locked(record_type: str, record_id: int) -> Held:
    """A record under the locks of a change. Raises RecordNotFound, RecordRemoved."""
    kind = registry.get(record_type)
    if plugs.lock is not None:
        plugs.lock(record_type, record_id)
    row = statements.row(
        f"SELECT owner_id, unit_id, stage, deleted_at IS NOT NULL FROM {kind.table} WHERE id = %s",
        [record_id],
    )
    if row is None:
        raise RecordNotFound({"id": record_id})
    if row[3]:
        raise RecordRemoved({"id": record_id})
    return Held(record_type, record_id, owner_id=row[0], unit_id=row[1], stage=row[2])


def take_away(held: Held, *, unit_id: int | None, actor: Actor) -> None:
    """A record, and what of its own belongs to the same person, belongs to nobody."""
    give = _give()
    give(held.record_type, held.record_id, owner_id=None, unit_id=unit_id, actor=actor, via=VIA)
    for child, record_id in _along(held.record_type, held.record_id, owner_id=held.owner_id):
        give(child, record_id, owner_id=None, unit_id=unit_id, actor=actor, via=VIA)


def give_to(held: Held, *, owner_id: int, actor: Actor) -> None:
    """A record, and what of its own belongs to nobody, belongs to a person."""
    give = _give()
    give(held.record_type, held.record_id, owner_id=owner_id, unit_id=None, actor=actor, via=VIA)
    for child, record_id in _along(held.record_type, held.record_id, owner_id=None):
        give(child, record_id, owner_id=owner_id, unit_id=None, actor=actor, via=VIA)


def _give() -> Give:
    if plugs.give is None:
        raise RuntimeError("nobody has plugged in how records change hands")
    return plugs.give


def _along(record_type: str, record_id: int, *, owner_id: int | None) -> list[tuple[str, int]]:
    """Records under this one that go where it goes: those of types without a process."""
    found: list[tuple[str, int]] = []
    for kind in coming_back.children_of(record_type).values():
        if not kind.is_user_defined and plugs.open_stages(kind.key) is None:
            found += [(kind.key, each) for each in _below(kind, record_id, owner_id)]
    return found


def _below(kind: RecordType, record_id: int, owner_id: int | None) -> list[int]:
    column = kind.columns[kind.parent_field or ""]
    rows = statements.rows(
        f"SELECT id FROM {kind.table} WHERE {column} = %s AND deleted_at IS NULL"
        " AND owner_id IS NOT DISTINCT FROM %s::bigint ORDER BY id",
        [record_id, owner_id],
    )
    return [row[0] for row in rows]
