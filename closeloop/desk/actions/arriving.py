"""Records that programs bring: where somebody takes such a type in, the same one is made once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from closeloop.desk.actions.records import create_record
from closeloop.identity.actor import Actor, ActorKind


@dataclass(frozen=True)
class Brought:
    """A record that was made, or was there already (`is_new` False)."""

    record_id: int
    is_new: bool


Taker = Callable[[Mapping[str, Any], int | None, Actor], Brought]


@dataclass
class Takers:
    """By record type, who takes in what programs bring (from wiring)."""

    by_type: dict[str, Taker] = field(default_factory=dict)


takers = Takers()


def bring_record(
    type_key: str, raw: Mapping[str, Any], *, owner_id: int | None, actor: Actor
) -> Brought:
    """Make a record, as `create_record` does; what a program brings goes to the type's taker."""
    taker = takers.by_type.get(type_key)
    if taker is not None and actor.kind is ActorKind.API_KEY:
        return taker(raw, owner_id, actor)
    return Brought(create_record(type_key, raw, actor=actor, owner_id=owner_id), is_new=True)
