"""A public form's definition: what may stand in it, and how it reads in a language (pure)."""

from collections.abc import Mapping
from typing import Any

from closeloop.capture.interpreting import IDENTIFYING, offered
from closeloop.fields.specs import FieldSpec

LANGUAGES = ("zh-CN", "en-US")
MOST_FIELDS = 40
LONGEST = {"title": 120, "intro": 1000, "consent": 2000, "thanks": 1000, "label": 120, "help": 200}
INPUTS = {
    "email": "email", "phone": "tel", "number": "text", "money": "text", "date": "date",
    "datetime": "datetime-local", "url": "url",
}  # fmt: skip


def problems(definition: Mapping[str, Any], specs: Mapping[str, FieldSpec]) -> list[dict[str, Any]]:
    """What is wrong with a form, each with its place; nothing where it may be published."""
    found: list[dict[str, Any]] = []
    allowed = offered(specs)
    asked = definition.get("fields") or []
    keys = [each.get("key") for each in asked]
    for number, key in enumerate(keys):
        if key not in allowed:
            found.append({"field": f"fields.{number}", "code": "field_unknown", "given": str(key)})
        elif key in keys[:number]:
            found.append({"field": f"fields.{number}", "code": "field_twice", "given": str(key)})
    if len(asked) > MOST_FIELDS:
        found.append({"field": "fields", "code": "too_many_fields", "limit": MOST_FIELDS})
    if not set(keys) & set(IDENTIFYING):
        found.append({"field": "fields", "code": "nobody_to_reach"})
    if not _has_words(definition.get("title")):
        found.append({"field": "title", "code": "required"})
    if not _has_words(definition.get("thanks")):
        found.append({"field": "thanks", "code": "required"})
    consent = definition.get("consent") or {}
    if consent and not _has_words(consent.get("text")):
        found.append({"field": "consent.text", "code": "required"})
    return found


def blank() -> dict[str, Any]:
    """A form to begin with: who, where, how to be reached; consent to be called back."""
    return {
        "title": {"zh-CN": "预约咨询", "en-US": "Talk to us"},
        "intro": {
            "zh-CN": "留下联系方式，顾问会在 2 小时内联系您。",
            "en-US": "Leave your details; an adviser will call you within two hours.",
        },
        "fields": [
            {"key": "name", "required": True},
            {"key": "phone", "required": True},
            {"key": "company", "required": False},
        ],
        "consent": {
            "text": {
                "zh-CN": "我同意贵公司为答复本次咨询而使用以上信息并与我联系。",
                "en-US": "I agree that my details are used to answer this enquiry and contact me.",
            },
            "required": True,
        },
        "thanks": {
            "zh-CN": "已收到，我们会尽快与您联系。",
            "en-US": "Thank you. We will be in touch soon.",
        },
    }


def in_language(name: Any, language: str) -> str:
    """A text of a form in a language, else in the other."""
    if not isinstance(name, Mapping):
        return str(name or "")
    return str(name.get(language) or next((name[each] for each in LANGUAGES if name.get(each)), ""))


def shown(
    definition: Mapping[str, Any],
    specs: Mapping[str, FieldSpec],
    *,
    language: str,
    given: Mapping[str, str],
    wrong: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The form's fields as its page draws them, with what was typed and what is wrong about it."""
    drawn = []
    for each in definition.get("fields") or ():
        spec = specs.get(each["key"])
        if spec is None:
            continue
        value = given.get(spec.key, "")
        drawn.append(
            {
                "key": spec.key,
                "label": in_language(each.get("label") or spec.name, language),
                "help": in_language(each.get("help"), language),
                "is_required": bool(each.get("required")),
                "control": _control(spec),
                "input": INPUTS.get(spec.type, "text"),
                "autocomplete": _AUTOCOMPLETE.get(spec.key, "off"),
                "longest": spec.max_length or 200,
                "value": value,
                "error": wrong.get(spec.key, ""),
                "choices": [
                    {
                        "key": choice.key,
                        "name": in_language(choice.name, language),
                        "is_chosen": choice.key == value,
                    }
                    for choice in spec.choices
                ],
            }
        )
    return drawn


_AUTOCOMPLETE = {
    "name": "name", "phone": "tel", "email": "email", "company": "organization",
}  # fmt: skip


def _control(spec: FieldSpec) -> str:
    if spec.type in ("choice", "choices"):
        return "choice"
    if spec.type == "boolean":
        return "tick"
    return "text_area" if spec.type == "long_text" else "line"


def _has_words(name: Any) -> bool:
    words = name if isinstance(name, Mapping) else {}
    return all(str(words.get(each) or "").strip() for each in LANGUAGES)
