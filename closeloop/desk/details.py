"""A record's page: its path, moves, missing items and checklist, composed for a viewer."""

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.desk.reader import Reader
from closeloop.edge import messages
from closeloop.engine.blueprint import Option, Stage
from closeloop.engine.stages import Allowed, Blocked, MovePreview
from closeloop.process import approving, blueprints, missing
from closeloop.process import queries as process
from closeloop.process.blueprints import Loaded
from closeloop.process.models import ExceptionRequest, Instance
from closeloop.records.types import RecordType


def page_of(
    record_type: RecordType,
    record_id: int,
    reader: Reader,
    *,
    untold: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Everything about a record's process; empty where its type has none.

    `untold` are fields that this very record hides from the reader.
    """
    instance = process.instance_of(record_id)
    if instance is None:
        return {
            "path": [], "process": None, "waiting": None, "waiting_reasons": [],
            "outcome_reason": None, "moves": [], "opening_missing": [],
        }  # fmt: skip
    version, previews = process.previews(record_type, record_id)
    stage = version.blueprint.stage(instance.stage)
    outcomes = {option.key: option for option in stage.outcome_reasons}
    return {
        "path": [vars(step) for step in process.path_of(instance)],
        "process": {
            "key": version.key,
            "version": version.number,
            "name": dict(version.blueprint.name),
            "stages": stage_rows(version),
        },
        "waiting": _waiting(instance),
        "waiting_reasons": [option_row(option) for option in stage.waiting_reasons],
        "outcome_reason": option_row(outcomes[instance.outcome_reason])
        if instance.outcome_reason in outcomes
        else None,
        "moves": [
            move_row(record_type.key, record_id, each, reader, untold=untold) for each in previews
        ],
        "opening_missing": [
            missing_row(record_type.key, item, reader, untold=untold)
            for item in instance.opening_missing
        ],
    }


def move_row(
    type_key: str,
    record_id: int,
    preview: MovePreview,
    reader: Reader,
    *,
    untold: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """A possible move with the items that keep it shut."""
    decision = preview.decision
    words = {Allowed: "allowed", Blocked: "blocked"}
    said = words.get(type(decision), "refused")
    if isinstance(decision, Blocked) and decision.needs_approval:
        said = "needs_approval"
    lacking = decision.missing if isinstance(decision, Blocked) else ()
    move = preview.move
    rows = [missing_row(type_key, item.as_data(), reader, untold=untold) for item in lacking]
    return {
        "to_stage": move.to_stage,
        "kind": move.kind.value,
        "needs_reason": preview.needs_reason,
        "outcome_reasons": [option_row(option) for option in preview.outcome_reasons],
        "decision": said,
        "missing": approving.with_links(rows, record_id, move.from_stage, move.to_stage),
    }


def missing_row(
    type_key: str,
    item: Mapping[str, Any],
    reader: Reader,
    *,
    untold: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """A missing item of the engine in the API's form, with its sentence.

    `untold` are fields that this very record hides, beside those of its type.
    """
    row = missing.as_row(item, hidden=reader.hidden_in(type_key) | untold)
    return with_message(row, reader.language)


def with_message(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    """An item in the API's form with its sentence."""
    name = row["name"].get(language) or row["name"].get(messages.DEFAULT, "")
    words = {"name": name, "actual": row["actual"], "expected": row["expected"]}
    return {**row, "message": messages.say(f"missing.{row['kind']}", language, words)}


def stage_rows(version: Loaded) -> list[dict[str, Any]]:
    """The stages of a version as the screen needs them."""
    return [stage_row(stage, place) for place, stage in enumerate(version.stages)]


def stage_row(stage: Stage, place: int) -> dict[str, Any]:
    """One stage."""
    return {
        "key": stage.key,
        "name": dict(stage.name),
        "kind": stage.kind.value,
        "probability": stage.probability,
        "position": place,
        "guidance": dict(stage.guidance) if stage.guidance else None,
        "expected_days": stage.expected_days,
    }


def option_row(option: Option) -> dict[str, Any]:
    """A reason or checklist item to choose."""
    return {
        "key": option.key,
        "name": dict(option.name),
        "guidance": dict(option.guidance) if option.guidance else None,
    }


def checklist_of(record_id: int) -> list[dict[str, Any]]:
    """Every checklist item of the record's process version, stage by stage."""
    instance = process.instance_of(record_id)
    if instance is None:
        return []
    ticks = process.ticks_of(record_id)
    rows = []
    for stage in blueprints.loaded(instance.version_id).stages:
        for option in stage.checklist:
            item = f"{stage.key}.{option.key}"
            tick = ticks.get(item)
            by = tick.ticked_by if tick else None
            rows.append(
                {
                    "stage": stage.key,
                    **option_row(option),
                    "item": item,
                    "ticked": tick is not None,
                    "by": {"id": by.pk, "name": by.name} if by else None,
                    "at": tick.ticked_at if tick else None,
                }
            )
    return rows


def exception_row(request: ExceptionRequest, reader: Reader) -> dict[str, Any]:
    """A request for an exception."""
    version = blueprints.loaded(request.version_id)
    names = {stage.key: dict(stage.name) for stage in version.stages}
    people: Sequence[tuple[str, Any]] = (
        ("requested_by", request.requested_by),
        ("decider", request.decider),
        ("decided_by", request.decided_by),
    )
    return {
        "id": request.pk,
        "record": {
            "id": request.record_id, "type": request.record.type, "title": request.record.title,
        },
        "from_stage": request.from_stage,
        "to_stage": request.to_stage,
        "from_name": names[request.from_stage],
        "to_name": names[request.to_stage],
        "missing": [missing_row(request.record.type, item, reader) for item in request.missing],
        "reason": request.reason,
        "state": request.state,
        "requested_at": request.requested_at,
        "decided_at": request.decided_at,
        "note": request.note,
        "case_id": request.case_id,
        **{
            key: {"id": person.pk, "name": person.name} if person else None
            for key, person in people
        },
    }  # fmt: skip


def _waiting(instance: Instance) -> dict[str, Any] | None:
    if not instance.waiting_reason:
        return None
    return {"reason": instance.waiting_reason, "since": instance.waiting_since}
