"""What a path says, in words: what starts it, what ends it, and each of its steps."""

from collections.abc import Mapping
from typing import Any

from closeloop.edge import messages
from closeloop.engine.facts import Catalogue, Fact, FactType
from closeloop.engine.nurture import (
    CLICKED,
    OPENED,
    OWN_FACTS,
    Basis,
    Branch,
    HandOver,
    Leave,
    Path,
    Score,
    Send,
    Step,
    Target,
    Wait,
)
from closeloop.fields import queries as fields
from closeloop.nurture import models, paths
from closeloop.nurture.plugs import plugs
from closeloop.sla import facts as record_facts

_JOINTS = {"zh-CN": "、", "en-US": ", "}
_AND = {"zh-CN": "，且", "en-US": " and "}
_OR = {"zh-CN": "，或", "en-US": " or "}


def of_path(path: Path, language: str) -> list[dict[str, str]]:
    """One sentence for the start (`start`), each leaving rule (`leave:<key>`) and each step."""
    found = [{"step": "start", "text": _start(path, language)}]
    found += [
        {"step": f"leave:{each.key}", "text": _leave(path, each, language)} for each in path.leaves
    ]
    found += [
        {"step": each.key, "text": of_step(each, path.record_type, language)}
        for each in path.all_steps
    ]
    return found


def of_step(step: Step, record_type: str, language: str) -> str:
    """One step in words; what it is called stands first."""
    told = _step(step, record_type, language)
    name = in_language(step.name, language)
    return (
        messages.say("nurture.says.named", language, {"name": name, "what": told}) if name else told
    )


def condition(tree: Mapping[str, Any], record_type: str, language: str) -> str:
    """A condition in words, every row of it."""
    words = _Words(record_facts.catalogue_of(record_type).joined(OWN_FACTS), record_type, language)
    return _group(tree, words, outer=True)


def in_language(name: Mapping[str, str] | None, language: str) -> str:
    """A name in a language, or in any; empty where there is none."""
    given = name or {}
    return str(given.get(language) or next(iter(given.values()), ""))


def template_name(key: str, language: str) -> str:
    """What a template is called, or its key."""
    found = models.Template.objects.filter(key=key).values_list("name", flat=True).first()
    return in_language(found, language) or key


def _start(path: Path, language: str) -> str:
    starts = path.starts
    verbs = [in_language(paths.verb_name(each), language) for each in sorted(starts.on)]
    when = condition(starts.when, path.record_type, language) if starts.when else ""
    code = "by_hand" if not verbs else "when" if when else "always"
    told = _say(f"start.{code}", language, verbs=_JOINTS[language].join(verbs), when=when)
    again = "never" if starts.again_after_days is None else "after"
    return told + _say(f"again.{again}", language, days=starts.again_after_days or 0)


def _leave(path: Path, leave: Leave, language: str) -> str:
    verbs = [in_language(paths.verb_name(each), language) for each in sorted(leave.on)]
    when = condition(leave.when, path.record_type, language) if leave.when else ""
    code = "both" if verbs and when else "verbs" if verbs else "when"
    name = in_language(leave.name, language)
    words = {"name": name, "verbs": _JOINTS[language].join(verbs), "when": when}
    return _say(f"leave.{code}", language, **words)


def _step(step: Step, record_type: str, language: str) -> str:
    if isinstance(step, Wait):
        return _wait(step, language)
    if isinstance(step, Branch):
        return _say("branch", language, when=condition(step.when, record_type, language))
    if isinstance(step, Send):
        channel = messages.say(f"nurture.channel.{step.channel}", language)
        name = template_name(step.template, language)
        return _say("send", language, channel=channel, template=name)
    if isinstance(step, Score):
        points = f"{step.points:+d}"
        return _say("score", language, points=points, reason=in_language(step.reason, language))
    return _hand_over(step, language) if isinstance(step, HandOver) else _say("end", language)


def _hand_over(step: HandOver, language: str) -> str:
    if step.to is Target.ROLE:
        role = in_language(paths.roles().get(step.role), language) or step.role
        return _say("hand_over.role", language, role=role)
    return _say(f"hand_over.{step.to}", language)


def _wait(step: Wait, language: str) -> str:
    parts = []
    if step.amount:
        basis = "working_" if step.basis is Basis.WORKING else ""
        unit = f"{step.unit}" if step.amount != 1 else str(step.unit).removesuffix("s")
        parts.append(_say(f"wait.{basis}{unit}", language, amount=step.amount))
    if step.until is not None:
        at = f"{step.until // 3600:02d}:{step.until % 3600 // 60:02d}"
        parts.append(_say("wait.until", language, at=at))
    if step.until_working:
        parts.append(_say("wait.until_working", language))
    joint = "，" if language == messages.DEFAULT else ", "
    return joint.join(parts)


class _Words:
    def __init__(self, catalogue: Catalogue, record_type: str, language: str) -> None:
        self.catalogue = catalogue
        self.record_type = record_type
        self.language = language

    def name(self, key: str) -> str:
        """What a fact is called; of a step's message, with the step."""
        fact = self.catalogue.get(key)
        told = in_language(fact.label, self.language) if fact else key
        if key.startswith((OPENED, CLICKED)):
            return f"{told} ({key.partition(':')[2]})"
        return told

    def values(self, key: str, given: Any) -> str:
        fact = self.catalogue.get(key)
        listed = given if isinstance(given, list | tuple) else [given]
        return _JOINTS[self.language].join(self._value(fact, each) for each in listed)

    def _value(self, fact: Fact | None, given: Any) -> str:
        if fact is None:
            return str(given)
        if fact.type is FactType.BOOLEAN:
            return messages.say(f"routing.says.{str(given).lower()}", self.language)
        if fact.key == record_facts.STAGE:
            return in_language(
                plugs.stages(self.record_type).get(str(given)), self.language
            ) or str(given)
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
    if outer or len(parts) < 2:
        return text
    return f"（{text}）" if words.language == messages.DEFAULT else f"({text})"


def _row(row: Mapping[str, Any], words: _Words) -> str:
    key, operator = str(row.get("field")), str(row.get("operator"))
    given = row.get("value")
    told = words.values(key, given) if given is not None else ""
    data = {"fact": words.name(key), "value": told}
    return messages.say(f"routing.op.{operator}", words.language, data)


def _say(code: str, language: str, **words: object) -> str:
    return messages.say(f"nurture.says.{code}", language, words)
