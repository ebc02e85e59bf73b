"""A blueprint as plain data again; reading it back gives an equal blueprint."""

from __future__ import annotations

from collections.abc import Iterable

from closeloop.engine.blueprint.model import (
    ApprovalItem,
    Blueprint,
    ChecklistItem,
    ConditionItem,
    DocumentItem,
    FieldItem,
    GateItem,
    Move,
    MoveKind,
    Option,
    RolesItem,
    Stage,
    Words,
)

Data = dict[str, object]


def dump_blueprint(blueprint: Blueprint) -> Data:
    """Give the blueprint as JSON data, without what is empty."""
    return _without_empty(
        key=blueprint.key,
        record_type=blueprint.record_type,
        name=dict(blueprint.name),
        version=blueprint.version,
        initial=blueprint.initial,
        stages=[_stage(stage) for stage in blueprint.stages],
        moves=[_move(move) for move in blueprint.moves],
        exception_flow=blueprint.exception_flow or None,
    )


def _stage(stage: Stage) -> Data:
    return _without_empty(
        key=stage.key,
        name=dict(stage.name),
        kind=stage.kind.value,
        probability=stage.probability,
        expected_days=stage.expected_days,
        guidance=_words(stage.guidance),
        checklist=_options(stage.checklist),
        waiting_reasons=_options(stage.waiting_reasons),
        entry=[_item(item) for item in stage.entry],
        exit=[_item(item) for item in stage.exit],
        outcome_reasons=_options(stage.outcome_reasons),
        exception_flow=stage.exception_flow or None,
    )


def _move(move: Move) -> Data:
    data = _without_empty(
        kind=move.kind.value,
        needs_reason=move.needs_reason or None,
        name=_words(move.name),
    )
    if move.kind is MoveKind.SKIP:
        # Written even when empty: without it a reader takes every stage in between.
        data["through"] = list(move.through)
    return {"from": move.from_stage, "to": move.to_stage, **data}


def _item(item: GateItem) -> Data:
    return _without_empty(
        key=item.key,
        kind=item.kind.value,
        name=dict(item.name),
        why=_words(item.why),
        supplier=item.supplier,
        where=item.where,
        applies_when=item.applies_when,
        **_special(item),
    )


def _special(item: GateItem) -> Data:
    match item:
        case FieldItem():
            return {"field": item.field}
        case DocumentItem():
            return {
                "document": item.document,
                "at_least": item.at_least,
                "types": list(item.types),
            }
        case ChecklistItem():
            return {"ticks": list(item.ticks)}
        case RolesItem():
            return {"at_least": item.at_least}
        case ConditionItem():
            return {"condition": item.condition}
        case ApprovalItem():
            return {"flow": item.flow}
        case _:
            raise TypeError(f"no such gate item: {item!r}")


def _options(options: Iterable[Option]) -> list[Data]:
    return [
        _without_empty(key=each.key, name=dict(each.name), guidance=_words(each.guidance))
        for each in options
    ]


def _words(words: Words | None) -> dict[str, str] | None:
    return dict(words) if words is not None else None


def _without_empty(**data: object) -> Data:
    return {key: value for key, value in data.items() if value is not None and value != []}
