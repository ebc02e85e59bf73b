"""By what entries are tagged: stage, event, and what the pack names from fields of records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from closeloop.engine.playbooks import Saying
from closeloop.fields import queries as fields
from closeloop.playbooks.content import EVENT, STAGE
from closeloop.playbooks.plugs import plugs
from closeloop.process import blueprints
from closeloop.records.types import registry

Name = Mapping[str, str]
SETTINGS = "playbook_settings"
FAILURES = 3
"""So many failures in a row, unless the settings say otherwise (requirement L02)."""


@dataclass(frozen=True)
class Facet:
    """One kind of tag and the values that it may have; `sources` are (record type, field)."""

    key: str
    name: Name
    values: Mapping[str, Name]
    sources: tuple[tuple[str, str], ...] = ()


def settings() -> Mapping[str, Any]:
    """What the pack and administrators have set: facets, steps of a plan, failures in a row."""
    held = fields.settings().get(SETTINGS)
    found: Mapping[str, Any] = held[0] if held else {}
    return found


def failures_in_a_row() -> int:
    """From how many failures in a row on a pack is pushed; 0 never."""
    return int(settings().get("failures", FAILURES))


def sayings() -> list[Saying]:
    """The everyday words that stand for words of the library."""
    return [Saying(each["said"], each["means"]) for each in settings().get("sayings", ())]


def facets() -> list[Facet]:
    """Every facet with its values: those of processes, of the sales log, of fields."""
    given = settings().get("facets", ())
    return [_facet(each) for each in given]


def names_of(facet: Facet, values: list[str]) -> list[Name]:
    """What values are called; one that has no name any more is its key."""
    return [facet.values.get(value, {"zh-CN": value, "en-US": value}) for value in values]


def stage_tag(record_type: str, stage: str) -> str:
    """How a stage stands among the tags."""
    return f"{record_type}.{stage}"


def _facet(given: Mapping[str, Any]) -> Facet:
    key = given["key"]
    sources = tuple((each["record_type"], each["field"]) for each in given.get("sources", ()))
    if key == STAGE:
        values = dict(_stages())
    elif key == EVENT:
        values = dict(plugs.events())
    else:
        values = dict(_choices(sources))
    return Facet(key, given["name"], values, sources)


def _stages() -> Iterator[tuple[str, Name]]:
    for record_type in registry:
        version = blueprints.current_of(record_type.key)
        for stage in version.stages if version else ():
            yield stage_tag(record_type.key, stage.key), stage.name


def _choices(sources: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, Name]]:
    """The choices of the first of its fields that is there."""
    for record_type, field in sources:
        spec = fields.specs_of(record_type).get(field)
        if spec is not None and spec.choices:
            for choice in spec.choices:
                yield choice.key, choice.name
            return


def next_date_field(record_type: str) -> str | None:
    """The field that holds a record's next date, where the settings name one."""
    found: str | None = settings().get("next_dates", {}).get(record_type)
    return found if found in fields.specs_of(record_type) else None
