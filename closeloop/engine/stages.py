"""Moving a record through its process: one decision, as a value.

decide_advance says allowed, blocked (with every missing item) or refused; nothing is done here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from closeloop.engine import blueprint as blueprints
from closeloop.engine import gates, refusals
from closeloop.engine.blueprint import Blueprint, ItemKind, Move, MoveKind, Option, StageKind
from closeloop.engine.facts import GATE_FACTS, MOVE, NOW, Catalogue, move_key
from closeloop.engine.gates import CompiledItem, Facts, MissingItem
from closeloop.engine.problems import Problem


@dataclass(frozen=True, slots=True)
class InstanceState:
    """Where a record stands. `visited` are all stages it has stood in, this one or not."""

    stage: str
    visited: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GrantedException:
    """Leave, granted by a superior, to pass one move of one version without some items.

    `item_keys` are exactly the missing items it covers; after `expires_at` (aware) it is void.
    """

    id: str
    blueprint: str
    version: int | None
    from_stage: str
    to_stage: str
    item_keys: frozenset[str]
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """The move may be made. `excepted` are the missing items that an exception covers."""

    move: Move
    kind: MoveKind
    skipped: tuple[str, ...] = ()
    reason: str | None = None
    outcome_reason: str | None = None
    excepted: tuple[MissingItem, ...] = ()
    exception_id: str | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    """The lock is shut. `missing` lists every item at once, in the order of the gates."""

    move: Move
    missing: tuple[MissingItem, ...]
    blueprint: str
    version: int | None

    @property
    def needs_approval(self) -> bool:
        """Tell whether nothing but approvals is missing, so that one can be asked for now."""
        return all(item.kind is ItemKind.APPROVAL for item in self.missing)

    def as_refusal(self) -> refusals.StageLocked:
        """Give the refusal that tells the user every missing item."""
        return refusals.StageLocked(
            {
                "from_stage": self.move.from_stage,
                "to_stage": self.move.to_stage,
                "missing": [item.as_data() for item in self.missing],
                "blueprint": self.blueprint,
                "version": self.version,
            }
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """The move cannot be asked for like this, whatever the facts are."""

    refusal: type[refusals.Refusal]
    data: Mapping[str, object]

    @property
    def code(self) -> str:
        """Give the code of the refusal."""
        return self.refusal.code

    def as_refusal(self) -> refusals.Refusal:
        """Give the refusal to raise."""
        return self.refusal(self.data)


Decision = Allowed | Blocked | Refused


@dataclass(frozen=True, slots=True)
class MovePreview:
    """A move that the process allows from here, and what its gates say now.

    `needs_reason` and `outcome_reasons` tell what the person will be asked for besides.
    """

    move: Move
    decision: Allowed | Blocked | Refused
    needs_reason: bool
    outcome_reasons: tuple[Option, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CompiledMove:
    """A move with its gate items as closures and the facts they need."""

    move: Move
    items: tuple[CompiledItem, ...]
    fact_keys: frozenset[str]
    to_kind: StageKind
    outcome_reasons: tuple[Option, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CompiledBlueprint:
    """A blueprint ready for decisions. Immutable: keep it for as long as its version lives.

    `problems` name conditions that no longer fit the catalogue; their items stay shut.
    """

    blueprint: Blueprint
    moves: Mapping[tuple[str, str], CompiledMove]
    path_items: Mapping[str, tuple[CompiledItem, ...]]
    problems: tuple[Problem, ...]

    def fact_keys(self, from_stage: str, to_stage: str) -> frozenset[str]:
        """Give the keys of exactly the facts that deciding the move needs; none for no move."""
        move = self.moves.get((from_stage, to_stage))
        return move.fact_keys if move else frozenset()


def compile_blueprint(blueprint: Blueprint, catalogue: Catalogue) -> CompiledBlueprint:
    """Give the blueprint with every gate compiled. `catalogue` holds the fields of the type."""
    known = GATE_FACTS.joined(catalogue)
    compiled: dict[str, CompiledItem] = {}

    def ready(placed: tuple[blueprints.PlacedItem, ...]) -> tuple[CompiledItem, ...]:
        for each in placed:
            if each.item.key not in compiled:
                compiled[each.item.key] = gates.compile_item(each, known)
        return tuple(compiled[each.item.key] for each in placed)

    moves = {}
    for move in blueprint.moves:
        placed = blueprints.items_of_move(blueprint, move)
        target = blueprint.stage(move.to_stage)
        keys = blueprints.item_fact_keys(placed)
        moves[move.from_stage, move.to_stage] = CompiledMove(
            move, ready(placed), keys, target.kind, target.outcome_reasons
        )
    paths = {
        stage.key: ready(blueprints.items_on_path(blueprint, stage.key))
        for stage in blueprint.stages
    }
    problems = tuple(problem for item in compiled.values() for problem in item.problems)
    return CompiledBlueprint(blueprint, moves, paths, problems)


def decide_advance(
    blueprint: CompiledBlueprint,
    state: InstanceState,
    facts: Facts,
    *,
    to_stage: str,
    now: datetime,
    reason: str | None = None,
    outcome_reason: str | None = None,
    exception: GrantedException | None = None,
) -> Decision:
    """Decide whether a record in `state` may move to `to_stage`; give the decision as a value.

    `facts` holds what `fact_keys` names; a fact left out is unknown, and unknown keeps the
    lock shut. `now` (aware, in the company's zone) is what relative dates count from.
    """
    move = blueprint.moves.get((state.stage, to_stage))
    if move is None:
        return _no_move(blueprint, state.stage, to_stage, why="no_such_move")
    if move.move.kind is MoveKind.REOPEN and to_stage not in state.visited:
        return _no_move(blueprint, state.stage, to_stage, why="stage_never_visited")
    words = (reason or "").strip() or None
    if move.move.needs_reason and words is None:
        return _refused_without_reason(move.move)
    if move.outcome_reasons and outcome_reason not in {each.key for each in move.outcome_reasons}:
        return _refused_without_outcome(move, outcome_reason)
    return _pass_gates(
        blueprint,
        move,
        facts,
        exception=exception,
        now=now,
        reason=words,
        outcome_reason=outcome_reason,
    )


def allowed_moves(blueprint: CompiledBlueprint, stage: str) -> tuple[Move, ...]:
    """Give the moves that leave `stage`, in the order of the blueprint."""
    return blueprint.blueprint.moves_from(stage)


def preview_fact_keys(blueprint: CompiledBlueprint, stage: str) -> frozenset[str]:
    """Give the keys of the facts that previewing every move from `stage` needs."""
    moves = allowed_moves(blueprint, stage)
    return frozenset(key for move in moves for key in blueprint.fact_keys(stage, move.to_stage))


def preview_moves(
    blueprint: CompiledBlueprint,
    state: InstanceState,
    facts: Facts,
    *,
    now: datetime,
    exception: GrantedException | None = None,
) -> tuple[MovePreview, ...]:
    """Give every allowed move with its decision, as if its reasons had been told already."""
    previews = []
    for move in allowed_moves(blueprint, state.stage):
        compiled = blueprint.moves[move.from_stage, move.to_stage]
        decision: Decision
        if move.kind is MoveKind.REOPEN and move.to_stage not in state.visited:
            decision = _no_move(blueprint, state.stage, move.to_stage, why="stage_never_visited")
        else:
            decision = _pass_gates(blueprint, compiled, facts, exception=exception, now=now)
        previews.append(MovePreview(move, decision, move.needs_reason, compiled.outcome_reasons))
    return tuple(previews)


def find_missing(
    blueprint: Blueprint, items: tuple[CompiledItem, ...], facts: Facts, *, now: datetime
) -> tuple[MissingItem, ...]:
    """Give every item of `items` that the facts do not meet, in order."""
    facts = {**facts, NOW: now}
    found = []
    for item in items:
        met = item.test(facts)
        if not met:
            found.append(
                gates.missing_item(
                    item, facts, met, blueprint=blueprint.key, version=blueprint.version
                )
            )
    return tuple(found)


def _pass_gates(
    blueprint: CompiledBlueprint,
    compiled: CompiledMove,
    facts: Facts,
    *,
    exception: GrantedException | None,
    now: datetime,
    reason: str | None = None,
    outcome_reason: str | None = None,
) -> Allowed | Blocked:
    move = compiled.move
    facts = {**facts, MOVE: move_key(move.from_stage, move.to_stage)}
    missing = find_missing(blueprint.blueprint, compiled.items, facts, now=now)
    outcome = outcome_reason if compiled.outcome_reasons else None
    if not missing:
        return Allowed(move, move.kind, move.through, reason, outcome)
    covered = _covered(blueprint.blueprint, move, exception, now)
    # No superior's leave stands for the agreement of others.
    left = tuple(
        item for item in missing if item.item_key not in covered or item.kind is ItemKind.APPROVAL
    )
    if left or exception is None:
        return Blocked(move, left, blueprint.blueprint.key, blueprint.blueprint.version)
    return Allowed(move, move.kind, move.through, reason, outcome, missing, exception.id)


def _covered(
    blueprint: Blueprint, move: Move, exception: GrantedException | None, now: datetime
) -> frozenset[str]:
    """Give the items that the exception covers: none, unless it is for this very move."""
    if exception is None or (exception.expires_at is not None and exception.expires_at <= now):
        return frozenset()
    granted = (
        exception.blueprint,
        exception.version,
        exception.from_stage,
        exception.to_stage,
    )
    asked = (blueprint.key, blueprint.version, move.from_stage, move.to_stage)
    return exception.item_keys if granted == asked else frozenset()


def _no_move(blueprint: CompiledBlueprint, from_stage: str, to_stage: str, *, why: str) -> Refused:
    return Refused(
        refusals.MoveNotAllowed,
        {
            "from_stage": from_stage,
            "to_stage": to_stage,
            "allowed": [move.to_stage for move in allowed_moves(blueprint, from_stage)],
            "why": why,
        },
    )


def _refused_without_reason(move: Move) -> Refused:
    return Refused(
        refusals.StepBackNeedsReason,
        {
            "from_stage": move.from_stage,
            "to_stage": move.to_stage,
            "move_kind": move.kind.value,
        },
    )


def _refused_without_outcome(move: CompiledMove, given: str | None) -> Refused:
    return Refused(
        refusals.OutcomeReasonRequired,
        {
            "to_stage": move.move.to_stage,
            "outcome_reasons": [reason.key for reason in move.outcome_reasons],
            "given": given,
        },
    )
