"""The configuration of support as it stands now: kinds of problems and of help, rules.

```yaml
kinds: [{key: technical, name: {zh-CN: 技术问题, en-US: Technical}}]
helps: [{key: received, name: {…}, is_substantive: false},
        {key: solution, name: {…}, is_substantive: true, needs_text: true}]
rules: [{kind: technical, unit_id: null, to: {role: presales}}, {kind: null, to: {head: null}}]
```
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.edge.revisions import CachedByRevision
from closeloop.edge.setups import LANGUAGES, check_name, current_of, names_ever
from closeloop.engine.problems import Problem, ProblemList
from closeloop.engine.support import SupportRule
from closeloop.support.models import Setup

REVISION = "support"
TARGETS = ("person", "role", "head")
MOST_RULES = 500
_KEY = re.compile(r"^[a-z][a-z0-9_]{0,59}$")
Name = Mapping[str, str]


@dataclass(frozen=True)
class Kind:
    """A kind of problem, or of help; `is_substantive` and `needs_text` concern help alone."""

    key: str
    name: Name
    is_substantive: bool = False
    needs_text: bool = False


@dataclass(frozen=True)
class Live:
    """The published configuration."""

    number: int = 0
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    helps: Mapping[str, Kind] = field(default_factory=dict)
    rules: Sequence[SupportRule] = ()


@dataclass(frozen=True)
class Known:
    """What rules may name: units, people who are there, roles."""

    units: frozenset[int]
    people: frozenset[int]
    roles: frozenset[str]


def current() -> Live:
    """The configuration that holds now; an empty one where nothing was published."""
    return _held.get()


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _held.clear()
    _names.clear()


def name_of(kind: str) -> Name:
    """What a kind of problem is called, also one that is offered no more."""
    return _names.get()[0].get(kind) or dict.fromkeys(LANGUAGES, kind)


def name_of_help(kind: str) -> Name:
    """What a kind of help is called, also one that is offered no more."""
    return _names.get()[1].get(kind) or dict.fromkeys(LANGUAGES, kind)


def parse(number: int, definition: Mapping[str, Any]) -> Live:
    """A definition without problems as the app works with it."""
    return Live(
        number=number,
        kinds={each["key"]: _kind(each) for each in definition["kinds"]},
        helps={each["key"]: _kind(each) for each in definition["helps"]},
        rules=[_rule(place, each) for place, each in enumerate(definition.get("rules", ()))],
    )


def find_problems(definition: Mapping[str, Any], known: Known) -> list[Problem]:
    """Everything that is wrong with a definition."""
    problems = ProblemList()
    kinds = _named(definition.get("kinds"), "/kinds", problems)
    helps = _named(definition.get("helps"), "/helps", problems)
    if helps and not any(each.get("is_substantive") is True for each in helps.values()):
        problems.add("support.substantive_needed", "/helps")
    rules = definition.get("rules", [])
    if not isinstance(rules, list) or len(rules) > MOST_RULES:
        problems.add("support.list_needed", "/rules")
        return problems.found
    for place, rule in enumerate(rules):
        _check_rule(rule, f"/rules/{place}", kinds, known, problems)
    return problems.found


def _named(raw: object, path: str, problems: ProblemList) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    if not isinstance(raw, list) or not raw:
        problems.add("support.list_needed", path)
        return found
    for place, each in enumerate(raw):
        at = f"{path}/{place}"
        if not isinstance(each, Mapping) or not _KEY.match(str(each.get("key"))):
            problems.add("support.key_invalid", at)
            continue
        if each["key"] in found:
            problems.add("support.key_twice", at, given=each["key"])
        check_name(each.get("name"), f"{at}/name", problems, code="support.name_needed")
        found[each["key"]] = each
    return found


def _check_rule(
    rule: object, path: str, kinds: Mapping[str, Any], known: Known, problems: ProblemList
) -> None:
    if not isinstance(rule, Mapping) or not isinstance(rule.get("to"), Mapping):
        problems.add("support.target_needed", path)
        return
    if rule.get("kind") is not None and rule["kind"] not in kinds:
        problems.add("support.kind_unknown", f"{path}/kind", given=str(rule["kind"]))
    if rule.get("unit_id") is not None and rule["unit_id"] not in known.units:
        problems.add("support.unit_unknown", f"{path}/unit_id")
    to = rule["to"]
    if len(to) != 1 or next(iter(to)) not in TARGETS:
        problems.add("support.target_needed", f"{path}/to")
    elif "person" in to and to["person"] not in known.people:
        problems.add("support.person_unknown", f"{path}/to/person")
    elif "role" in to and to["role"] not in known.roles:
        problems.add("support.role_unknown", f"{path}/to/role", given=str(to["role"]))
    elif to.get("head") is not None and to["head"] not in known.units:
        problems.add("support.unit_unknown", f"{path}/to/head")


def _kind(raw: Mapping[str, Any]) -> Kind:
    return Kind(
        raw["key"],
        raw["name"],
        is_substantive=raw.get("is_substantive") is True,
        needs_text=raw.get("needs_text") is True,
    )


def _rule(place: int, raw: Mapping[str, Any]) -> SupportRule:
    target, value = next(iter(raw["to"].items()))
    return SupportRule(place + 1, raw.get("kind"), raw.get("unit_id"), target, value)


def _load() -> Live:
    version = current_of(Setup)
    return parse(version.number, version.definition) if version else Live()


def _load_names() -> tuple[Mapping[str, Name], Mapping[str, Name]]:
    return names_ever(Setup, ["kinds"]), names_ever(Setup, ["helps"])


_held: CachedByRevision[Live] = CachedByRevision(REVISION, _load)
_names: CachedByRevision[tuple[Mapping[str, Name], Mapping[str, Name]]] = CachedByRevision(
    REVISION, _load_names
)
