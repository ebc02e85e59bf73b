"""Rule sets and groups for those who keep them, and what the editor may choose from."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from closeloop.edge import messages
from closeloop.engine import routing
from closeloop.engine.conditions import OPERATORS_BY_TYPE
from closeloop.engine.routing import Strategy
from closeloop.identity import queries as identity
from closeloop.routing import errors, facts, models, rules, sentences, standing
from closeloop.routing.models import Receiver, RuleSet, RuleSetVersion
from closeloop.routing.plugs import plugs

LEAD = "lead"


def all_sets() -> list[RuleSet]:
    """Every rule set with its versions."""
    found = RuleSet.objects.prefetch_related("versions")
    return list(found.order_by("-is_active", "record_type", "key"))


def rule_set(key: str) -> RuleSet:
    """One rule set; raises RuleSetNotFound."""
    found = RuleSet.objects.prefetch_related("versions__published_by").filter(key=key).first()
    if found is None:
        raise errors.RuleSetNotFound({"key": key})
    return found


def current_version(found: RuleSet) -> RuleSetVersion | None:
    """The newest published version, of a rule set with its versions."""
    return next((each for each in found.versions.all() if each.is_current), None)


def checked(
    definition: Mapping[str, Any], record_type: str, language: str
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """The problems of a definition, each with its message; and, without any, its sentences."""
    found = routing.find_problems(definition, rules.known(record_type))
    if found:
        return [_problem(each.as_data(), language) for each in found], []
    return [], sentences.of_rules(routing.parse_rules(definition), language)


def said(definition: Mapping[str, Any] | None, language: str) -> list[dict[str, str]]:
    """The sentences of a definition; none where it cannot be read."""
    if not definition or routing.find_problems(definition):
        return []
    return sentences.of_rules(routing.parse_rules(definition), language)


def groups() -> list[dict[str, Any]]:
    """Every group with its members: what they take, how they stand now, whether they receive."""
    found = list(models.Group.objects.prefetch_related("seats").order_by("position", "pk"))
    ids = {seat.receiver_id for group in found for seat in group.seats.all()}
    people = _people(ids)
    used = _uses()
    return [
        {
            "key": group.key,
            "name": group.name,
            "strategy": group.strategy,
            "used_by": used.get(group.key, []),
            "members": [
                {**people[seat.receiver_id], "weight": seat.weight}
                for seat in sorted(group.seats.all(), key=lambda seat: (seat.place, seat.pk))
            ],
        }
        for group in found
    ]


def group(key: str) -> dict[str, Any]:
    """One group as lists give it; raises GroupNotFound."""
    for each in groups():
        if each["key"] == key:
            return each
    raise errors.GroupNotFound({"key": key})


def receiver(person_id: int) -> dict[str, Any]:
    """Somebody who receives, as groups give them."""
    return _people({person_id})[person_id]


def catalogue(record_type: str, language: str) -> dict[str, Any]:
    """What an editor of rules offers: facts with their operators, groups, skills, grades."""
    known = facts.catalogue_of(record_type)
    skills = Receiver.objects.values_list("skills", flat=True)
    return {
        "facts": [
            {
                "key": fact.key,
                "name": dict(fact.label),
                "type": fact.type.value,
                "is_place": fact.key == facts.PLACE,
                "operators": sorted(operator.value for operator in OPERATORS_BY_TYPE[fact.type]),
                "choices": [] if fact.key == facts.PLACE else _choices(record_type, fact.key),
            }
            for fact in known.values()
        ],
        "groups": [
            {"key": table.key, "name": dict(table.name), "members": len(table.places)}
            for table in rules.tables().values()
        ],
        "skills": sorted({skill for listed in skills for skill in listed}),
        "grades": [{"key": key, "name": dict(name)} for key, name in plugs.grades(record_type)],
        "strategies": [
            {"key": each.value, "sentence": messages.say(f"routing.strategy.{each}", language)}
            for each in Strategy
        ],
    }


def _choices(record_type: str, key: str) -> list[dict[str, Any]]:
    if key == facts.STAGE:
        return [
            {"key": each, "name": dict(name)} for each, name in plugs.stages(record_type).items()
        ]
    return [
        {"key": each.key, "name": dict(each.name)} for each in facts.choices_of(record_type, key)
    ]


def _people(ids: set[int]) -> dict[int, dict[str, Any]]:
    now = timezone.now()
    names = identity.names_of(ids)
    known = {each.pk: each for each in Receiver.objects.filter(pk__in=ids)}
    seen = standing.seen(LEAD, ids, at=now)
    return {
        key: {
            "person": {"id": key, "name": names.get(key, "—")},
            "cap": known[key].cap,
            "skills": known[key].skills,
            "hours": known[key].hours,
            "is_receiving": known[key].is_receiving,
            "load": seen[key].load,
            "unable": seen[key].unable,
        }
        for key in ids
        if key in known
    }


def _uses() -> dict[str, list[dict[str, Any]]]:
    """The published rule sets that name a group, by its key."""
    found: dict[str, list[dict[str, Any]]] = {}
    versions = RuleSetVersion.objects.filter(is_current=True).select_related("rule_set")
    for version in versions:
        for key in routing.parse_rules(version.definition).groups:
            used = {"key": version.rule_set.key, "name": version.rule_set.name}
            found.setdefault(key, []).append(used)
    return found


def _problem(data: dict[str, Any], language: str) -> dict[str, Any]:
    code = f"problem.{data['code']}"
    return {**data, "message": messages.say(code, language, data["data"])}
