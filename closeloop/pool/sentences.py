"""What a pool's rules say, in words, and why a record lies in it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from closeloop.edge import messages
from closeloop.edge.revisions import CachedByRevision
from closeloop.fields import queries as fields
from closeloop.org.models import Role, Unit
from closeloop.org.queries import REVISION as ORG
from closeloop.pool.rules import Recycle, Rules, When
from closeloop.records.types import registry
from closeloop.sla import sentences as clock_words
from closeloop.sla.queries import policies as clock_policies
from closeloop.sla.subjects import subjects

LANGUAGES = ("zh-CN", "en-US")
_JOINTS = {"zh-CN": "、", "en-US": ", "}
Name = Mapping[str, str]
_names: CachedByRevision[tuple[dict[str, Name], dict[int, str]]] = CachedByRevision(
    ORG,
    lambda: (
        dict(Role.objects.values_list("key", "name")),
        dict(Unit.objects.values_list("pk", "name")),
    ),
)


def of_rules(rules: Rules, record_type: str, language: str) -> list[str]:
    """The rules, one sentence a line."""
    found = [_claimants(rules, language), _limits(rules, language)]
    if rules.protected_days:
        found.append(_say("protected", language, days=rules.protected_days))
    if rules.locked_days:
        found.append(_say("locked", language, days=rules.locked_days))
    found += [recycle(each, record_type, language) for each in rules.recycle]
    if rules.recycle:
        found += _spared(rules, record_type, language)
    if rules.recycle and rules.notice_days:
        people = _joined(
            (messages.say(f"pool.relation.{each}", language) for each in rules.notice_to), language
        )
        found.append(_say("notice", language, days=rules.notice_days, people=people))
    if rules.masks:
        named = _joined(_field_names(rules.masks, record_type, language), language)
        found.append(_say("masks", language, fields=named))
    return found


def recycle(rule: Recycle, record_type: str, language: str) -> str:
    """One recycle rule."""
    if rule.when is When.UNTOUCHED:
        policy = clock_policies.published(record_type).get(rule.policy, {})
        name = policy.get(language, rule.policy)
        told = _say("untouched", language, times=rule.times, policy=name)
    else:
        told = _say(rule.when.value, language, days=rule.days)
    if not rule.stages:
        return told
    stages = subjects.stages(record_type)
    named = _joined((stages.get(each, {}).get(language, each) for each in rule.stages), language)
    return _say("in_stages", language, rule=told, stages=named)


def in_both(rule: Recycle, record_type: str) -> Name:
    """One recycle rule in every language, to be kept with what it did."""
    return {language: recycle(rule, record_type, language) for language in LANGUAGES}


def why_here(reason: str, data: Mapping[str, Any], note: str, language: str) -> str:
    """Why a record lies in a pool, from what was kept when it came."""
    words = {
        "rule": _in(data.get("sentence"), language),
        "why": _in(data.get("why"), language),
        "note": note,
    }
    told = messages.say(f"pool.reason.{reason}", language, words)
    extra = " ".join(each for each in (words["why"], note) if each)
    if not extra:
        return told
    return messages.say("pool.reason.with", language, {"reason": told, "note": extra})


def _claimants(rules: Rules, language: str) -> str:
    roles, units = _names.get()
    who = _joined((roles.get(each, {}).get(language, each) for each in rules.roles), language)
    where = _joined((units.get(each, str(each)) for each in rules.units), language)
    key = "claimants" + ("_roles" if who else "") + ("_units" if where else "")
    return _say(key, language, roles=who, units=where)


def _limits(rules: Rules, language: str) -> str:
    if rules.per_day is None and rules.held is None:
        return _say("no_limits", language)
    if rules.per_day is None:
        return _say("limit_held", language, held=rules.held)
    if rules.held is None:
        return _say("limit_day", language, per_day=rules.per_day)
    return _say("limits", language, per_day=rules.per_day, held=rules.held)


def _spared(rules: Rules, record_type: str, language: str) -> list[str]:
    found = []
    if rules.spares_waiting:
        found.append(_say("spares_waiting", language))
    for key in rules.spares_open:
        found.append(_say("spares_open", language, type=registry.get(key).name[language]))
    if rules.spares_when is not None:
        told = clock_words.condition(rules.spares_when, record_type, language)
        found.append(_say("spares_when", language, condition=told))
    return found


def _field_names(keys: Sequence[str], record_type: str, language: str) -> list[str]:
    specs = fields.specs_of(record_type)
    return [specs[key].name.get(language, key) if key in specs else key for key in keys]


def _joined(given: Iterable[str], language: str) -> str:
    return _JOINTS[language].join(given)


def _in(name: Any, language: str) -> str:
    if isinstance(name, Mapping):
        return str(name.get(language, ""))
    return str(name or "")


def _say(key: str, language: str, **data: object) -> str:
    return messages.say(f"pool.says.{key}", language, data)
