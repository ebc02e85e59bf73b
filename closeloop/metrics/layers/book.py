"""The layers, their indicators, and what is told of single deals, as the pack names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from closeloop.fields import queries as fields
from closeloop.metrics import definitions, errors

LAYERS, TRAITS = "layers", "layer_traits"
Kind = Literal["contacts", "playbooks", "step_backs", "clocks"]
Name = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A metric of a layer, what to do where it is low, and on which page that is done."""

    metric: str
    intervention: Name
    page: str
    per_workday: bool


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer with its indicators, in order."""

    key: str
    name: Name
    about: Name
    indicators: Sequence[Indicator]


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that holds for a deal or does not. `among`: kinds of entries, or policies."""

    key: str
    layer: str
    name: Name
    of: Kind
    at_least: int
    among: Sequence[str]


def layers() -> list[Layer]:
    """The layers of the pack; an indicator whose metric is not defined here is left out."""
    known = definitions.book().metrics
    return [
        Layer(
            key=each["key"],
            name=each["name"],
            about=each["about"],
            indicators=[_indicator(one) for one in each["indicators"] if one["metric"] in known],
        )
        for each in fields.settings().get(LAYERS, [])
    ]


def traits() -> list[Trait]:
    """What is told of single deals."""
    return [
        Trait(
            key=each["key"],
            layer=each["layer"],
            name=each["name"],
            of=each["of"],
            at_least=each.get("at_least", 1),
            among=each.get("kinds") or each.get("policies") or (),
        )
        for each in fields.settings().get(TRAITS, [])
    ]


def trait(key: str) -> Trait:
    """A trait by its key. Raises MetricNotFound."""
    for each in traits():
        if each.key == key:
            return each
    raise errors.MetricNotFound({"key": key})


def _indicator(given: Mapping[str, Any]) -> Indicator:
    return Indicator(
        metric=given["metric"],
        intervention=given["intervention"],
        page=given["page"],
        per_workday=bool(given.get("per_workday")),
    )
