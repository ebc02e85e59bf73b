"""Definitions: installed from a pack, published as the next version with why."""

from collections.abc import Collection, Mapping
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.edge.etags import EditConflict
from closeloop.engine.metrics import read_board, read_measure, read_metric
from closeloop.identity.actor import Actor
from closeloop.metrics import definitions
from closeloop.metrics.models import Definition, DefinitionKind
from closeloop.metrics.sources import sources


def install(given: Mapping[str, Any], *, actor: Actor) -> None:
    """The measures, metrics and boards of a pack; again it changes only what has changed.

    Raises MetricInvalid.
    """
    revisions.bump(definitions.REVISION)
    for position, document in enumerate(given.get("measures", ())):
        read_measure(document, sources=sources.keys())
        _put(DefinitionKind.MEASURE, document, position=position, actor=actor)
    known = _keys(DefinitionKind.MEASURE)
    for position, document in enumerate(given.get("metrics", ())):
        read_metric(document, measures=known)
        _put(DefinitionKind.METRIC, document, position=position, actor=actor)
    shown: dict[str, dict[str, str]] = {key: {} for key in _keys(DefinitionKind.METRIC)}
    for position, document in enumerate(given.get("boards", ())):
        read_board(document, metrics=shown, feeds=sources.feeds())
        _put(DefinitionKind.BOARD, document, position=position, actor=actor)


def publish_metric(
    document: Mapping[str, Any], *, expected_number: int, note: str, actor: Actor
) -> Definition:
    """The next version of a metric, or the first of a new one (`expected_number` 0).

    Raises MetricInvalid, EditConflict.
    """
    revisions.bump(definitions.REVISION)
    metric = read_metric(document, measures=_keys(DefinitionKind.MEASURE))
    held = Definition.objects.filter(
        kind=DefinitionKind.METRIC, key=metric.key, is_current=True
    ).first()
    number = 0 if held is None else held.number
    if number != expected_number:
        raise EditConflict({"version": number, "conflict": []})
    position = Definition.objects.count() if held is None else held.position
    return _put(DefinitionKind.METRIC, document, position=position, note=note, actor=actor)


def _put(
    kind: DefinitionKind,
    document: Mapping[str, Any],
    *,
    position: int,
    actor: Actor,
    note: str = "",
) -> Definition:
    held = Definition.objects.filter(kind=kind, key=document["key"], is_current=True).first()
    if held is not None and held.document == document:
        return held
    number = 1
    if held is not None:
        number = held.number + 1
        held.is_current = False
        held.save(update_fields=["is_current"])
    made = Definition.objects.create(
        kind=kind, key=document["key"], number=number, document=dict(document),
        position=position, note=note, published_by_id=actor.user_id,
    )  # fmt: skip
    told = {"kind": str(kind), "key": made.key, "number": number, "note": note}
    activity.record(Happening(verb="metric.published", data=told), actor=actor)
    return made


def _keys(kind: DefinitionKind) -> Collection[str]:
    return set(Definition.objects.filter(kind=kind, is_current=True).values_list("key", flat=True))
