"""What a build counts, as it was defined when it was made."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from closeloop.engine.metrics import Measure, read_measure
from closeloop.metrics.models import BuiltMeasure


@lru_cache(maxsize=8)
def measures_of(build_id: int) -> Mapping[int, Measure]:
    """The measures of a build by the id that stands in its counts; they never change."""
    found = BuiltMeasure.objects.filter(build_id=build_id).order_by("pk")
    return {each.pk: read_measure(each.definition) for each in found}


def written(measure: Measure) -> dict[str, Any]:
    """The measure as a document that `read_measure` reads."""
    return {
        "key": measure.key,
        "name": dict(measure.name),
        "events": [{"verb": event.verb, "where": dict(event.given)} for event in measure.events],
        "day": measure.day,
        "person": measure.person,
        "kind": measure.kind,
        "value": measure.value,
    }
