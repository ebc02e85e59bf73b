"""What a policy says, in words: what opens and resets its clocks, how long, what follows when."""

from collections.abc import Iterable, Mapping
from typing import Any

from closeloop.edge import messages
from closeloop.edge.revisions import CachedByRevision
from closeloop.engine import conditions
from closeloop.engine.sla import ROUTE, Basis, Duration, Event, Item, ItemKind, Policy, Step
from closeloop.fields import queries as fields
from closeloop.fields import wording
from closeloop.org.models import Role
from closeloop.org.queries import REVISION as ORG
from closeloop.records.types import registry
from closeloop.sla import facts
from closeloop.sla.subjects import subjects

_JOINTS = {"zh-CN": "、", "en-US": ", "}
_CLAUSES = {"zh-CN": "，", "en-US": "; "}
_OR = {"zh-CN": "或", "en-US": " or "}
_UNITS = (("days", 86400), ("hours", 3600), ("minutes", 60))
_ROLES: CachedByRevision[dict[str, Mapping[str, str]]] = CachedByRevision(
    ORG, lambda: dict(Role.objects.values_list("key", "name"))
)


def of_policy(policy: Policy, language: str) -> list[str]:
    """The whole policy, one sentence a line: what opens, resets, pauses, ends it; what follows."""
    found = [
        say(f"clock.says.{what}", language, {"events": any_of(policy, what, language)})
        for what in ("opens", "resets", "pauses", "resumes", "closes", "cancels")
        if policy.events[what]
    ]
    found.insert(1, target(policy, language))
    limit = policy.pause_limit
    if limit is not None:
        words = {
            "time": duration(limit.duration, limit.basis, language),
            "people": people(limit.to, language),
        }
        found.append(say("clock.says.pause_limit", language, words))
    return found + [item(policy, each, language) for each in policy.items]


def any_of(policy: Policy, what: str, language: str) -> str:
    """The events of a sort joined by "or"; each named once."""
    told = [event(each, policy.about, language) for each in policy.events[what]]
    return _OR[language].join(dict.fromkeys(told))


_BOUNDS = ("not", "at_least", "at_most")
GRADED = "graded"
"""What is recorded when a record gets another grade."""


def resets_by(policy: Policy, language: str) -> str:
    """What resets the clock, as it stands beside it."""
    if not policy.resets:
        return say("clock.resets.nothing", language)
    return say("clock.resets", language, {"events": any_of(policy, "resets", language)})


def event(given: Event, about: str, language: str) -> str:
    """One event in words, such as "the deal enters Solution demo"."""
    code = f"clock.event.{given.verb}"
    record_type, _, ending = given.verb.partition(".")
    if code not in messages.catalogue():
        code = f"clock.event.*.{ending}"
    told = say(code, language, {"type": _type_name(record_type, language)})
    graded = ending == GRADED
    details = [
        _grades(value, record_type, language)
        if graded and key == "to"
        else detail(key, value, about, language)
        for key, value in given.given.items()
    ]
    details = [each for each in details if each]
    if given.when is not None:
        details.append(condition(given.when, about, language))
    if not details:
        return told
    return say(
        "clock.event.where", language, {"event": told, "where": _CLAUSES[language].join(details)}
    )


def condition(tree: Mapping[str, Any], about: str, language: str) -> str:
    """A condition in words, every row of it."""
    catalogue = facts.catalogue_of(about)
    asked = [catalogue[key] for key in conditions.fact_keys(tree) if key in catalogue]
    return wording.condition(
        tree,
        record_type=about,
        catalogue=catalogue,
        language=language,
        names={fact.key: dict(facts.choices(about, fact)) for fact in asked},
    )


def target(policy: Policy, language: str) -> str:
    """By when, in words."""
    given = policy.target
    if given.duration is not None:
        words = {"time": duration(given.duration, given.basis, language)}
        return say("clock.says.target", language, words)
    kind, _, key = given.source.partition(".")
    if kind == "field":
        spec = fields.specs_of(policy.about).get(key)
        name = spec.name.get(language, key) if spec else key
        return say("clock.says.target_field", language, {"field": name})
    return say(f"clock.says.target_{kind}", language)


def item(policy: Policy, given: Item, language: str) -> str:
    """One thing that falls due: when, and what follows."""
    when = _when(given, language)
    if given.kind is ItemKind.DUE:
        return say("clock.step.due", language, {"when": when})
    if given.reminder is not None:
        words = {"when": when, "people": people(given.reminder.to, language)}
        return say("clock.step.warning", language, words)
    what = _CLAUSES[language].join(_follows(given.step, language)) if given.step else ""
    if given.step is not None and given.step.when is not None:
        what = f"{what}（{condition(given.step.when, policy.about, language)}）"
    return say("clock.step.step", language, {"when": when, "what": what})


def people(relations: Iterable[str], language: str) -> str:
    """People by relation."""
    return _JOINTS[language].join(relation(each, language) for each in relations)


def relation(given: str, language: str) -> str:
    """Somebody by relation: owner, superior:2, role:<key>, person:<id>."""
    kind, _, rest = given.partition(":")
    if kind == "role":
        name = _ROLES.get().get(rest, {})
        return name.get(language) or rest
    return say(f"clock.relation.{kind}{':n' if rest else ''}", language, {"n": rest})


