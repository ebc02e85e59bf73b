"""Reading a rule set from its document, with every fault told at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.engine import conditions
from closeloop.engine.facts import Catalogue
from closeloop.engine.problems import Problem, ProblemList
from closeloop.engine.refusals import Faulty, RefusalKind
from closeloop.engine.routing.model import OTHERWISE, Branch, RuleSet

LANGUAGES = ("zh-CN", "en-US")
MOST_BRANCHES = 100
MOST_GROUPS = 20
MOST_REROUTES = 10
REROUTES = 2
_KEYS = frozenset({"key", "name", "note", "record_type", "upon", "reroutes", "branches", OTHERWISE})
_BRANCH_KEYS = frozenset({"key", "name", "when", "groups", "skills"})
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_SKILL = re.compile(r"\S(.{0,58}\S)?")


class RulesInvalid(Faulty):
    """Mend the listed places of the rules, then check them again.

    `data`: problems (code, path, data), `path` is a JSON Pointer into the rules.
    """

    code = "routing_rules_invalid"
    kind = RefusalKind.INVALID


@dataclass(frozen=True)
class Known:
    """What a rule set may name: facts, groups with the skills of each member, grades.

    What is None is not checked.
    """

    catalogue: Catalogue | None = None
    groups: Mapping[str, Sequence[frozenset[str]]] | None = None
    grades: frozenset[str] | None = None


@dataclass(frozen=True)
class _Seen:
    """Conditions of the branches before, as text, by the key of their branch."""

    by_text: dict[str, str] = field(default_factory=dict)
    catch_all: list[str] = field(default_factory=list)


def parse_rules(document: Mapping[str, Any], known: Known | None = None) -> RuleSet:
    """The rule set. Raises RulesInvalid with every problem."""
    reader = _Reader(known or Known())
    rules = reader.rules(document)
    if rules is None or reader.problems.found:
        raise RulesInvalid(reader.problems.found)
    return rules


def find_problems(document: object, known: Known | None = None) -> list[Problem]:
    """Every fault of a document."""
    reader = _Reader(known or Known())
    reader.rules(document)
    return reader.problems.found


class _Reader:
    def __init__(self, known: Known) -> None:
        self.known = known
        self.problems = ProblemList()
        self.seen = _Seen()

    def rules(self, raw: object) -> RuleSet | None:
        if not isinstance(raw, Mapping):
            self.problems.add("routing.not_an_object", "")
            return None
        self._no_other_keys(raw, _KEYS, "")
        on = self._on(raw.get("upon"))
        return RuleSet(
            key=self._key(raw.get("key"), "/key"),
            name=self._name(raw.get("name"), "/name"),
            record_type=self._key(raw.get("record_type"), "/record_type"),
            on_created=on[0],
            on_grades=on[1],
            reroutes=self._reroutes(raw.get("reroutes", REROUTES)),
            branches=self._branches(raw.get("branches")),
            otherwise=self._otherwise(raw.get(OTHERWISE)),
        )

    def _on(self, raw: object) -> tuple[bool, frozenset[str]]:
        if raw is None:
            return True, frozenset()
        if not isinstance(raw, Mapping):
            self.problems.add("routing.not_an_object", "/upon")
            return True, frozenset()
        self._no_other_keys(raw, frozenset({"created", "graded"}), "/upon")
        created = raw.get("created", True)
        if not isinstance(created, bool):
            self.problems.add("routing.boolean_needed", "/upon/created")
        graded = self._texts(raw.get("graded"), "/upon/graded", "routing.grade_unknown")
        for index, grade in enumerate(graded):
            if self.known.grades is not None and grade not in self.known.grades:
                self.problems.add("routing.grade_unknown", f"/upon/graded/{index}", given=grade)
        return created is True, frozenset(graded)

    def _reroutes(self, raw: object) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= MOST_REROUTES:
            self.problems.add("routing.reroutes_invalid", "/reroutes", limit=MOST_REROUTES)
            return REROUTES
        return raw

    def _branches(self, raw: object) -> tuple[Branch, ...]:
        if raw is None:
            return ()
        if not isinstance(raw, list | tuple):
            self.problems.add("routing.list_needed", "/branches")
            return ()
        if len(raw) > MOST_BRANCHES:
            self.problems.add("routing.too_many_branches", "/branches", limit=MOST_BRANCHES)
        found: list[Branch] = []
        for index, each in enumerate(raw[:MOST_BRANCHES]):
            branch = self._branch(each, f"/branches/{index}")
            if branch is None:
                continue
            if branch.key == OTHERWISE or branch.key in {other.key for other in found}:
                self.problems.add("routing.key_twice", f"/branches/{index}/key", given=branch.key)
            found.append(branch)
        return tuple(found)

    def _branch(self, raw: object, path: str) -> Branch | None:
        if not isinstance(raw, Mapping):
            self.problems.add("routing.not_an_object", path)
            return None
        self._no_other_keys(raw, _BRANCH_KEYS, path)
        key = self._key(raw.get("key"), f"{path}/key")
        groups = self._groups(raw.get("groups"), f"{path}/groups", needed=True)
        branch = Branch(
            key=key,
            name=self._name(raw.get("name"), f"{path}/name"),
            when=self._condition(raw.get("when"), f"{path}/when"),
            groups=groups,
            skills=self._skills(raw.get("skills"), f"{path}/skills", groups),
        )
        self._is_reached(branch, path)
        return branch

    def _is_reached(self, branch: Branch, path: str) -> None:
        """Whether no branch before takes everything that this one could take."""
        text = json.dumps(branch.when, sort_keys=True, default=str)
        if self.seen.catch_all:
            self.problems.add("routing.branch_unreachable", path, after=self.seen.catch_all[0])
        elif text in self.seen.by_text:
            self.problems.add("routing.branch_unreachable", path, after=self.seen.by_text[text])
        self.seen.by_text.setdefault(text, branch.key)
        if branch.when is None:
            self.seen.catch_all.append(branch.key)

    def _otherwise(self, raw: object) -> Branch:
        """What takes the rest; without a group it goes to the pool."""
        path, given = f"/{OTHERWISE}", raw
        if not isinstance(given, Mapping):
            self.problems.add("routing.otherwise_needed", path)
            given = {}
        self._no_other_keys(given, frozenset({"groups", "skills"}), path)
        groups = self._groups(given.get("groups"), f"{path}/groups", needed=False)
        return Branch(
            key=OTHERWISE,
            name={"zh-CN": "其他", "en-US": "Everything else"},
            groups=groups,
            skills=self._skills(given.get("skills"), f"{path}/skills", groups),
        )

    def _groups(self, raw: object, path: str, *, needed: bool) -> tuple[str, ...]:
        found = self._texts(raw, path, "routing.group_unknown")
        if needed and not found:
            self.problems.add("routing.group_needed", path)
        if len(found) > MOST_GROUPS:
            self.problems.add("routing.too_many_groups", path, limit=MOST_GROUPS)
        known = self.known.groups
        for index, key in enumerate(found):
            place = f"{path}/{index}"
            if key in found[:index]:
                self.problems.add("routing.group_twice", place, given=key)
            elif known is not None and key not in known:
                self.problems.add("routing.group_unknown", place, given=key)
            elif known is not None and not known[key]:
                self.problems.add("routing.group_empty", place, given=key)
        return found

    def _skills(self, raw: object, path: str, groups: tuple[str, ...]) -> tuple[str, ...]:
        found = self._texts(raw, path, "routing.skill_invalid")
        for index, skill in enumerate(found):
            if not _SKILL.fullmatch(skill):
                self.problems.add("routing.skill_invalid", f"{path}/{index}", given=skill)
        known = self.known.groups
        if found and known is not None:
            members = [skills for group in groups for skills in known.get(group, ())]
            if members and not any(set(found) <= skills for skills in members):
                self.problems.add("routing.skill_nobody_has", path, given=list(found))
        return found

    def _condition(self, tree: object, path: str) -> Mapping[str, Any] | None:
        if tree is None:
            return None
        self.problems.found.extend(conditions.find_problems(tree, self.known.catalogue, path=path))
        return tree if isinstance(tree, Mapping) else None

    def _texts(self, raw: object, path: str, code: str) -> tuple[str, ...]:
        if raw is None:
            return ()
        if not isinstance(raw, list | tuple):
            self.problems.add("routing.list_needed", path)
            return ()
        for index, each in enumerate(raw):
            if not isinstance(each, str):
                self.problems.add(code, f"{path}/{index}", given=str(each))
        return tuple(each for each in raw if isinstance(each, str))

    def _name(self, raw: object, path: str) -> Mapping[str, str]:
        if isinstance(raw, Mapping) and all(
            isinstance(raw.get(language), str) and raw[language].strip() for language in LANGUAGES
        ):
            return {language: str(raw[language]) for language in LANGUAGES}
        self.problems.add("routing.name_needed", path)
        return {}

    def _key(self, raw: object, path: str) -> str:
        if not isinstance(raw, str) or not _KEY.fullmatch(raw):
            self.problems.add("routing.key_invalid", path, given=raw)
        return str(raw)

    def _no_other_keys(self, raw: Mapping[str, Any], known: frozenset[str], path: str) -> None:
        for key in raw:
            if key not in known:
                self.problems.add("routing.key_unknown", f"{path}/{key}", given=str(key))
