"""The test bench: where the last records would go by a draft, and what differs from now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from closeloop.edge import messages
from closeloop.engine.routing import (
    Branch,
    Compiled,
    Decision,
    RuleSet,
    State,
    compile_rules,
    decide,
    parse_rules,
)
from closeloop.fields import queries as fields
from closeloop.identity import queries as identity
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.records.types import registry
from closeloop.routing import facts, rules, sentences, standing
from closeloop.routing.branching import Branches

NOW, FREE = "now", "free"


@dataclass(frozen=True)
class Ask:
    """How many of the last records, and whether people stand as now or are all free."""

    last: int
    standing: str = FREE


@dataclass(frozen=True)
class _Way:
    """A version of the rules with everybody in its groups as they stand."""

    compiled: Compiled
    branches: Branches
    state: State


@dataclass(frozen=True)
class _Beside:
    """What is read once for all records of a test."""

    record_type: str
    names: Mapping[int, str]
    hidden: frozenset[str]
    language: str


@dataclass(frozen=True)
class _Found:
    branch: Branch
    decision: Decision

    @property
    def where(self) -> tuple[str, str | None, int | None]:
        return (self.branch.key, self.decision.group, self.decision.person)


def try_rules(
    definition: Mapping[str, Any],
    present: Mapping[str, Any] | None,
    ask: Ask,
    *,
    actor: Actor,
    language: str,
) -> dict[str, Any]:
    """Where the newest records within reach would go, each decided by itself, nothing written.

    `present` is the definition that is compared with. Raises RulesInvalid for the draft.
    """
    parsed = parse_rules(definition, rules.known(str(definition.get("record_type"))))
    record_type = parsed.record_type
    listed = _last(record_type, ask.last, actor)
    before_rules = parse_rules(present) if present else None
    wanted = [each for each in (parsed, before_rules) if each is not None]
    ways = [_way(each, ask) for each in wanted]
    keys = {key for way in ways for key in way.compiled.fact_keys}
    known = facts.facts_of(record_type, [row[0] for row in listed], keys)
    found = [[_decide(way, known.get(row[0], {})) for way in ways] for row in listed]
    names = identity.names_of(
        {each.decision.person for pair in found for each in pair if each.decision.person}
    )
    hidden = fields.hidden_from(record_type, org.access_of(actor))
    beside = _Beside(record_type, names, hidden, language)
    items = [
        _item(row, pair, known.get(row[0], {}), beside)
        for row, pair in zip(listed, found, strict=True)
    ]
    return {
        "tried": len(items),
        "changed": sum(each["is_changed"] for each in items),
        "pooled": sum(each["now"]["group"] is None for each in items),
        "branches": _counts([pair[0].branch.key for pair in found], parsed),
        "items": items,
    }


def _way(parsed: RuleSet, ask: Ask) -> _Way:
    compiled = compile_rules(parsed, facts.catalogue_of(parsed.record_type))
    if ask.standing == NOW:
        state = standing.read(parsed.record_type, parsed.groups, at=timezone.now()).state
    else:
        state = standing.free(parsed.groups)
    return _Way(compiled, Branches(compiled), state)


def _decide(way: _Way, known: Mapping[str, Any]) -> _Found:
    branch = way.branches.of(known)
    return _Found(branch, decide(branch, way.state))


def _last(record_type: str, count: int, actor: Actor) -> list[tuple[int, str, int | None]]:
    """The newest records within the actor's reach: id, title, owner."""
    kind = registry.get(record_type)
    where, params = org.access_of(actor).reach(record_type, Verb.READ).where("r")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id, known.title, r.owner_id FROM {kind.table} r"
            " JOIN records_record known ON known.id = r.id"
            f" WHERE r.deleted_at IS NULL AND ({where}) ORDER BY r.id DESC LIMIT %s",
            [*params, count],
        )
        return list(cursor.fetchall())


def _item(
    row: tuple[int, str, int | None],
    pair: Sequence[_Found],
    known: Mapping[str, Any],
    beside: _Beside,
) -> dict[str, Any]:
    now, before = pair[0], pair[1] if len(pair) > 1 else None
    return {
        "record": {"id": row[0], "type": beside.record_type, "title": row[1]},
        "now": _where(now, known, beside),
        "before": _where(before, known, beside) if before else None,
        "is_changed": before is not None and before.where != now.where,
    }


def _where(
    found: _Found,
    known: Mapping[str, Any],
    beside: _Beside,
) -> dict[str, Any]:
    decision = found.decision
    group = decision.group
    return {
        "branch": {"key": found.branch.key, "name": dict(found.branch.name)},
        "group": {"key": group, "name": sentences.group_name(group, beside.language)}
        if group
        else None,
        "person": (
            {"id": decision.person, "name": beside.names.get(decision.person, "—")}
            if decision.person is not None
            else None
        ),
        "overflow": [
            {"key": key, "name": sentences.group_name(key, beside.language)}
            for key in decision.overflow
        ],
        "why": _why(found, known, beside),
        "passed_over": [
            {
                "group": sentences.group_name(each.group, beside.language),
                "why": each.why.value,
                "message": messages.say(f"routing.why.{each.why}", beside.language),
                "count": len(each.people),
            }
            for each in decision.passed
        ],
    }


def _why(found: _Found, known: Mapping[str, Any], beside: _Beside) -> str:
    language, told = beside.language, []
    for key, given in sentences.values_of(found.branch, known).items():
        if key in beside.hidden:
            continue
        name = sentences.fact_name(beside.record_type, key)
        value = sentences.value(beside.record_type, key, given, language)
        told.append(f"{sentences.in_language(name, language)} {value}")
    if not told:
        return messages.say("routing.says.otherwise", language)
    return sentences.joined(told, language)


def _counts(taken: Sequence[str], parsed: RuleSet) -> list[dict[str, Any]]:
    counted = Counter(taken)
    return [
        {"key": each.key, "name": dict(each.name), "count": counted[each.key]}
        for each in parsed.all_branches
    ]
