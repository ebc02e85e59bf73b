"""Conditions in words, every row of them, by the names of fields and choices."""

from collections.abc import Mapping
from typing import Any

from closeloop.edge import messages
from closeloop.engine.facts import Catalogue, Fact, FactType
from closeloop.fields import queries as fields

_LISTED = {"zh-CN": "、", "en-US": ", "}
_JOINTS = {
    "and": {"zh-CN": "，且", "en-US": " and "},
    "or": {"zh-CN": "，或", "en-US": " or "},
}


def condition(
    tree: Mapping[str, Any],
    *,
    record_type: str,
    catalogue: Catalogue,
    language: str,
    names: Mapping[str, Mapping[str, Mapping[str, str]]] | None = None,
) -> str:
    """A condition in words. `names` are those of values by fact, for facts that are no fields."""
    return _Words(record_type, catalogue, language, names or {}).group(tree, is_outer=True)


class _Words:
    def __init__(
        self,
        record_type: str,
        catalogue: Catalogue,
        language: str,
        names: Mapping[str, Mapping[str, Mapping[str, str]]],
    ) -> None:
        self.record_type = record_type
        self.catalogue = catalogue
        self.language = language
        self.names = names

    def group(self, tree: Mapping[str, Any], *, is_outer: bool = False) -> str:
        parts = [
            self.group(each) if "rules" in each else self._row(each)
            for each in tree.get("rules", ())
            if isinstance(each, Mapping)
        ]
        joint = _JOINTS["or" if tree.get("combinator") == "or" else "and"]
        text = joint[self.language].join(parts)
        if tree.get("not"):
            return messages.say("condition.says.not", self.language, {"what": text})
        if is_outer or len(parts) < 2:
            return text
        return messages.say("condition.says.group", self.language, {"what": text})

    def _row(self, row: Mapping[str, Any]) -> str:
        key, given = str(row.get("field")), row.get("value")
        fact = self.catalogue.get(key)
        words = {
            "fact": fact.label.get(self.language, key) if fact else key,
            "value": self._values(fact, given) if fact and given is not None else str(given or ""),
        }
        return messages.say(f"condition.says.{row.get('operator')}", self.language, words)

    def _values(self, fact: Fact, given: Any) -> str:
        listed = given if isinstance(given, list | tuple) else [given]
        return _LISTED[self.language].join(self._value(fact, each) for each in listed)

    def _value(self, fact: Fact, given: Any) -> str:
        if fact.type is FactType.BOOLEAN:
            return messages.say(f"condition.says.{str(given).lower()}", self.language)
        known = self.names.get(fact.key, {}).get(str(given))
        if known is not None:
            return str(known.get(self.language, given))
        spec = fields.specs_of(self.record_type).get(fact.key.removeprefix(fields.PREFIX))
        for choice in spec.choices if spec else ():
            if choice.key == given:
                return str(choice.name.get(self.language, given))
        return str(given)
