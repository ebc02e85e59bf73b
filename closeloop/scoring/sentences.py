"""Rules, grades and parts of a score in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from closeloop.behaviour.kinds import KINDS
from closeloop.edge import messages
from closeloop.engine import scoring
from closeloop.engine.facts import Catalogue
from closeloop.engine.scoring import BehaviourRule, FactRule, Filter, Grade, Scorecard
from closeloop.fields import wording
from closeloop.scoring import facts
from closeloop.sla.subjects import subjects

_LISTED = {"zh-CN": "、", "en-US": ", "}
_CLAUSES = {"zh-CN": "，", "en-US": ", "}


def of_card(card: Scorecard, language: str) -> dict[str, str]:
    """One sentence a rule and grade, by its key; those of grades begin with `grade:`."""
    catalogue = facts.catalogue_of(card.about)
    known = scoring.graded_by(catalogue, card.behaviour)
    found = {rule.key: of_fact(rule, card.about, catalogue, language) for rule in card.facts}
    found |= {rule.key: of_behaviour(rule, language) for rule in card.behaviour}
    found |= {
        f"grade:{grade.key}": of_grade(grade, card.about, known, language) for grade in card.grades
    }
    return found


def of_fact(rule: FactRule, about: str, catalogue: Catalogue, language: str) -> str:
    """Which records get how many points."""
    words = {
        "when": condition(rule.when, about, catalogue, language),
        "points": points(rule.points),
    }
    return messages.say("scoring.says.fact", language, words)


def of_behaviour(rule: BehaviourRule, language: str) -> str:
    """What is worth how many points, how often, for how long."""
    kind = KINDS[rule.kind].name[language] if rule.kind in KINDS else rule.kind
    filters = [_filter(key, test, language) for key, test in rule.where.items()]
    what = kind
    if filters:
        where = _LISTED[language].join(filters)
        what = messages.say("scoring.says.where", language, {"what": kind, "where": where})
    said: list[tuple[str, dict[str, object]]] = [
        ("each", {"what": what, "points": points(rule.points)})
    ]
    if rule.repeat.at_most is not None:
        said.append((f"per_{rule.repeat.per}", {"most": rule.repeat.at_most}))
    if rule.cap is not None:
        said.append(("cap", {"cap": f"{rule.cap:g}"}))
    if rule.half_life_days is not None:
        said.append(("half_life", {"most": f"{rule.half_life_days:g}"}))
    if rule.within_days is not None:
        said.append(("within", {"most": rule.within_days}))
    parts = [messages.say(f"scoring.says.{code}", language, words) for code, words in said]
    return _CLAUSES[language].join(parts)


def of_grade(grade: Grade, about: str, catalogue: Catalogue, language: str) -> str:
    """What a record must meet for a grade."""
    words = {
        "when": condition(grade.when, about, catalogue, language),
        "grade": grade.name.get(language, grade.key),
    }
    return messages.say("scoring.says.grade", language, words)


def of_part(part: Mapping[str, Any], rule: BehaviourRule | None, language: str) -> str:
    """Why a rule gave what it gave; empty where its name says all."""
    if rule is None or "times" not in part:
        return ""
    said = [messages.say("scoring.part.times", language, {"times": part["times"]})]
    if part["counted"] < part["times"]:
        said.append(messages.say("scoring.part.counted", language, {"counted": part["counted"]}))
    said.append(messages.say("scoring.part.last", language, {"day": _day(part["last"], language)}))
    if part.get("capped"):
        said.append(messages.say("scoring.part.capped", language))
    elif abs(part["points"]) < abs(part["fresh"]):
        words = {"fresh": points(part["fresh"])}
        said.append(messages.say("scoring.part.faded", language, words))
    return _CLAUSES[language].join(said)


def condition(tree: Mapping[str, object], about: str, catalogue: Catalogue, language: str) -> str:
    """A condition in words, stages by their names."""
    names = {"stage": subjects.stages(about)}
    return wording.condition(
        tree, record_type=about, catalogue=catalogue, language=language, names=names
    )


def points(value: float) -> str:
    """Points with their sign."""
    return f"{value:+g}"


def _filter(key: str, test: Filter, language: str) -> str:
    name = messages.say(f"scoring.data.{key}", language)
    name = key if name.startswith("scoring.data.") else name
    said = []
    for code, value in (
        ("is", _joined(test.values, language)),
        ("not", _joined(test.other_than, language)),
        ("at_least", test.at_least),
        ("at_most", test.at_most),
        ("begins", test.begins),
    ):
        if value not in ("", None):
            shown = f"{value:g}" if isinstance(value, float | int) else value
            said.append(
                messages.say(f"scoring.filter.{code}", language, {"name": name, "value": shown})
            )
    return _LISTED[language].join(said)


def _joined(values: frozenset[object], language: str) -> str:
    return _LISTED[language].join(sorted(_value(value, language) for value in values))


def _value(value: object, language: str) -> str:
    if value.__class__ is bool:
        return messages.say(f"condition.says.{str(value).lower()}", language)
    text = messages.say(f"scoring.topic.{value}", language)
    return str(value) if text.startswith("scoring.topic.") else text


def _day(iso: str, language: str) -> str:
    day = date.fromisoformat(iso)
    if language == messages.DEFAULT:
        return f"{day.month} 月 {day.day} 日"
    return f"{day.day} {day:%b}"
