"""A pool's rules as data (pure): read from a definition, with every fault of it.

{"claim": {"per_day": 10, "held": 50, "roles": ["salesperson"], "units": [3]},
 "protected_days": 7, "locked_days": 3,
 "release": {"reasons": [{"key": "nothing_needed", "name": {…}}], "needs_note": false},
 "shows": ["company", "source"], "masks": ["phone"],
 "recycle": [{"key": "quiet", "when": "quiet", "days": 30},
             {"key": "untouched", "when": "untouched", "times": 2, "policy": "first_touch"},
             {"key": "stuck", "when": "stuck", "days": 60, "stages": ["contacted"]}],
 "spares": {"waiting": true, "open": ["deal"], "when": null},
 "notice": {"days": 3, "to": ["owner", "superior"]}}
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from closeloop.engine.conditions import find_problems as find_condition_problems
from closeloop.engine.facts import Catalogue
from closeloop.engine.problems import Problem, ProblemList

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
MOST_DAYS, MOST_CLAIMS, MOST_TIMES = 3650, 100_000, 50
LANGUAGES = ("zh-CN", "en-US")
RELATIONS = ("owner", "superior", "unit_head")
Name = Mapping[str, str]


class When(StrEnum):
    """What makes a record come back."""

    QUIET = "quiet"
    UNTOUCHED = "untouched"
    STUCK = "stuck"


@dataclass(frozen=True)
class Known:
    """What a definition may name, for one record type."""

    fields: Collection[str] = ()
    roles: Collection[str] = ()
    units: Collection[int] = ()
    stages: Collection[str] = ()
    policies: Collection[str] = ()
    children: Collection[str] = ()
    facts: Catalogue = field(default_factory=Catalogue)
    title: str = ""
    """The field by which records are called: every list, link and message tells it."""


@dataclass(frozen=True)
class Recycle:
    """One rule by which records come back. Empty `stages`: in any open stage."""

    key: str
    when: When
    days: int = 0
    times: int = 0
    policy: str = ""
    stages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """What a pool says. None is no limit; without roles or units, everybody in the pool's unit."""

    per_day: int | None = None
    held: int | None = None
    roles: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    protected_days: int = 0
    locked_days: int = 0
    reasons: Mapping[str, Name] = field(default_factory=dict)
    needs_note: bool = False
    shows: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()
    recycle: tuple[Recycle, ...] = ()
    spares_waiting: bool = True
    spares_open: tuple[str, ...] = ()
    spares_when: Mapping[str, Any] | None = None
    notice_days: int = 0
    notice_to: tuple[str, ...] = ()

    def recycle_of(self, key: str) -> Recycle | None:
        """A recycle rule by its key."""
        return next((each for each in self.recycle if each.key == key), None)


def parse(definition: Mapping[str, Any]) -> Rules:
    """The rules of a definition that has no fault."""
    claim, release = definition.get("claim") or {}, definition.get("release") or {}
    spares, notice = definition.get("spares") or {}, definition.get("notice") or {}
    return Rules(
        per_day=claim.get("per_day"),
        held=claim.get("held"),
        roles=tuple(claim.get("roles") or ()),
        units=tuple(claim.get("units") or ()),
        protected_days=definition.get("protected_days") or 0,
        locked_days=definition.get("locked_days") or 0,
        reasons={each["key"]: each["name"] for each in release.get("reasons") or ()},
        needs_note=bool(release.get("needs_note")),
        shows=tuple(definition.get("shows") or ()),
        masks=tuple(definition.get("masks") or ()),
        recycle=tuple(_recycle(each) for each in definition.get("recycle") or ()),
        spares_waiting=bool(spares.get("waiting", True)),
        spares_open=tuple(spares.get("open") or ()),
        spares_when=spares.get("when") or None,
        notice_days=notice.get("days") or 0,
        notice_to=tuple(notice.get("to") or ()),
    )


def _recycle(given: Mapping[str, Any]) -> Recycle:
    return Recycle(
        key=given["key"],
        when=When(given["when"]),
        days=given.get("days") or 0,
        times=given.get("times") or 0,
        policy=given.get("policy") or "",
        stages=tuple(given.get("stages") or ()),
    )


def find_problems(definition: Mapping[str, Any], known: Known) -> list[Problem]:
    """Every fault of a definition, in its order; none means that `parse` reads it."""
    return _Check(known).all(definition)


_PARTS = (
    "claim", "protected_days", "locked_days", "release", "shows", "masks", "recycle", "spares",
    "notice",
)  # fmt: skip


