"""Which gates stand on the way: the items of a move, of a path, and the facts they ask for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from closeloop.engine import conditions, facts
from closeloop.engine.blueprint.model import (
    ApprovalItem,
    Blueprint,
    ChecklistItem,
    ConditionItem,
    DocumentItem,
    FieldItem,
    GateItem,
    GateSide,
    Move,
    MoveKind,
)


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """A gate item with the stage and the side it stands on."""

    stage: str
    side: GateSide
    item: GateItem


def items_of_move(blueprint: Blueprint, move: Move) -> tuple[PlacedItem, ...]:
    """Give every gate item that `move` must pass, in the order it is met."""
    if move.kind.is_return:
        return ()
    if move.kind is MoveKind.CLOSE:
        return tuple(_gate(blueprint, move.to_stage, GateSide.ENTRY))
    return tuple(_along(blueprint, (move.from_stage, *move.through, move.to_stage)))


def items_on_path(blueprint: Blueprint, stage: str) -> tuple[PlacedItem, ...]:
    """Give every gate item between the initial stage and `stage`; () when no way leads there."""
    return tuple(_along(blueprint, forward_path(blueprint, blueprint.initial, stage)))


def forward_path(blueprint: Blueprint, from_stage: str, to_stage: str) -> tuple[str, ...]:
    """Give the stages of the shortest way by forward moves, both ends included; () for none."""
    came_from: dict[str, str | None] = {from_stage: None}
    queue = deque([from_stage])
    while queue and to_stage not in came_from:
        here = queue.popleft()
        for move in blueprint.moves_from(here):
            if move.kind is MoveKind.FORWARD and move.to_stage not in came_from:
                came_from[move.to_stage] = here
                queue.append(move.to_stage)
    if to_stage not in came_from:
        return ()
    path = [to_stage]
    while (before := came_from[path[-1]]) is not None:
        path.append(before)
    return tuple(reversed(path))


def fact_keys(blueprint: Blueprint, from_stage: str, to_stage: str) -> frozenset[str]:
    """Give the keys of exactly the facts that deciding the move needs; none for no move."""
    move = blueprint.move(from_stage, to_stage)
    return item_fact_keys(items_of_move(blueprint, move)) if move else frozenset()


def item_fact_keys(placed: Iterable[PlacedItem]) -> frozenset[str]:
    """Give the keys of the facts that these items ask for."""
    return frozenset(key for each in placed for key in (*facts_of(each), *scope_facts_of(each)))


def scope_facts_of(placed: PlacedItem) -> tuple[str, ...]:
    """Give the keys of the facts that tell of whom one item is asked, in a steady order."""
    scope = placed.item.applies_when
    return () if scope is None else tuple(sorted(conditions.fact_keys(scope)))


def facts_of(placed: PlacedItem) -> tuple[str, ...]:
    """Give the keys of the facts that one item asks for, in a steady order."""
    match placed.item:
        case FieldItem(field=field):
            return (facts.field_key(field),)
        case DocumentItem(document=document, types=types):
            return (facts.document_key(document, types),)
        case ChecklistItem(ticks=ticks):
            return tuple(facts.checklist_key(placed.stage, tick) for tick in ticks)
        case ApprovalItem(flow=flow):
            return (facts.approval_key(flow),)
        case ConditionItem(condition=condition):
            return tuple(sorted(conditions.fact_keys(condition)))
        case _:
            return (facts.ROLES_COVERED,)


def _along(blueprint: Blueprint, path: tuple[str, ...]) -> Iterator[PlacedItem]:
    for index, stage in enumerate(path):
        if index > 0:
            yield from _gate(blueprint, stage, GateSide.ENTRY)
        if index < len(path) - 1:
            yield from _gate(blueprint, stage, GateSide.EXIT)


def _gate(blueprint: Blueprint, key: str, side: GateSide) -> Iterator[PlacedItem]:
    stage = blueprint.stage(key)
    for item in stage.entry if side is GateSide.ENTRY else stage.exit:
        yield PlacedItem(key, side, item)
