"""Reading a path from its document, with every fault told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from closeloop.engine import conditions
from closeloop.engine.facts import Catalogue
from closeloop.engine.nurture.deciding import OWN_FACTS, Always
from closeloop.engine.nurture.model import (
    Basis,
    Branch,
    Channel,
    End,
    HandOver,
    Leave,
    Path,
    Score,
    Send,
    Starts,
    Step,
    StepKind,
    Target,
    TimeUnit,
    Wait,
)
from closeloop.engine.problems import Problem, ProblemList
from closeloop.engine.refusals import Faulty, RefusalKind

LANGUAGES = ("zh-CN", "en-US")
MOST_STEPS, DEEPEST, MOST_LEAVES = 100, 5, 20
LONGEST_WAIT = {TimeUnit.HOURS: 24 * 365, TimeUnit.DAYS: 365}
MOST_POINTS, MOST_AGAIN_DAYS = 100, 3650
_KEYS = frozenset({"key", "name", "record_type", "starts", "leaves", "steps"})
_OF_STEP: Mapping[StepKind, frozenset[str]] = {
    StepKind.WAIT: frozenset({"amount", "unit", "basis", "until", "until_working"}),
    StepKind.BRANCH: frozenset({"when", "then", "else"}),
    StepKind.SEND: frozenset({"channel", "template"}),
    StepKind.SCORE: frozenset({"points", "reason"}),
    StepKind.HAND_OVER: frozenset({"to", "role", "note"}),
    StepKind.END: frozenset(),
}
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class PathInvalid(Faulty):
    """Mend the listed places of the path, then check it again.

    `data`: problems (code, path, data), `path` is a JSON Pointer into the path.
    """

    code = "nurture_path_invalid"
    kind = RefusalKind.INVALID


@dataclass(frozen=True)
class Known:
    """What a path may name: facts, recorded verbs, templates with their channel, roles.

    What is None is not checked.
    """

    catalogue: Catalogue | None = None
    verbs: frozenset[str] | None = None
    templates: Mapping[str, str] | None = None
    roles: frozenset[str] | None = None


@dataclass
class _Seen:
    keys: set[str] = field(default_factory=set)
    steps: int = 0


def parse_path(document: Mapping[str, Any], known: Known | None = None) -> Path:
    """The path. Raises PathInvalid with every problem."""
    reader = _Reader(known or Known())
    path = reader.path(document)
    if path is None or reader.problems.found:
        raise PathInvalid(reader.problems.found)
    return path


def find_problems(document: object, known: Known | None = None) -> list[Problem]:
    """Every fault of a document."""
    reader = _Reader(known or Known())
    reader.path(document)
    return reader.problems.found


class _Reader:
    def __init__(self, known: Known) -> None:
        self.known = known
        self.catalogue = known.catalogue.joined(OWN_FACTS) if known.catalogue else None
        self.problems = ProblemList()
        self.seen = _Seen()

    def path(self, raw: object) -> Path | None:
        if not isinstance(raw, Mapping):
            self.problems.add("nurture.not_an_object", "")
            return None
        self._no_other_keys(raw, _KEYS, "")
        path = Path(
            key=self._key(raw.get("key"), "/key"),
            name=self._name(raw.get("name"), "/name"),
            record_type=self._key(raw.get("record_type"), "/record_type"),
            starts=self._starts(raw.get("starts")),
            leaves=self._leaves(raw.get("leaves")),
            steps=self._steps(raw.get("steps"), "/steps", depth=1),
        )
        if not path.steps:
            self.problems.add("nurture.steps_needed", "/steps")
        if self.seen.steps > MOST_STEPS:
            self.problems.add("nurture.too_many_steps", "/steps", limit=MOST_STEPS)
        return path

    def _starts(self, raw: object) -> Starts:
        if raw is None:
            return Starts()
        if not isinstance(raw, Mapping):
            self.problems.add("nurture.not_an_object", "/starts")
            return Starts()
        self._no_other_keys(raw, frozenset({"on", "when", "again_after_days"}), "/starts")
        again = raw.get("again_after_days")
        if again is not None and not _is_number(again, 1, MOST_AGAIN_DAYS):
            place = "/starts/again_after_days"
            self.problems.add("nurture.days_invalid", place, limit=MOST_AGAIN_DAYS)
            again = None
        return Starts(
            on=self._verbs(raw.get("on"), "/starts/on"),
            when=self._condition(raw.get("when"), "/starts/when"),
            again_after_days=again,
        )

    def _leaves(self, raw: object) -> tuple[Leave, ...]:
        given = self._list(raw, "/leaves")
        if len(given) > MOST_LEAVES:
            self.problems.add("nurture.too_many_leaves", "/leaves", limit=MOST_LEAVES)
        found: list[Leave] = []
        for index, each in enumerate(given[:MOST_LEAVES]):
            path = f"/leaves/{index}"
            if not isinstance(each, Mapping):
                self.problems.add("nurture.not_an_object", path)
                continue
            self._no_other_keys(each, frozenset({"key", "name", "on", "when"}), path)
            leave = Leave(
                key=self._key(each.get("key"), f"{path}/key"),
                name=self._name(each.get("name"), f"{path}/name"),
                on=self._verbs(each.get("on"), f"{path}/on"),
                when=self._condition(each.get("when"), f"{path}/when"),
            )
            if leave.key in {other.key for other in found} or leave.key in set(Always):
                self.problems.add("nurture.key_twice", f"{path}/key", given=leave.key)
            if not leave.on and leave.when is None:
                self.problems.add("nurture.leave_without_cause", path)
            found.append(leave)
        return tuple(found)

    def _steps(self, raw: object, path: str, *, depth: int) -> tuple[Step, ...]:
        given = self._list(raw, path)
        if given and depth > DEEPEST:
            self.problems.add("nurture.too_deep", path, limit=DEEPEST)
            return ()
        found: list[Step] = []
        for index, each in enumerate(given):
            place = f"{path}/{index}"
            if found and _ends(found[-1]):
                self.problems.add("nurture.step_unreachable", place, after=found[-1].key)
            step = self._step(each, place, depth=depth)
            if step is not None:
                found.append(step)
        return tuple(found)

    def _step(self, raw: object, path: str, *, depth: int) -> Step | None:
        self.seen.steps += 1
        if not isinstance(raw, Mapping):
            self.problems.add("nurture.not_an_object", path)
            return None
        kind = next((each for each in StepKind if each == raw.get("kind")), None)
        if kind is None:
            self.problems.add("nurture.kind_unknown", f"{path}/kind", given=str(raw.get("kind")))
            return None
        self._no_other_keys(raw, _OF_STEP[kind] | {"key", "kind", "name"}, path)
        key = self._key(raw.get("key"), f"{path}/key")
        if key in self.seen.keys:
            self.problems.add("nurture.key_twice", f"{path}/key", given=key)
        self.seen.keys.add(key)
        name = self._name(raw["name"], f"{path}/name") if raw.get("name") else {}
        if kind is StepKind.END:
            return End(key, name)
        if kind is StepKind.BRANCH:
            return self._branch(key, name, raw, path, depth)
        read: Mapping[StepKind, Any] = {
            StepKind.WAIT: self._wait,
            StepKind.SEND: self._send,
            StepKind.SCORE: self._score,
            StepKind.HAND_OVER: self._hand_over,
        }
        step: Step = read[kind](key, name, raw, path)
        return step

    def _wait(self, key: str, name: Mapping[str, str], raw: Mapping[str, Any], path: str) -> Wait:
        unit = self._one_of(TimeUnit, raw.get("unit", "days"), f"{path}/unit")
        basis = self._one_of(Basis, raw.get("basis", "natural"), f"{path}/basis")
        amount, most = raw.get("amount"), LONGEST_WAIT[unit]
        if not _is_number(amount, 0, most):
            self.problems.add("nurture.wait_invalid", f"{path}/amount", limit=most)
            amount = 1
        until, at = raw.get("until"), None
        if until is not None:
            match = _TIME.fullmatch(until) if isinstance(until, str) else None
            if match is None:
                self.problems.add("nurture.time_invalid", f"{path}/until", given=str(until))
            else:
                at = int(match[1]) * 3600 + int(match[2]) * 60
        until_working = self._boolean(raw.get("until_working", False), f"{path}/until_working")
        if amount == 0 and at is None and not until_working:
            self.problems.add("nurture.wait_invalid", f"{path}/amount", limit=most)
        return Wait(key, name, int(amount or 0), unit, basis, at, until_working)

    def _branch(
        self, key: str, name: Mapping[str, str], raw: Mapping[str, Any], path: str, depth: int
    ) -> Branch:
        when = self._condition(raw.get("when"), f"{path}/when")
        if when is None:
            self.problems.add("nurture.condition_needed", f"{path}/when")
        then = self._steps(raw.get("then"), f"{path}/then", depth=depth + 1)
        otherwise = self._steps(raw.get("else"), f"{path}/else", depth=depth + 1)
        if not then and not otherwise:
            self.problems.add("nurture.branch_empty", path)
        return Branch(key, name, when or {}, then, otherwise)

    def _send(self, key: str, name: Mapping[str, str], raw: Mapping[str, Any], path: str) -> Send:
        channel = self._one_of(Channel, raw.get("channel"), f"{path}/channel")
        template, place = raw.get("template"), f"{path}/template"
        known = self.known.templates
        if not isinstance(template, str) or not template:
            self.problems.add("nurture.template_needed", place)
        elif known is not None and template not in known:
            self.problems.add("nurture.template_unknown", place, given=template)
        elif known is not None and known[template] != channel:
            self.problems.add(
                "nurture.template_of_other_channel", place, given=template, channel=known[template]
            )
        return Send(key, name, channel, str(template or ""))

    def _score(self, key: str, name: Mapping[str, str], raw: Mapping[str, Any], path: str) -> Score:
        points = raw.get("points")
        if not _is_number(points, -MOST_POINTS, MOST_POINTS) or points == 0:
            self.problems.add("nurture.points_invalid", f"{path}/points", limit=MOST_POINTS)
            points = 0
        reason = self._name(raw.get("reason"), f"{path}/reason")
        return Score(key, name, int(points or 0), reason)

    def _hand_over(
        self, key: str, name: Mapping[str, str], raw: Mapping[str, Any], path: str
    ) -> HandOver:
        to = self._one_of(Target, raw.get("to"), f"{path}/to")
        role, place = raw.get("role"), f"{path}/role"
        known = self.known.roles
        if to is Target.ROLE and (not isinstance(role, str) or not role):
            self.problems.add("nurture.role_needed", place)
        elif to is Target.ROLE and known is not None and role not in known:
            self.problems.add("nurture.role_unknown", place, given=str(role))
        note = self._name(raw["note"], f"{path}/note") if raw.get("note") else None
        return HandOver(key, name, to, str(role or ""), note)

    def _condition(self, tree: object, path: str) -> Mapping[str, Any] | None:
        if tree is None:
            return None
        self.problems.found.extend(conditions.find_problems(tree, self.catalogue, path=path))
        return tree if isinstance(tree, Mapping) else None

    def _verbs(self, raw: object, path: str) -> frozenset[str]:
        given = self._list(raw, path)
        for index, verb in enumerate(given):
            is_text = isinstance(verb, str)
            if not is_text or (self.known.verbs is not None and verb not in self.known.verbs):
                self.problems.add("nurture.verb_unknown", f"{path}/{index}", given=str(verb))
        return frozenset(verb for verb in given if isinstance(verb, str))

    def _list(self, raw: object, path: str) -> Sequence[Any]:
        if raw is None:
            return ()
        if not isinstance(raw, list | tuple):
            self.problems.add("nurture.list_needed", path)
            return ()
        return raw

    def _one_of(self, choices: Any, given: object, path: str) -> Any:
        for each in choices:
            if each == given:
                return each
        self.problems.add("nurture.choice_unknown", path, given=str(given))
        return next(iter(choices))

    def _boolean(self, given: object, path: str) -> bool:
        if not isinstance(given, bool):
            self.problems.add("nurture.boolean_needed", path)
        return given is True

    def _name(self, raw: object, path: str) -> Mapping[str, str]:
        if isinstance(raw, Mapping) and all(
            isinstance(raw.get(language), str) and raw[language].strip() for language in LANGUAGES
        ):
            return {language: str(raw[language]) for language in LANGUAGES}
        self.problems.add("nurture.name_needed", path)
        return {}

    def _key(self, raw: object, path: str) -> str:
        if not isinstance(raw, str) or not _KEY.fullmatch(raw):
            self.problems.add("nurture.key_invalid", path, given=str(raw))
        return str(raw)

    def _no_other_keys(self, raw: Mapping[str, Any], known: frozenset[str], path: str) -> None:
        for key in raw:
            if key not in known:
                self.problems.add("nurture.key_unknown", f"{path}/{key}", given=str(key))


def _ends(step: Step) -> bool:
    """Whether nothing comes after a step."""
    if isinstance(step, Branch):
        lists = (step.then, step.otherwise)
        return all(each and _ends(each[-1]) for each in lists)
    return isinstance(step, End | HandOver)


def _is_number(given: object, least: int, most: int) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and least <= given <= most
