"""Whether a blueprint makes sense as a whole: names, order, ways in and ways out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from closeloop.engine.blueprint.model import (
    Blueprint,
    ItemKind,
    Move,
    MoveKind,
    Stage,
    StageKind,
)
from closeloop.engine.problems import ProblemList

_ONWARD = (MoveKind.FORWARD, MoveKind.SKIP, MoveKind.CLOSE)


def check(blueprint: Blueprint, problems: ProblemList) -> None:
    """Note every fault that needs the whole blueprint to be seen."""
    _check_keys(blueprint, problems)
    stages = {stage.key: stage for stage in blueprint.stages}
    first = stages.get(blueprint.initial)
    if first is None or first.kind.is_terminal:
        problems.add("blueprint.initial_unknown", "/initial", initial=blueprint.initial)
    for index, stage in enumerate(blueprint.stages):
        _check_stage(blueprint, stage, f"/stages/{index}", problems)
    order = {stage.key: index for index, stage in enumerate(blueprint.stages)}
    for index, move in enumerate(blueprint.moves):
        if _ends_known(move, stages, f"/moves/{index}", problems):
            _check_move(move, stages, order, f"/moves/{index}", problems)
            _check_hidden_skip(blueprint, move, f"/moves/{index}", problems)
    _check_ways(blueprint, problems)


def with_through(
    moves: Sequence[Move], stages: Sequence[str], *, skips_given: frozenset[int]
) -> tuple[Move, ...]:
    """Give the moves with the stages that a skip passes over, where the file does not say.

    These are the stages between its ends, in order, that lie on a forward way between them.
    """
    return tuple(
        replace(move, through=_between(moves, stages, move))
        if move.kind is MoveKind.SKIP and index not in skips_given
        else move
        for index, move in enumerate(moves)
    )


def _between(moves: Sequence[Move], stages: Sequence[str], skip: Move) -> tuple[str, ...]:
    onward = [(move.from_stage, move.to_stage) for move in moves if move.kind is MoveKind.FORWARD]
    backward = [(to_stage, from_stage) for from_stage, to_stage in onward]
    after, before = _reached(onward, skip.from_stage), _reached(backward, skip.to_stage)
    ends = (skip.from_stage, skip.to_stage)
    return tuple(key for key in stages if key in after and key in before and key not in ends)


def _reached(steps: Iterable[tuple[str, str]], start: str) -> set[str]:
    pairs = list(steps)
    found = {start}
    while more := {to for source, to in pairs if source in found and to not in found}:
        found |= more
    return found


def _check_keys(blueprint: Blueprint, problems: ProblemList) -> None:
    _once([(stage.key, f"/stages/{i}/key") for i, stage in enumerate(blueprint.stages)], problems)
    items, lists = [], []
    for index, stage in enumerate(blueprint.stages):
        for side, gate in (("entry", stage.entry), ("exit", stage.exit)):
            items += [
                (item.key, f"/stages/{index}/{side}/{place}/key") for place, item in enumerate(gate)
            ]
        for name in ("checklist", "waiting_reasons", "outcome_reasons"):
            options = getattr(stage, name)
            lists.append(
                [(each.key, f"/stages/{index}/{name}/{i}/key") for i, each in enumerate(options)]
            )
    # An exception names item keys, so a key must mean one item of the whole blueprint.
    _once(items, problems)
    for options in lists:
        _once(options, problems)
    ends = [(f"{m.from_stage}:{m.to_stage}", f"/moves/{i}") for i, m in enumerate(blueprint.moves)]
    _once(ends, problems)


def _once(keys: Iterable[tuple[str, str]], problems: ProblemList) -> None:
    seen: set[str] = set()
    for key, path in keys:
        if key and key in seen:
            problems.add("key.duplicate", path, key=key)
        seen.add(key)


def _check_stage(blueprint: Blueprint, stage: Stage, path: str, problems: ProblemList) -> None:
    needs_reasons = stage.kind in (StageKind.LOST, StageKind.CLOSED)
    if needs_reasons and not stage.outcome_reasons:
        problems.add("stage.outcome_reasons_missing", f"{path}/outcome_reasons", stage=stage.key)
    if stage.kind is StageKind.OPEN and stage.outcome_reasons:
        problems.add("stage.outcome_reasons_unused", f"{path}/outcome_reasons", stage=stage.key)
    if stage.kind.is_terminal and stage.exit:
        problems.add("gate.exit_of_terminal", f"{path}/exit", stage=stage.key)
    if stage.key == blueprint.initial and stage.entry:
        problems.add("gate.entry_of_initial", f"{path}/entry", stage=stage.key)
    for index, item in enumerate(stage.entry):
        if item.kind is ItemKind.CHECKLIST:
            # The list opens with the stage, so nobody could tick it before.
            problems.add("gate.checklist_at_entry", f"{path}/entry/{index}", item=item.key)


def _ends_known(move: Move, stages: dict[str, Stage], path: str, problems: ProblemList) -> bool:
    unknown = [
        (name, key)
        for name, key in (("from", move.from_stage), ("to", move.to_stage))
        if key not in stages
    ]
    unknown += [("through", key) for key in move.through if key not in stages]
    for name, key in unknown:
        problems.add("move.stage_unknown", f"{path}/{name}", stage=key)
    if move.from_stage == move.to_stage:
        problems.add("move.to_itself", path, stage=move.to_stage)
    return not unknown and move.from_stage != move.to_stage


def _check_move(
    move: Move, stages: dict[str, Stage], order: dict[str, int], path: str, problems: ProblemList
) -> None:
    source, target = stages[move.from_stage], stages[move.to_stage]
    later = order[target.key] > order[source.key]
    facts = {"from": source.key, "to": target.key, "kind": move.kind.value}
    if source.kind.is_terminal is not (move.kind is MoveKind.REOPEN):
        problems.add("move.only_reopen_leaves_an_end", path, **facts)
    elif move.kind.is_return and target.kind.is_terminal:
        problems.add("move.back_into_an_end", path, **facts)
    elif move.kind is MoveKind.BACK and later:
        problems.add("move.back_goes_onward", path, **facts)
    elif move.kind in (MoveKind.FORWARD, MoveKind.SKIP) and not later:
        problems.add("move.onward_goes_back", path, **facts)
    elif move.kind in (MoveKind.FORWARD, MoveKind.SKIP) and target.kind is StageKind.LOST:
        problems.add("move.lost_needs_close", path, **facts)
    elif move.kind is MoveKind.CLOSE and target.kind in (StageKind.OPEN, StageKind.WON):
        # A close passes no exit gate, so it must not lead to success.
        problems.add("move.close_passes_no_gate", path, **facts)


def _check_hidden_skip(blueprint: Blueprint, move: Move, path: str, problems: ProblemList) -> None:
    if move.kind is not MoveKind.FORWARD:
        return
    onward = [each for each in blueprint.moves if each.kind is MoveKind.FORWARD]
    passed = _between(onward, [stage.key for stage in blueprint.stages], move)
    if passed:
        problems.add("move.hidden_skip", path, passed=list(passed))


def _check_ways(blueprint: Blueprint, problems: ProblemList) -> None:
    steps = [(move.from_stage, move.to_stage) for move in blueprint.moves]
    reached = _reached(steps, blueprint.initial)
    onward = {move.from_stage for move in blueprint.moves if move.kind in _ONWARD}
    for index, stage in enumerate(blueprint.stages):
        if stage.key not in reached:
            problems.add("stage.unreachable", f"/stages/{index}", stage=stage.key)
        if stage.kind is StageKind.OPEN and stage.key not in onward:
            problems.add("stage.dead_end", f"/stages/{index}", stage=stage.key)
