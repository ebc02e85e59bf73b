"""Reading a scorecard from its document, with every fault told at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from closeloop.engine import conditions
from closeloop.engine.facts import Catalogue, Fact, FactType
from closeloop.engine.problems import Problem, ProblemList
from closeloop.engine.refusals import Faulty, RefusalKind
from closeloop.engine.scoring.model import (
    COUNT,
    EACH,
    ONCE,
    SCORE,
    BehaviourRule,
    FactRule,
    Filter,
    Grade,
    Name,
    Period,
    Repeat,
    Scorecard,
    Tree,
)

LANGUAGES = ("zh-CN", "en-US")
MOST_RULES = 100
MOST_GRADES = 10
MOST_POINTS = 1000
LONGEST_DAYS = 3660
_KEYS = frozenset(
    {"key", "name", "note", "about", "floor", "ceiling", "facts", "behaviour", "grades"}
)
_FACT_KEYS = frozenset({"key", "name", "when", "points"})
_BEHAVIOUR_KEYS = frozenset(
    {"key", "name", "kind", "where", "points", "half_life_days", "cap", "repeat", "within_days"}
)
_GRADE_KEYS = frozenset({"key", "name", "when"})
_FILTER_KEYS = frozenset({"not", "at_least", "at_most", "begins"})
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_LABEL = {"zh-CN": "评分", "en-US": "Score"}
_NUMBER = (int, float)


class ScorecardInvalid(Faulty):
    """Mend the listed places of the scoring rules, then check them again.

    `data`: problems (code, path, data), `path` is a JSON Pointer into the scorecard.
    """

    code = "scorecard_invalid"
    kind = RefusalKind.INVALID


def parse_scorecard(
    document: object, catalogue: Catalogue | None = None, *, kinds: Collection[str] | None = None
) -> Scorecard:
    """The scorecard; raises ScorecardInvalid with every problem.

    Conditions are checked against the catalogue, kinds of behaviour against `kinds`, where given.
    """
    reader = _Reader(catalogue, kinds)
    card = reader.card(document)
    if card is None or reader.problems.found:
        raise ScorecardInvalid(reader.problems.found)
    return card


def find_problems(
    document: object, catalogue: Catalogue | None = None, *, kinds: Collection[str] | None = None
) -> list[Problem]:
    """Every fault of a document."""
    reader = _Reader(catalogue, kinds)
    reader.card(document)
    return reader.problems.found


def graded_by(catalogue: Catalogue, rules: Sequence[BehaviourRule]) -> Catalogue:
    """The facts that grades may ask for: those given, the score, what each rule has counted."""
    counts = [Fact(COUNT + rule.key, FactType.NUMBER, rule.name) for rule in rules]
    own = {fact.key: fact for fact in [Fact(SCORE, FactType.NUMBER, _LABEL), *counts]}
    return catalogue.joined(Catalogue(own.values()))


class _Reader:
    def __init__(self, catalogue: Catalogue | None, kinds: Collection[str] | None) -> None:
        self.catalogue = catalogue
        self.kinds = kinds
        self.problems = ProblemList()

    def card(self, raw: object) -> Scorecard | None:
        if not isinstance(raw, Mapping):
            self.problems.add("scoring.not_an_object", "")
            return None
        self._no_other_keys(raw, _KEYS, "")
        if "note" in raw:
            self._name(raw["note"], "/note")
        floor, ceiling = self._limits(raw)
        facts = tuple(self._fact_rule(each, path) for path, each in self._listed(raw, "facts"))
        behaviour = tuple(
            self._behaviour_rule(each, path) for path, each in self._listed(raw, "behaviour")
        )
        if not facts and not behaviour:
            self.problems.add("scoring.rule_needed", "")
        self._once(
            [("facts", rule.key) for rule in facts], [("behaviour", r.key) for r in behaviour]
        )
        grades = self._grades(raw, behaviour)
        about = raw.get("about")
        if not isinstance(about, str) or not _KEY.fullmatch(about):
            self.problems.add("scoring.about_needed", "/about")
        return Scorecard(
            key=self._key(raw.get("key"), "/key"),
            name=self._name(raw.get("name"), "/name"),
            about=str(about),
            floor=floor,
            ceiling=ceiling,
            facts=facts,
            behaviour=behaviour,
            grades=grades,
        )

    def _limits(self, raw: Mapping[str, Any]) -> tuple[int, int]:
        found = {}
        for key, otherwise in (("floor", 0), ("ceiling", 100)):
            value = raw.get(key, otherwise)
            if (
                isinstance(value, bool)
                or not isinstance(value, int)
                or abs(value) > 10 * MOST_POINTS
            ):
                self.problems.add("scoring.whole_number_needed", f"/{key}")
                value = otherwise
            found[key] = value
        if found["floor"] >= found["ceiling"]:
            self.problems.add("scoring.ceiling_below_floor", "/ceiling")
        return found["floor"], found["ceiling"]

    def _fact_rule(self, raw: Mapping[str, Any], path: str) -> FactRule:
        self._no_other_keys(raw, _FACT_KEYS, path)
        return FactRule(
            key=self._key(raw.get("key"), f"{path}/key"),
            name=self._name(raw.get("name"), f"{path}/name"),
            when=self._condition(raw.get("when"), f"{path}/when", self.catalogue),
            points=self._points(raw.get("points"), f"{path}/points"),
        )

    def _behaviour_rule(self, raw: Mapping[str, Any], path: str) -> BehaviourRule:
        self._no_other_keys(raw, _BEHAVIOUR_KEYS, path)
        kind = raw.get("kind")
        if not isinstance(kind, str) or (self.kinds is not None and kind not in self.kinds):
            self.problems.add("scoring.kind_unknown", f"{path}/kind", given=kind)
        within = self._number(raw, "within_days", path, least=1, most=LONGEST_DAYS)
        return BehaviourRule(
            key=self._key(raw.get("key"), f"{path}/key"),
            name=self._name(raw.get("name"), f"{path}/name"),
            kind=str(kind),
            points=self._points(raw.get("points"), f"{path}/points"),
            where=self._filters(raw.get("where") or {}, f"{path}/where"),
            half_life_days=self._number(raw, "half_life_days", path, least=0.1, most=LONGEST_DAYS),
            cap=self._number(raw, "cap", path, least=0, most=10 * MOST_POINTS),
            repeat=self._repeat(raw.get("repeat", "each"), f"{path}/repeat"),
            within_days=None if within is None else int(within),
        )

    def _grades(self, raw: Mapping[str, Any], rules: Sequence[BehaviourRule]) -> tuple[Grade, ...]:
        known = None if self.catalogue is None else graded_by(self.catalogue, rules)
        found: list[Grade] = []
        for path, each in self._listed(raw, "grades", most=MOST_GRADES):
            self._no_other_keys(each, _GRADE_KEYS, path)
            grade = Grade(
                key=self._key(each.get("key"), f"{path}/key"),
                name=self._name(each.get("name"), f"{path}/name"),
                when=self._condition(each.get("when"), f"{path}/when", known),
            )
            if grade.key in {other.key for other in found}:
                self.problems.add("scoring.key_twice", f"{path}/key", given=grade.key)
            found.append(grade)
        return tuple(found)

    def _once(self, *lists: Sequence[tuple[str, str]]) -> None:
        seen: set[str] = set()
        for listed in lists:
            for index, (where, key) in enumerate(listed):
                if key in seen:
                    self.problems.add("scoring.key_twice", f"/{where}/{index}/key", given=key)
                seen.add(key)

    def _filters(self, raw: object, path: str) -> dict[str, Filter]:
        if not isinstance(raw, Mapping):
            self.problems.add("scoring.not_an_object", path)
            return {}
        found = {}
        for key, value in raw.items():
            if not isinstance(key, str) or not _KEY.fullmatch(key):
                self.problems.add("scoring.key_needed", f"{path}/{key}")
                continue
            found[key] = self._filter(value, f"{path}/{key}")
        return found

    def _filter(self, raw: object, path: str) -> Filter:
        if not isinstance(raw, Mapping):
            return Filter(values=self._values(raw, path))
        self._no_other_keys(raw, _FILTER_KEYS, path)
        begins = raw.get("begins", "")
        if not raw or not isinstance(begins, str) or ("begins" in raw and not begins):
            self.problems.add("scoring.value_needed", path)
            begins = ""
        return Filter(
            other_than=self._values(raw["not"], f"{path}/not") if "not" in raw else frozenset(),
            at_least=self._number(raw, "at_least", path, least=-1e12, most=1e12),
            at_most=self._number(raw, "at_most", path, least=-1e12, most=1e12),
            begins=begins,
        )

    def _values(self, raw: object, path: str) -> frozenset[object]:
        listed = raw if isinstance(raw, list | tuple) else [raw]
        if not listed or not all(isinstance(each, str | int | float | bool) for each in listed):
            self.problems.add("scoring.value_needed", path)
            return frozenset()
        return frozenset(listed)

    def _repeat(self, raw: object, path: str) -> Repeat:
        if raw in ("each", "once"):
            return ONCE if raw == "once" else EACH
        if isinstance(raw, Mapping):
            self._no_other_keys(raw, frozenset({"at_most", "per"}), path)
            most, per = raw.get("at_most"), raw.get("per")
            is_whole = isinstance(most, int) and not isinstance(most, bool) and 1 <= most <= 1000
            if is_whole and per in list(Period):
                return Repeat(most, Period(per))
        self.problems.add("scoring.repeat_unknown", path)
        return EACH

    def _condition(self, raw: object, path: str, catalogue: Catalogue | None) -> Tree:
        self.problems.found.extend(conditions.find_problems(raw, catalogue, path=path))
        return raw if isinstance(raw, Mapping) else {}

    def _points(self, raw: object, path: str) -> float:
        if isinstance(raw, bool) or not isinstance(raw, _NUMBER) or not abs(raw) <= MOST_POINTS:
            self.problems.add("scoring.points_needed", path, limit=MOST_POINTS)
            return 0
        return raw

    def _number(
        self, raw: Mapping[str, Any], key: str, path: str, *, least: float, most: float
    ) -> float | None:
        value = raw.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, _NUMBER) or not least <= value <= most:
            self.problems.add("scoring.number_needed", f"{path}/{key}", least=least, most=most)
            return None
        return value

    def _listed(
        self, raw: Mapping[str, Any], key: str, *, most: int = MOST_RULES
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        listed = raw.get(key) or ()
        if not isinstance(listed, list | tuple):
            self.problems.add("scoring.not_a_list", f"/{key}")
            return
        if len(listed) > most:
            self.problems.add("scoring.too_many", f"/{key}", limit=most)
        for index, each in enumerate(listed[:most]):
            if isinstance(each, Mapping):
                yield f"/{key}/{index}", each
            else:
                self.problems.add("scoring.not_an_object", f"/{key}/{index}")

    def _key(self, raw: object, path: str) -> str:
        if not isinstance(raw, str) or not _KEY.fullmatch(raw):
            self.problems.add("scoring.key_needed", path)
        return str(raw)

    def _name(self, raw: object, path: str) -> Name:
        if isinstance(raw, Mapping) and all(
            isinstance(raw.get(language), str) and str(raw[language]).strip()
            for language in LANGUAGES
        ):
            return {language: str(raw[language]) for language in LANGUAGES}
        self.problems.add("scoring.name_needed", path)
        return {}

    def _no_other_keys(self, raw: Mapping[Any, Any], known: Collection[str], path: str) -> None:
        for key in raw:
            if key not in known:
                self.problems.add("scoring.key_unknown", f"{path}/{key}", key=str(key))
