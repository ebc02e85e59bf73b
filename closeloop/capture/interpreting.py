"""What a payload's values mean as a lead's (pure): labels to choices, cleaning, what is missing.

Whatever identifies the person or is required must be right, or nobody is taken. Anything else that
is wrong is left out, kept beside the lead and shown, so that a bad budget never costs a lead.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.fields import values as canonical
from closeloop.fields.specs import FieldSpec
from closeloop.fields.values import ValueProblem

IDENTIFYING = ("phone", "email", "wechat")
NAMELESS = {"zh-CN": "未留姓名", "en-US": "No name given"}
_NEVER = ("person", "record")
_NOT_IN_NAMES = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
"""Invisible characters and those that turn the direction of writing."""
_SEVERAL = re.compile(r"[,，;；、|\n]+")


@dataclass
class Reading:
    """Values in canonical form; `reasons` why nobody can be taken; `left_out` what was wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    reasons: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)


def offered(specs: Mapping[str, FieldSpec]) -> dict[str, FieldSpec]:
    """The fields that somebody outside may fill."""
    return {
        key: spec for key, spec in specs.items() if spec.type not in _NEVER and not spec.is_computed
    }


def read(
    given: Mapping[str, Any],
    specs: Mapping[str, FieldSpec],
    *,
    fixed: Mapping[str, Any],
    nickname: str = "",
    has_ids: bool = False,
    required: Sequence[str] = (),
) -> Reading:
    """What was given as a lead's values.

    `fixed` are the channel's own; a value that was given goes before them. `has_ids`: the person
    is identified by the channel already. `required` are what a form asked for without fail.
    """
    reading = Reading()
    allowed = offered(specs)
    wrong: dict[str, dict[str, Any]] = {}
    for key, value in {**fixed, **given}.items():
        spec = allowed.get(key)
        if spec is None:
            continue
        try:
            cleaned = clean(spec, value)
        except ValueProblem as error:
            wrong[key] = {"field": key, "code": error.code, **error.data}
            continue
        if not canonical.is_empty(cleaned):
            reading.values[key] = cleaned
    for key in required:
        if key not in reading.values and key not in wrong:
            reading.reasons.append({"field": key, "code": "required"})
    is_known = has_ids or any(key in reading.values for key in IDENTIFYING)
    for key, problem in wrong.items():
        is_vital = key in required or (key in IDENTIFYING and not is_known)
        (reading.reasons if is_vital else reading.left_out).append(problem)
    _name(reading, nickname)
    if not is_known and not any(each["field"] in IDENTIFYING for each in reading.reasons):
        reading.reasons.append({"field": "", "code": "nobody_to_reach"})
    for key, spec in allowed.items():
        if spec.is_required and key not in reading.values:
            reading.reasons.append(wrong.get(key) or {"field": key, "code": "required"})
    return reading


def clean(spec: FieldSpec, value: Any) -> Any:
    """One value in canonical form; a choice may be given by its label in either language."""
    if isinstance(value, str):
        value = _NOT_IN_NAMES.sub("", value)
    if spec.type == "choice" and isinstance(value, str):
        value = _choice_key(spec, value) or value
    elif spec.type == "choices":
        several = _SEVERAL.split(value) if isinstance(value, str) else value
        if isinstance(several, list):
            texts = [str(each).strip() for each in several if str(each).strip()]
            value = [_choice_key(spec, each) or each for each in texts]
    elif isinstance(value, float):
        value = str(int(value)) if value.is_integer() else str(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return canonical.cleaner_of(spec)(value)


def _choice_key(spec: FieldSpec, text: str) -> str | None:
    flat = unicodedata.normalize("NFKC", text).strip().casefold()
    if not flat:
        return None
    for choice in spec.choices:
        names = {choice.key, *choice.name.values()}
        if flat in {unicodedata.normalize("NFKC", name).casefold() for name in names}:
            return choice.key
    return None


def _name(reading: Reading, nickname: str) -> None:
    if reading.values.get("name"):
        return
    name = unicodedata.normalize("NFC", _NOT_IN_NAMES.sub("", nickname)).strip()[:60]
    reading.values["name"] = name or NAMELESS["zh-CN"]