class _Check:
    def __init__(self, known: Known) -> None:
        self.known = known
        self.problems = ProblemList()

    def all(self, given: Mapping[str, Any]) -> list[Problem]:
        self._parts(given, _PARTS, "")
        claim = self._mapping(given, "claim")
        self._parts(claim, ("per_day", "held", "roles", "units"), "/claim")
        for key in ("per_day", "held"):
            self._whole(claim, key, f"/claim/{key}", least=1, most=MOST_CLAIMS)
        self._listed(claim, "roles", "/claim/roles", self.known.roles)
        self._listed(claim, "units", "/claim/units", self.known.units)
        for key in ("protected_days", "locked_days"):
            self._whole(given, key, f"/{key}", least=0, most=MOST_DAYS)
        self._release(self._mapping(given, "release"))
        self._listed(given, "shows", "/shows", self.known.fields)
        self._listed(given, "masks", "/masks", self.known.fields)
        for place, key in enumerate(self._list(given, "masks", "/masks")):
            if key == self.known.title:
                self.problems.add("pool_title_masked", f"/masks/{place}", field=key)
        self._rules(given)
        self._spares(self._mapping(given, "spares"))
        self._notice(self._mapping(given, "notice"))
        return self.problems.found

    def _release(self, release: Mapping[str, Any]) -> None:
        self._parts(release, ("reasons", "needs_note"), "/release")
        self._truth(release, "needs_note", "/release/needs_note")
        seen: set[str] = set()
        reasons = self._list(release, "reasons", "/release/reasons")
        if not reasons:
            self.problems.add("pool_reasons_missing", "/release/reasons")
        for place, reason in enumerate(reasons):
            at = f"/release/reasons/{place}"
            if not isinstance(reason, Mapping):
                self.problems.add("pool_object_expected", at)
                continue
            self._key(reason, at, seen)
            name = reason.get("name")
            if not isinstance(name, Mapping) or not all(
                isinstance(name.get(each), str) and name[each].strip() for each in LANGUAGES
            ):
                self.problems.add("pool_name_expected", f"{at}/name")

    def _rules(self, given: Mapping[str, Any]) -> None:
        seen: set[str] = set()
        for place, rule in enumerate(self._list(given, "recycle", "/recycle")):
            at = f"/recycle/{place}"
            if not isinstance(rule, Mapping):
                self.problems.add("pool_object_expected", at)
                continue
            self._parts(rule, ("key", "when", "days", "times", "policy", "stages"), at)
            self._key(rule, at, seen)
            when = rule.get("when")
            if when not in list(When):
                self.problems.add("pool_choice_unknown", f"{at}/when", value=str(when))
            elif when == When.UNTOUCHED:
                self._needed(rule, "times", at, most=MOST_TIMES)
                if rule.get("policy") not in self.known.policies:
                    self.problems.add(
                        "pool_choice_unknown", f"{at}/policy", value=str(rule.get("policy"))
                    )
            else:
                self._needed(rule, "days", at, most=MOST_DAYS)
            self._listed(rule, "stages", f"{at}/stages", self.known.stages)

    def _spares(self, spares: Mapping[str, Any]) -> None:
        self._parts(spares, ("waiting", "open", "when"), "/spares")
        self._truth(spares, "waiting", "/spares/waiting")
        self._listed(spares, "open", "/spares/open", self.known.children)
        tree = spares.get("when")
        if tree is not None:
            found = find_condition_problems(tree, self.known.facts, path="/spares/when")
            self.problems.found.extend(found)

    def _notice(self, notice: Mapping[str, Any]) -> None:
        self._parts(notice, ("days", "to"), "/notice")
        self._whole(notice, "days", "/notice/days", least=0, most=90)
        self._listed(notice, "to", "/notice/to", RELATIONS)

    def _parts(self, given: Mapping[str, Any], parts: Collection[str], path: str) -> None:
        for key in given:
            if key not in parts:
                self.problems.add("pool_part_unknown", f"{path}/{key}", key=str(key))

    def _mapping(self, given: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = given.get(key)
        if found is None:
            return {}
        if not isinstance(found, Mapping):
            self.problems.add("pool_object_expected", f"/{key}")
            return {}
        return found

    def _list(self, given: Mapping[str, Any], key: str, path: str) -> list[Any]:
        found = given.get(key)
        if found is None:
            return []
        if not isinstance(found, list):
            self.problems.add("pool_list_expected", path)
            return []
        return found

    def _listed(
        self, given: Mapping[str, Any], key: str, path: str, allowed: Collection[Any]
    ) -> None:
        for place, each in enumerate(self._list(given, key, path)):
            if not isinstance(each, str | int) or isinstance(each, bool) or each not in allowed:
                self.problems.add("pool_choice_unknown", f"{path}/{place}", value=str(each))

    def _whole(
        self, given: Mapping[str, Any], key: str, path: str, *, least: int, most: int
    ) -> None:
        value = given.get(key)
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.problems.add("pool_number_expected", path, least=least, most=most)

    def _needed(self, given: Mapping[str, Any], key: str, at: str, *, most: int) -> None:
        if given.get(key) is None:
            self.problems.add("pool_number_expected", f"{at}/{key}", least=1, most=most)
        self._whole(given, key, f"{at}/{key}", least=1, most=most)

    def _truth(self, given: Mapping[str, Any], key: str, path: str) -> None:
        if not isinstance(given.get(key, False), bool):
            self.problems.add("pool_truth_expected", path)

    def _key(self, given: Mapping[str, Any], at: str, seen: set[str]) -> None:
        key = given.get("key")
        if not isinstance(key, str) or not KEY.match(key):
            self.problems.add("pool_key_expected", f"{at}/key")
        elif key in seen:
            self.problems.add("pool_key_twice", f"{at}/key", key=key)
        else:
            seen.add(key)
