"""Why this person helps, and what a rule says, in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.edge import messages
from closeloop.identity import queries as identity
from closeloop.org import queries as org
from closeloop.org.models import Role
from closeloop.support.setups import Live

Name = Mapping[str, str]


def why(reasons: Mapping[str, Any], kind: Name, language: str) -> str:
    """Why the owner was chosen, with those who were passed over."""
    by = str(reasons.get("by") or "nobody")
    said = [_chosen(by, reasons, kind, language)]
    if reasons.get("on_behalf_of"):
        words = {"name": _person(reasons["on_behalf_of"])}
        said.append(messages.say("support.why.stand_in", language, words))
    said += [
        messages.say(f"support.why.passed.{each['why']}", language, {"name": each.get("name", "—")})
        for each in reasons.get("passed_over", ())
    ]
    return ("" if language == "zh-CN" else " ").join(said)


def rules_of(versions: Sequence[Live], language: str) -> list[list[str]]:
    """Every rule as a sentence, in the order as written, for each version."""
    rules = [rule for live in versions for rule in live.rules]
    values = {each.value for each in rules if each.target == "person"}
    words = _Words(language, {each for each in values if isinstance(each, int)})
    return [_rules(live, words, language) for live in versions]


def definition(language: str) -> str:
    """What the rate counts and leaves out, in words."""
    return messages.say("support.definition", language)


def _rules(live: Live, words: "_Words", language: str) -> list[str]:
    kinds = {key: kind.name.get(language, key) for key, kind in live.kinds.items()}
    return [
        messages.say(
            "support.rule",
            language,
            {
                "where": words.where(rule.unit_id),
                "kind": kinds.get(rule.kind) if rule.kind else words.any_kind,
                "to": words.target(rule.target, rule.value),
            },
        )
        for rule in live.rules
    ]


def _chosen(by: str, reasons: Mapping[str, Any], kind: Name, language: str) -> str:
    if by != "rule":
        return messages.say(f"support.why.{by}", language, {"from": _person(reasons.get("from"))})
    target, value = str(reasons.get("target")), reasons.get("value")
    people = {value} if target == "person" and isinstance(value, int) else set()
    words = _Words(language, people)
    said = {
        "rule": reasons.get("rule"),
        "version": reasons.get("version"),
        "where": words.where(reasons.get("unit_id")),
        "kind": kind.get(language, "") if reasons.get("kind") else words.any_kind,
        "to": words.target(target, value),
    }
    return messages.say("support.why.rule", language, said)


def _person(user_id: Any) -> str:
    return identity.names_of({user_id}).get(user_id, "—") if isinstance(user_id, int) else "—"


class _Words:
    """What rules name, in one language, read once."""

    def __init__(self, language: str, people: set[int]) -> None:
        self.language = language
        self.units = org.unit_names()
        self.roles: dict[str, Name] = dict(Role.objects.values_list("key", "name"))
        self.people = identity.names_of(people) if people else {}
        self.any_kind = messages.say("support.rule.any_kind", language)

    def where(self, unit_id: int | None) -> str:
        if unit_id is None:
            return messages.say("support.rule.everywhere", self.language)
        return self.units.get(unit_id, "—")

    def target(self, target: str, value: Any) -> str:
        if target == "person":
            return self.people.get(value, "—")
        if target == "role":
            name = self.roles.get(str(value), {}).get(self.language, str(value))
            return messages.say("support.rule.role", self.language, {"role": name})
        if value is None:
            return messages.say("support.rule.own_head", self.language)
        unit = self.units.get(value, "—")
        return messages.say("support.rule.head", self.language, {"unit": unit})
