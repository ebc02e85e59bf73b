"""Rules and decisions in words: what a branch asks for, why a record went where it went."""

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.edge import messages
from closeloop.engine.conditions import Operator
from closeloop.engine.facts import Catalogue, Fact, FactType, is_unknown
from closeloop.engine.routing import Branch, RuleSet
from closeloop.fields import queries as fields
from closeloop.fields.values import stored
from closeloop.routing import divisions, facts, rules
from closeloop.routing.plugs import plugs

_JOINTS = {"zh-CN": "、", "en-US": ", "}
_AND = {"zh-CN": "，且", "en-US": " and "}
_OR = {"zh-CN": "，或", "en-US": " or "}
_THEN = {"zh-CN": " → ", "en-US": " → "}


def of_rules(definition: RuleSet, language: str) -> list[dict[str, str]]:
    """One sentence a branch, by its key."""
    return [
        {"branch": each.key, "text": of_branch(each, definition.record_type, language)}
        for each in definition.all_branches
    ]


def of_branch(branch: Branch, record_type: str, language: str) -> str:
    """When a branch takes a record, and to whom in which order."""
    if branch.when is None:
        code = "routing.says.otherwise" if branch.key == "otherwise" else "routing.says.always"
        when = messages.say(code, language)
    else:
        when = condition(branch.when, record_type, language)
    if branch.skills:
        words = {"skills": _JOINTS[language].join(branch.skills)}
        groups = messages.say("routing.says.skills", language, words)
    else:
        groups = ""
    names = [group_name(key, language) for key in branch.groups]
    names.append(messages.say("routing.says.pool", language))
    return messages.say(
        "routing.says.branch",
        language,
        {"when": when, "groups": _THEN[language].join(names) + groups},
    )


def condition(tree: Mapping[str, Any], record_type: str, language: str) -> str:
    """A condition in words, every row of it."""
    return _group(tree, _Words(facts.catalogue_of(record_type), record_type, language), outer=True)


def group_name(key: str, language: str) -> str:
    """A group's name, or its key where it is gone."""
    table = rules.tables().get(key)
    return in_language(table.name, language) if table else key


def value(record_type: str, field: str, given: Any, language: str) -> str:
    """A fact's value in words; `field` is its key, without a prefix for fields."""
    words = _Words(facts.catalogue_of(record_type), record_type, language)
    fact = words.catalogue.get(field) or words.catalogue.get(fields.PREFIX + field)
    if given is None:
        return messages.say("routing.says.unknown", language)
    return words.values(fact, given) if fact else str(given)


def fact_name(record_type: str, field: str) -> Mapping[str, str]:
    """What a fact is called; `field` is its key, without a prefix for fields."""
    catalogue = facts.catalogue_of(record_type)
    fact = catalogue.get(field) or catalogue.get(fields.PREFIX + field)
    return fact.label if fact else {"zh-CN": field, "en-US": field}


def values_of(branch: Branch, known: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that a branch's condition asks for, by field, as they were."""
    found: dict[str, Any] = {}
    for key in branch.fact_keys:
        value = known.get(key)
        if isinstance(value, tuple):
            value = value[-1] if value else None
        found[key.removeprefix(fields.PREFIX)] = None if is_unknown(value) else stored(value)
    return found


class _Words:
    def __init__(self, catalogue: Catalogue, record_type: str, language: str) -> None:
        self.catalogue = catalogue
        self.record_type = record_type
        self.language = language

    def values(self, fact: Fact, given: Any) -> str:
        listed = given if isinstance(given, list | tuple) else [given]
        return _JOINTS[self.language].join(self._value(fact, each) for each in listed)

    def _value(self, fact: Fact, given: Any) -> str:
        if fact.key == facts.PLACE:
            return divisions.full_name(str(given)) or str(given)
        if fact.type is FactType.BOOLEAN:
            return messages.say(f"routing.says.{str(given).lower()}", self.language)
        if fact.key == facts.STAGE:
            name = plugs.stages(self.record_type).get(str(given))
            return in_language(name, self.language) if name else str(given)
        spec = fields.specs_of(self.record_type).get(fact.key.removeprefix(fields.PREFIX))
        for choice in spec.choices if spec else ():
            if choice.key == given:
                return in_language(choice.name, self.language)
        return str(given)


def _group(tree: Mapping[str, Any], words: _Words, *, outer: bool) -> str:
    parts = [
        _group(each, words, outer=False) if "rules" in each else _row(each, words)
        for each in tree.get("rules", ())
        if isinstance(each, Mapping)
    ]
    joint = _OR if tree.get("combinator") == "or" else _AND
    text = joint[words.language].join(parts)
    if tree.get("not"):
        return messages.say("routing.says.not", words.language, {"what": text})
    return text if outer or len(parts) < 2 else f"（{text}）" if _is_zh(words) else f"({text})"


def _row(row: Mapping[str, Any], words: _Words) -> str:
    key, operator = str(row.get("field")), str(row.get("operator"))
    fact = words.catalogue.get(key)
    name = in_language(fact.label, words.language) if fact else key
    if fact is not None and fact.key == facts.PLACE and operator in (
        Operator.CONTAINS, Operator.IN, Operator.NOT_CONTAINS, Operator.NOT_IN,
    ):  # fmt: skip
        operator = "within" if operator in (Operator.CONTAINS, Operator.IN) else "notWithin"
    given = row.get("value")
    told = words.values(fact, given) if fact and given is not None else str(given)
    return messages.say(f"routing.op.{operator}", words.language, {"fact": name, "value": told})


def _is_zh(words: _Words) -> bool:
    return words.language == messages.DEFAULT


def in_language(name: Mapping[str, str], language: str) -> str:
    """A name in a language, or in any."""
    return str(name.get(language) or next(iter(name.values()), ""))


def joined(parts: Sequence[str], language: str) -> str:
    """Names in a row."""
    return _JOINTS[language].join(parts)
