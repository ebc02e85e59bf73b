"""In which language somebody outside is written to."""

from collections.abc import Collection, Mapping
from typing import Any

from closeloop.fields import queries as fields
from closeloop.sla import facts as record_facts

SETTINGS = "nurture"
CHINESE, ENGLISH = "zh-CN", "en-US"
LEAD = "lead"


def english_when() -> Mapping[str, Any] | None:
    """The condition under which leads are written to in English, as the pack sets it."""
    for each in fields.settings().get(SETTINGS, ()):
        condition: Mapping[str, Any] | None = each.get("english_when")
        return condition
    return None


def of_records(record_ids: Collection[int]) -> dict[int, str]:
    """The language of each of some leads; Chinese where nothing speaks for English."""
    tree = english_when()
    english = record_facts.met_among(LEAD, record_ids, tree) if tree else frozenset()
    return {each: ENGLISH if each in english else CHINESE for each in record_ids}
