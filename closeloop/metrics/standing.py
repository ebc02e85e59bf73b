"""What a build counts, as it was defined when it was made."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from closeloop.engine.metrics import ENTRIES, Measure, read_measure
from closeloop.metrics.models import Build, BuildState, BuiltMeasure


def live() -> Build | None:
    """The build that screens read; None before the first is finished."""
    return Build.objects.filter(state=BuildState.LIVE).first()


def ids_of(build_id: int) -> Mapping[str, int]:
    """The id in the counts of every measure of a build, by key."""
    return {each.key: pk for pk, each in measures_of(build_id).items()}


@lru_cache(maxsize=8)
def measures_of(build_id: int) -> Mapping[int, Measure]:
    """The measures of a build by the id that stands in its counts; they never change."""
    found = BuiltMeasure.objects.filter(build_id=build_id).order_by("pk")
    return {each.pk: read_measure(each.definition) for each in found}


def written(measure: Measure) -> dict[str, Any]:
    """The measure as a document that `read_measure` reads."""
    common = {
        "key": measure.key,
        "name": dict(measure.name),
        "names": measure.names,
        "about": measure.about,
        "source": measure.source,
    }
    if measure.source != ENTRIES:
        return {**common, "of": list(measure.of)}
    events = [{"verb": event.verb, "where": dict(event.given)} for event in measure.events]
    return {
        **common,
        "events": events,
        "day": measure.day,
        "person": measure.person,
        "kind": measure.kind,
        "value": measure.value,
    }
