"""Why a record went where it went: every decision about it, in words and in figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from closeloop.activity.models import Entry
from closeloop.edge import messages
from closeloop.engine.routing import OTHERWISE, RuleSet, parse_rules
from closeloop.identity import queries as identity
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.pool import rights as pool
from closeloop.records import queries as records
from closeloop.routing import sentences
from closeloop.routing.models import RuleSetVersion

MOST = 50


def decisions_about(
    record_type: str, record_id: int, *, actor: Actor, language: str
) -> list[dict[str, Any]]:
    """The decisions about a record that the actor may read, newest first. Raises RecordNotFound."""
    record = records.visible_record(record_id, actor=actor, record_type=record_type)
    found = Entry.objects.filter(
        record_id=record_id, verb__in=[f"{record_type}.routed", f"{record_type}.not_routed"]
    )
    entries = [each for each in found.order_by("-id")[:MOST] if "rule_set" in each.data]
    if not entries:
        return []
    names = identity.names_of({person for entry in entries for person in _people_in(entry.data)})
    place = {"owner_id": record.owner_id, "unit_id": record.unit_id}
    hidden = pool.untold_fields(record_type, org.access_of(actor), **place)
    versions = _versions({(each.data["rule_set"], each.data["version"]) for each in entries})
    beside = _Beside(record_type, versions, names, hidden, language)
    return [_Told(entry, beside).as_data() for entry in entries]


def _people_in(data: Mapping[str, Any]) -> set[int]:
    people = {person for each in data["passed_over"] for person in each["people"]}
    people |= {person for person, _ in data.get("room", ())}
    owners = (data.get("to_owner"), data.get("from_owner"))
    return people | {person for person in owners if person is not None}


def _versions(keys: set[tuple[str, int]]) -> dict[tuple[str, int], RuleSet]:
    found = RuleSetVersion.objects.filter(
        rule_set__key__in={key for key, _ in keys}, number__in={number for _, number in keys}
    )
    return {
        (each.rule_set.key, each.number): parse_rules(each.definition)
        for each in found.select_related("rule_set")
    }


@dataclass(frozen=True)
class _Beside:
    """What is read once for all decisions about a record."""

    record_type: str
    versions: Mapping[tuple[str, int], RuleSet]
    names: Mapping[int, str]
    hidden: frozenset[str]
    language: str


class _Told:
    """One decision as it is told."""

    def __init__(self, entry: Entry, beside: _Beside) -> None:
        self.entry, self.beside = entry, beside
        self.record_type, self.names = beside.record_type, beside.names
        self.data: Mapping[str, Any] = entry.data
        self.rules = beside.versions.get((self.data["rule_set"], self.data["version"]))
        self.hidden, self.language = beside.hidden, beside.language

    def as_data(self) -> dict[str, Any]:
        data = self.data
        return {
            "at": self.entry.at,
            "kind": data["kind"],
            "rule_set": {
                "key": data["rule_set"],
                "name": dict(self.rules.name) if self.rules else {},
            },
            "version": data["version"],
            "branch": {
                "key": data["branch"],
                "name": data["name"],
                "sentence": self._branch_sentence(),
            },
            "facts": self._facts(),
            "group": self._group(data["group"]) if data.get("group") else None,
            "strategy": data.get("strategy") or None,
            "to": self._person(data.get("to_owner")),
            "taken_from": self._person(data.get("from_owner")),
            "load": data.get("load"),
            "cap": data.get("cap"),
            "overflow": [self._group(key) for key in data["overflow"]],
            "passed_over": self._passed(),
            "room": [
                {"person": self._person(person), "load": load}
                for person, load in data.get("room", ())
            ],
            "reason": data.get("reason"),
            "sentence": self._sentence(),
        }

    def _sentence(self) -> str:
        data, language = self.data, self.language
        parts = []
        if data["kind"] == "again":
            parts.append(messages.say("routing.explains.again", language))
        if data["overflow"]:
            named = [sentences.group_name(key, language) for key in data["overflow"]]
            words = {"groups": sentences.joined(named, language)}
            parts.append(messages.say("routing.explains.overflow", language, words))
        common = {"branch": self._in_language(data["name"]), "when": self._when()}
        if data.get("to_owner") is None:
            reason = messages.say(f"routing.pooled.{data['reason']}", language)
            said = messages.say("routing.explains.pool", language, {**common, "reason": reason})
        else:
            words = {
                **common,
                "group": sentences.group_name(data["group"], language),
                "strategy": messages.say(f"routing.strategy.{data['strategy']}", language),
                "person": self.names.get(data["to_owner"], "—"),
                "load": data["load"],
                "cap": data["cap"],
            }
            said = messages.say("routing.explains.to", language, words)
        return "".join([*parts, said]) if language == "zh-CN" else " ".join([*parts, said])

    def _when(self) -> str:
        told = [f"{each['name_said']} {each['value']}".strip() for each in self._facts_told()]
        if not told:
            code = "otherwise" if self.data["branch"] == OTHERWISE else "always"
            return messages.say(f"routing.says.{code}", self.language)
        return sentences.joined(told, self.language)

    def _facts(self) -> list[dict[str, Any]]:
        return [
            {"field": each["field"], "name": each["name"], "value": each["value"]}
            for each in self._facts_told()
        ]

    def _facts_told(self) -> list[dict[str, Any]]:
        found = []
        for key, given in (self.data.get("values") or {}).items():
            if key in self.hidden:
                continue
            name = sentences.fact_name(self.record_type, key)
            found.append(
                {
                    "field": key,
                    "name": dict(name),
                    "name_said": self._in_language(name),
                    "value": sentences.value(self.record_type, key, given, self.language),
                }
            )
        return found

    def _branch_sentence(self) -> str:
        if self.hidden & set(self.data.get("values") or ()):
            # That the branch was taken would tell the value.
            return ""
        for branch in self.rules.all_branches if self.rules else ():
            if branch.key == self.data["branch"]:
                return sentences.of_branch(branch, self.record_type, self.language)
        return ""

    def _passed(self) -> list[dict[str, Any]]:
        return [
            {
                "person": self._person(person),
                "group": self._group(each["group"]),
                "why": each["why"],
                "message": messages.say(f"routing.why.{each['why']}", self.language),
            }
            for each in self.data["passed_over"]
            for person in each["people"]
        ]

    def _group(self, key: str) -> dict[str, Any]:
        return {"key": key, "name": sentences.group_name(key, self.language)}

    def _person(self, person_id: int | None) -> dict[str, Any] | None:
        if person_id is None:
            return None
        return {"id": person_id, "name": self.names.get(person_id, "—")}

    def _in_language(self, name: Mapping[str, str]) -> str:
        return str(name.get(self.language) or next(iter(name.values()), ""))