def duration(given: Duration, basis: Basis, language: str) -> str:
    """A duration with its time, such as "2 hours of working time"."""
    parts = [f"{given.days:g} {_unit('days', given.days, basis, language)}"] if given.days else []
    told = span_of(given.seconds, language) if given.seconds or not parts else ""
    text = " ".join([*parts, *([told] if told else [])])
    is_plain = basis is Basis.NATURAL or not given.seconds
    return text if is_plain else say("clock.duration.working", language, {"time": text})


def span_of(seconds: float, language: str) -> str:
    """Seconds in the largest units that fit: 2 d 3 h, 15 min."""
    left, parts = round(abs(seconds)), []
    for unit, size in _UNITS:
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {_unit(unit, count, Basis.NATURAL, language)}")
    return " ".join(parts[:2]) or f"0 {_unit('minutes', 0, Basis.NATURAL, language)}"


def stage(about: str, key: str, language: str) -> str:
    """A stage's name."""
    name = subjects.stage_name(about, key) or subjects.stages(about).get(key)
    return (name or {}).get(language) or key


def _unit(unit: str, count: float, basis: Basis, language: str) -> str:
    working = "working_" if basis is Basis.WORKING and unit == "days" else ""
    one = ".one" if count == 1 else ""
    return say(f"clock.unit.{working}{unit}{one}", language)


def _when(given: Item, language: str) -> str:
    if given.duration == Duration():
        return say("clock.when.due", language)
    time = duration(given.duration, given.basis, language)
    place = "before" if given.sign < 0 else "overdue" if given.from_due else "after"
    return say(f"clock.when.{place}", language, {"time": time})


def _follows(step: Step, language: str) -> list[str]:
    found = []
    if step.to:
        channels = _JOINTS[language].join(
            say(f"clock.channel.{each}", language) for each in step.channels or ()
        )
        code = "clock.follows.tell_by" if channels else "clock.follows.tell"
        words = {"people": people(step.to, language), "channels": channels}
        found.append(say(code, language, words))
    if step.cc:
        found.append(say("clock.follows.copy", language, {"people": people(step.cc, language)}))
    if step.document:
        name = say(f"clock.document.{step.document}", language)
        found.append(say("clock.follows.document", language, {"document": name}))
    if step.task is not None:
        words = {"people": relation(step.task.to, language), "title": step.task.title[language]}
        found.append(say("clock.follows.task", language, words))
    if step.reassign == ROUTE:
        found.append(say("clock.follows.route", language))
    elif step.reassign:
        words = {"people": relation(step.reassign, language)}
        found.append(say("clock.follows.reassign", language, words))
    if step.red:
        found.append(say("clock.follows.red", language))
    return found


def _grades(value: Any, record_type: str, language: str) -> str:
    """The grades that a record gets, by the names of the field's choices."""
    spec = fields.specs_of(record_type).get("grade")
    names = {choice.key: choice.name for choice in (spec.choices if spec else ())}
    listed = value if isinstance(value, list | tuple) else [value]
    said = [
        say("clock.value.grade.none", language)
        if each is None
        else str(names.get(each, {}).get(language, each))
        for each in listed
    ]
    return say("clock.where.graded", language, {"grades": _JOINTS[language].join(said)})


def detail(key: str, value: Any, about: str, language: str) -> str:
    """One thing that an event must be, in words; empty where the event's own words say it."""
    if key in ("effective", "main") or (key == "record_type" and value == about):
        return ""
    if key in ("to", "from", "stage"):
        listed = value if isinstance(value, list | tuple) else [value]
        names = _JOINTS[language].join(stage(about, str(each), language) for each in listed)
        return say(f"clock.where.{key}", language, {"stages": names})
    if key == "stayed_s" and isinstance(value, Mapping) and "at_least" in value:
        time = span_of(value["at_least"], language)
        return say("clock.where.stayed_s", language, {"time": time})
    if key in ("decider_id", "to_owner", "from_owner", "has_next", "newest"):
        return say(f"clock.where.{key}", language)
    if key == "changes":
        return say(
            "clock.where.changes", language, {"fields": _field_names(about, value, language)}
        )
    listed = value if isinstance(value, list | tuple) else [value]
    return _JOINTS[language].join(_tested(key, each, language) for each in listed)


def _tested(key: str, value: Any, language: str) -> str:
    if not isinstance(value, Mapping):
        return _value(key, value, language)
    known = [name for name in _BOUNDS if name in value]
    return _CLAUSES[language].join(
        say(f"clock.where.{name}", language, {"value": _value(key, value[name], language)})
        for name in known
    )


def _value(key: str, value: Any, language: str) -> str:
    code = f"clock.value.{key}.{value}"
    if code in messages.catalogue():
        return say(code, language)
    for kind in fields.settings().get("document_kinds", ()):
        if key == "kind" and kind["key"] == value:
            return str(kind["name"].get(language, value))
    return str(value)


def _field_names(about: str, value: Any, language: str) -> str:
    specs = fields.specs_of(about)
    listed = value if isinstance(value, list | tuple) else [value]
    return _JOINTS[language].join(
        specs[each].name.get(language, each) if each in specs else str(each) for each in listed
    )


def _type_name(key: str, language: str) -> str:
    return registry.get(key).name.get(language, key) if facts.is_record_type(key) else key


def say(code: str, language: str, data: Mapping[str, object] | None = None) -> str:
    """The sentence of a code."""
    return messages.say(code, language, data)
