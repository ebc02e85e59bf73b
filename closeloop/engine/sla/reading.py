"""Reading a policy from its document, with every fault told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from closeloop.engine import conditions
from closeloop.engine.facts import Catalogue
from closeloop.engine.problems import Problem, ProblemList
from closeloop.engine.refusals import Faulty, RefusalKind
from closeloop.engine.sla.model import (
    ABOUT_OTHERS,
    ROUTE,
    Basis,
    Duration,
    Event,
    PauseLimit,
    Policy,
    Reminder,
    Step,
    Target,
    TaskWanted,
    Test,
)

CHANNELS = ("in_app", "mail", "sms", "wecom", "dingtalk", "feishu", "robot")
LANGUAGES = ("zh-CN", "en-US")
EVENTS = ("opens", "closes", "cancels", "resets", "pauses", "resumes")
LONGEST_DAYS = 3660
MOST_STEPS = 20
_KEYS = frozenset(
    {"key", "name", "note", "about", "owner", "subject", "target", "warnings", "pause_limit"}
    | {"steps", *EVENTS}
)
_STEP_KEYS = frozenset(
    {"key", "after", "overdue", "time", "to", "cc", "channels", "event", "document", "red", "task"}
    | {"reassign", "when"}
)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_VERB = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_RELATION = re.compile(r"owner|superior(:[1-9])?|unit_head|requester|role:[a-z0-9_]+|person:[0-9]+")
_UNITS = {"minutes": 60, "hours": 3600}
_NUMBER = (int, float)


class PolicyInvalid(Faulty):
    """Mend the listed places of the policy, then check it again.

    `data`: problems (code, path, data), `path` is a JSON Pointer into the policy.
    """

    code = "policy_invalid"
    kind = RefusalKind.INVALID


def parse_policy(document: Mapping[str, Any], catalogue: Catalogue | None = None) -> Policy:
    """The policy; conditions are checked against the catalogue when one is given.

    Raises PolicyInvalid with every problem.
    """
    reader = _Reader(catalogue)
    policy = reader.policy(document)
    if policy is None or reader.problems.found:
        raise PolicyInvalid(reader.problems.found)
    return policy


def find_problems(document: object, catalogue: Catalogue | None = None) -> list[Problem]:
    """Every fault of a document."""
    reader = _Reader(catalogue)
    reader.policy(document)
    return reader.problems.found


def is_relation(value: object) -> bool:
    """Whether a value names somebody by relation: owner, superior:2, role:<key>, person:<id>."""
    return isinstance(value, str) and _RELATION.fullmatch(value) is not None


def read_events(raw: object, path: str, problems: ProblemList) -> tuple[Event, ...]:
    """Recorded verbs with what their data must be, as other documents name them too."""
    reader = _Reader(None)
    reader.problems = problems
    return reader.events(raw, path)


class _Reader:
    def __init__(self, catalogue: Catalogue | None) -> None:
        self.catalogue = catalogue
        self.problems = ProblemList()

    def policy(self, raw: object) -> Policy | None:
        if not isinstance(raw, Mapping):
            self.problems.add("policy.not_an_object", "")
            return None
        self._no_other_keys(raw, _KEYS, "")
        basis = self._basis(raw.get("target"), "/target", Basis.NATURAL)
        events = {what: self.events(raw.get(what), f"/{what}") for what in EVENTS}
        for what in ("opens", "closes"):
            if not events[what]:
                self.problems.add("policy.event_needed", f"/{what}", what=what)
        about = raw.get("about")
        if not isinstance(about, str) or not _KEY.fullmatch(about):
            self.problems.add("policy.about_needed", "/about")
        return Policy(
            key=self._key(raw.get("key"), "/key"),
            name=self._name(raw.get("name"), "/name"),
            note=self._name(raw["note"], "/note") if "note" in raw else {},
            about=str(about),
            target=self._target(raw.get("target"), basis),
            owner=self._owner(raw.get("owner", "owner"), str(about)),
            subject=self._subject(raw.get("subject"), str(about)),
            warnings=self._warnings(raw.get("warnings", ()), basis),
            pause_limit=self._pause_limit(raw.get("pause_limit"), basis),
            steps=self._steps(raw.get("steps", ()), basis),
            **events,
        )

    def events(self, raw: object, path: str) -> tuple[Event, ...]:
        """The verbs of a list, those that cannot be read left out and told."""
        found = []
        for place, each in self._listed(raw, path):
            verb = each.get("verb")
            self._no_other_keys(each, frozenset({"verb", "where", "when"}), place)
            if not isinstance(verb, str) or not _VERB.fullmatch(verb):
                self.problems.add("policy.verb_unknown", f"{place}/verb", given=verb)
                continue
            where = each.get("where") or {}
            if not isinstance(where, Mapping):
                self.problems.add("policy.not_an_object", f"{place}/where")
                where = {}
            tests = {
                str(key): self._test(value, f"{place}/where/{key}") for key, value in where.items()
            }
            found.append(Event(verb, tests, self._condition(each, place), dict(where)))
        return tuple(found)

    def _test(self, raw: object, path: str) -> Test:
        if not isinstance(raw, Mapping):
            return Test(values=self._values(raw, path))
        self._no_other_keys(raw, frozenset({"not", "at_least", "at_most"}), path)
        other = self._values(raw["not"], f"{path}/not") if "not" in raw else frozenset()
        limits: dict[str, Any] = {}
        for key in ("at_least", "at_most"):
            value = raw.get(key)
            if value is not None and (isinstance(value, bool) or not isinstance(value, _NUMBER)):
                self.problems.add("policy.number_needed", f"{path}/{key}")
                value = None
            limits[key] = value
        return Test(other_than=other, **limits)

    def _values(self, raw: object, path: str) -> frozenset[Any]:
        listed = raw if isinstance(raw, list | tuple) else [raw]
        if not listed or not all(
            each is None or isinstance(each, str | int | float | bool) for each in listed
        ):
            self.problems.add("policy.value_needed", path)
            return frozenset()
        return frozenset(listed)

    def _condition(self, raw: Mapping[str, Any], path: str) -> Mapping[str, Any] | None:
        tree = raw.get("when")
        if tree is None:
            return None
        found = conditions.find_problems(tree, self.catalogue, path=f"{path}/when")
        self.problems.found.extend(found)
        return tree if isinstance(tree, Mapping) else None

    def _target(self, raw: object, basis: Basis) -> Target:
        if isinstance(raw, Mapping) and "from" in raw:
            self._no_other_keys(raw, frozenset({"from", "time"}), "/target")
            source = raw["from"]
            is_field = isinstance(source, str) and re.fullmatch(r"(field|data)\.[a-z0-9_]+", source)
            if source != "stage.expected_days" and not is_field:
                self.problems.add("policy.target_needed", "/target/from")
            return Target(basis=basis, source=str(source))
        found = self._duration(raw, "/target", also=("time",))
        if found == Duration():
            self.problems.add("policy.duration_needed", "/target")
        return Target(duration=found, basis=basis)

    def _owner(self, raw: object, about: str) -> str:
        is_data = isinstance(raw, str) and re.fullmatch(r"data:[a-z_]+", raw)
        if not is_data and (raw != "owner" or about in ABOUT_OTHERS):
            self.problems.add("policy.owner_unknown", "/owner", given=raw)
        return str(raw)

    def _subject(self, raw: object, about: str) -> str:
        if raw is None:
            return f"data:{ABOUT_OTHERS[about]}" if about in ABOUT_OTHERS else ""
        is_data = isinstance(raw, str) and re.fullmatch(r"data:[a-z_]+", raw)
        if not is_data and raw != "stage":
            self.problems.add("policy.subject_unknown", "/subject", given=raw)
        return str(raw)

    def _warnings(self, raw: object, basis: Basis) -> tuple[Reminder, ...]:
        found = []
        keys = frozenset({"before", "time", "to", "channels"})
        for number, (place, each) in enumerate(self._listed(raw, "/warnings"), start=1):
            self._no_other_keys(each, keys, place)
            found.append(
                Reminder(
                    key=f"warning_{number}",
                    before=self._duration(each.get("before"), f"{place}/before"),
                    basis=self._basis(each, place, basis),
                    to=self._relations(each.get("to"), f"{place}/to", needed=True),
                    channels=self._channels(each.get("channels"), f"{place}/channels"),
                )
            )
        return tuple(found)

    def _pause_limit(self, raw: object, basis: Basis) -> PauseLimit | None:
        if raw is None:
            return None
        length = self._duration(raw, "/pause_limit", also=("to", "time"))
        given = raw if isinstance(raw, Mapping) else {}
        return PauseLimit(
            duration=length,
            basis=self._basis(given, "/pause_limit", basis),
            to=self._relations(given.get("to"), "/pause_limit/to", needed=True),
        )

    def _steps(self, raw: object, basis: Basis) -> tuple[Step, ...]:
        found: list[Step] = []
        for place, each in self._listed(raw, "/steps"):
            step = self._step(each, place, basis)
            if step.key in {other.key for other in found}:
                self.problems.add("policy.key_twice", f"{place}/key", given=step.key)
            found.append(step)
        if len(found) > MOST_STEPS:
            self.problems.add("policy.too_many_steps", "/steps", limit=MOST_STEPS)
        return tuple(found)

    def _step(self, raw: Mapping[str, Any], place: str, basis: Basis) -> Step:
        self._no_other_keys(raw, _STEP_KEYS, place)
        if ("after" in raw) == ("overdue" in raw):
            self.problems.add("policy.step_time_needed", place)
        lengths = {
            key: self._duration(raw[key], f"{place}/{key}") if key in raw else None
            for key in ("after", "overdue")
        }
        step = Step(
            key=self._key(raw.get("key"), f"{place}/key"),
            **lengths,
            basis=self._basis(raw, place, basis),
            to=self._relations(raw.get("to"), f"{place}/to"),
            cc=self._relations(raw.get("cc"), f"{place}/cc"),
            channels=self._channels(raw.get("channels"), f"{place}/channels"),
            event=str(raw.get("event") or "clock.escalated"),
            document=str(raw.get("document") or ""),
            red=raw.get("red") is True,
            task=self._task(raw.get("task"), f"{place}/task"),
            reassign=str(raw.get("reassign") or ""),
            when=self._condition(raw, place),
        )
        if step.reassign not in ("", ROUTE) and not is_relation(step.reassign):
            self.problems.add("policy.relation_unknown", f"{place}/reassign", given=step.reassign)
        if not (step.to or step.red or step.task or step.document or step.reassign):
            self.problems.add("policy.step_does_nothing", place)
        return step

    def _task(self, raw: object, path: str) -> TaskWanted | None:
        if raw is None:
            return None
        if not isinstance(raw, Mapping):
            self.problems.add("policy.not_an_object", path)
            return None
        self._no_other_keys(raw, frozenset({"kind", "title", "to", "due", "answers"}), path)
        if not is_relation(raw.get("to")):
            self.problems.add("policy.relation_unknown", f"{path}/to", given=raw.get("to"))
        return TaskWanted(
            kind=self._key(raw.get("kind"), f"{path}/kind"),
            title=self._name(raw.get("title"), f"{path}/title"),
            to=str(raw.get("to")),
            due=self._duration(raw["due"], f"{path}/due") if raw.get("due") else None,
            answers=self._answers(raw.get("answers"), f"{path}/answers"),
        )

    def _answers(self, raw: object, path: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
        """The answers of which a task wants one, each with its key, once."""
        if raw is None:
            return ()
        if not isinstance(raw, list | tuple):
            self.problems.add("policy.not_a_list", path)
            return ()
        found: dict[str, Mapping[str, str]] = {}
        for index, each in enumerate(raw):
            place = f"{path}/{index}"
            if not isinstance(each, Mapping):
                self.problems.add("policy.not_an_object", place)
                continue
            self._no_other_keys(each, frozenset({"key", "name"}), place)
            name = self._name(each.get("name"), f"{place}/name")
            found[self._key(each.get("key"), f"{place}/key")] = name
        return tuple(found.items())

    def _duration(self, raw: object, path: str, also: tuple[str, ...] = ()) -> Duration:
        if not isinstance(raw, Mapping):
            self.problems.add("policy.duration_needed", path)
            return Duration()
        self._no_other_keys(raw, frozenset({"days", *_UNITS, *also}), path)
        amounts: dict[str, float] = {}
        for unit in ("days", *_UNITS):
            value = raw.get(unit, 0)
            if isinstance(value, bool) or not isinstance(value, _NUMBER) or not 0 <= value < 1e6:
                self.problems.add("policy.number_needed", f"{path}/{unit}")
                value = 0
            amounts[unit] = value
        seconds = round(sum(amounts[unit] * factor for unit, factor in _UNITS.items()))
        if not set(raw) & {"days", *_UNITS}:
            self.problems.add("policy.duration_needed", path)
        if amounts["days"] + seconds / 86400 > LONGEST_DAYS:
            self.problems.add("policy.duration_too_long", path, limit=LONGEST_DAYS)
        return Duration(amounts["days"], seconds)

    def _basis(self, raw: object, path: str, otherwise: Basis) -> Basis:
        given = raw.get("time") if isinstance(raw, Mapping) else None
        if given is None:
            return otherwise
        try:
            return Basis(given)
        except ValueError:
            self.problems.add("policy.time_unknown", f"{path}/time", given=given)
            return otherwise

    def _relations(self, raw: object, path: str, *, needed: bool = False) -> tuple[str, ...]:
        listed = [] if raw is None else raw
        if not isinstance(listed, list | tuple) or (needed and not listed):
            self.problems.add("policy.people_needed", path)
            return ()
        for index, each in enumerate(listed):
            if not is_relation(each):
                self.problems.add("policy.relation_unknown", f"{path}/{index}", given=each)
        return tuple(map(str, listed))

    def _channels(self, raw: object, path: str) -> tuple[str, ...] | None:
        if raw is None:
            return None
        if not isinstance(raw, list | tuple):
            self.problems.add("policy.channel_unknown", path, given=raw)
            return None
        for index, each in enumerate(raw):
            if each not in CHANNELS:
                self.problems.add("policy.channel_unknown", f"{path}/{index}", given=each)
        return tuple(map(str, raw))

    def _name(self, raw: object, path: str) -> Mapping[str, str]:
        if isinstance(raw, Mapping) and all(
            isinstance(raw.get(language), str) and raw[language].strip() for language in LANGUAGES
        ):
            return {language: str(raw[language]) for language in LANGUAGES}
        self.problems.add("policy.name_needed", path)
        return {}

    def _key(self, raw: object, path: str) -> str:
        if not isinstance(raw, str) or not _KEY.fullmatch(raw):
            self.problems.add("policy.key_invalid", path, given=raw)
        return str(raw)

    def _listed(self, raw: object, path: str) -> list[tuple[str, Mapping[str, Any]]]:
        if raw is None:
            return []
        if not isinstance(raw, list | tuple):
            self.problems.add("policy.list_needed", path)
            return []
        for index, each in enumerate(raw):
            if not isinstance(each, Mapping):
                self.problems.add("policy.not_an_object", f"{path}/{index}")
        return [(f"{path}/{i}", each) for i, each in enumerate(raw) if isinstance(each, Mapping)]

    def _no_other_keys(self, raw: Mapping[str, Any], known: frozenset[str], path: str) -> None:
        for key in raw:
            if key not in known:
                self.problems.add("policy.key_unknown", f"{path}/{key}", given=str(key))
