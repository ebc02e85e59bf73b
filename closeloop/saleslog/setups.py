"""The configuration of the sales log as it stands now: event types, reminder, surge.

```yaml
types:
  - key: sample_rejected
    name: {zh-CN: 样品被拒收, en-US: Sample rejected}
    needs_reason: true
    reasons: [{key: quality, name: {…}}]
    support: sample            # kind of the support case that it may ask for; null: none
    asks_support: false        # whether it asks unless one says no
    needs_customer: true
    advice: {…}
    alternatives: [{name: {…}, text: {…}}]
    tags: [sample_rejected]    # of the playbooks shown beside it
writers: [salesperson]         # roles whose holders send a log each working day
reminder: '19:30'
due: '20:00'
surge: {percent: 40, at_least: 5}
```
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from closeloop.edge.revisions import CachedByRevision
from closeloop.edge.setups import LANGUAGES, check_name, current_of, names_ever
from closeloop.engine.problems import Problem, ProblemList
from closeloop.engine.surges import Jump
from closeloop.saleslog.models import Setup

REVISION = "saleslog"
UNNAMED = "saleslog.name_needed"
MOST_TYPES = 60
_KEY = re.compile(r"^[a-z][a-z0-9_]{0,59}$")
_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")
Name = Mapping[str, str]


@dataclass(frozen=True)
class Reason:
    """One of the reasons of which an event wants one."""

    key: str
    name: Name


@dataclass(frozen=True)
class Alternative:
    """One thing that may be tried."""

    name: Name
    text: Name


@dataclass(frozen=True)
class EventType:
    """A type of event."""

    key: str
    name: Name
    needs_reason: bool = False
    reasons: Sequence[Reason] = ()
    support: str | None = None
    asks_support: bool = False
    needs_customer: bool = True
    advice: Name = field(default_factory=dict)
    alternatives: Sequence[Alternative] = ()
    tags: Sequence[str] = ()

    @property
    def reason_keys(self) -> Collection[str]:
        """The keys of its reasons."""
        return {each.key for each in self.reasons}


@dataclass(frozen=True)
class Live:
    """The published configuration."""

    number: int = 0
    types: Mapping[str, EventType] = field(default_factory=dict)
    writers: Sequence[str] = ()
    reminder: time = time(19, 30)
    due: time = time(20, 0)
    jump: Jump = field(default_factory=Jump)


def current() -> Live:
    """The configuration that holds now; an empty one where nothing was published."""
    return _held.get()


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _held.clear()
    _names.clear()


def name_of(kind: str) -> Name:
    """What a type is called, also one that is offered no more."""
    return _names.get()[0].get(kind) or dict.fromkeys(LANGUAGES, kind)


def name_of_reason(kind: str, reason: str) -> Name:
    """What a reason of a type is called, also one that is offered no more."""
    return _names.get()[1].get(f"{kind}.{reason}") or dict.fromkeys(LANGUAGES, reason)


def parse(number: int, definition: Mapping[str, Any]) -> Live:
    """A definition without problems as the app works with it."""
    surge = definition.get("surge", {})
    return Live(
        number=number,
        types={each["key"]: _type(each) for each in definition["types"]},
        writers=tuple(definition.get("writers", ())),
        reminder=time.fromisoformat(definition.get("reminder", "19:30")),
        due=time.fromisoformat(definition.get("due", "20:00")),
        jump=Jump(float(surge.get("percent", 40)), int(surge.get("at_least", 5))),
    )


def find_problems(
    definition: Mapping[str, Any], *, roles: Collection[str], support: Collection[str]
) -> list[Problem]:
    """Everything that is wrong; `support` are the kinds of support cases that there are."""
    problems = ProblemList()
    for place, each in _listed(definition.get("types"), "/types", problems):
        _check_type(each, place, support, problems)
    if not definition.get("types"):
        problems.add("saleslog.list_needed", "/types")
    for number, role in enumerate(definition.get("writers") or ()):
        if role not in roles:
            problems.add("saleslog.role_unknown", f"/writers/{number}", given=str(role))
    for key in ("reminder", "due"):
        if key in definition and not _TIME.match(str(definition[key])):
            problems.add("saleslog.time_needed", f"/{key}")
    surge = definition.get("surge", {})
    numbers = surge if isinstance(surge, Mapping) else {"percent": None}
    for key, most in (("percent", 1000), ("at_least", 10_000)):
        given = numbers.get(key, 1)
        if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given <= most:
            problems.add("saleslog.number_needed", f"/surge/{key}", most=most)
    return problems.found


def _check_type(
    raw: Mapping[str, Any], place: str, support: Collection[str], problems: ProblemList
) -> None:
    check_name(raw.get("name"), f"{place}/name", problems, code=UNNAMED)
    reasons = list(_listed(raw.get("reasons") or [], f"{place}/reasons", problems))
    for at, reason in reasons:
        check_name(reason.get("name"), f"{at}/name", problems, code=UNNAMED)
    if raw.get("needs_reason") and not reasons:
        problems.add("saleslog.reasons_needed", f"{place}/reasons")
    if raw.get("support") is not None and raw["support"] not in support:
        problems.add("saleslog.support_unknown", f"{place}/support", given=str(raw["support"]))
    if raw.get("asks_support") and raw.get("support") is None:
        problems.add("saleslog.support_needed", f"{place}/support")
    for number, each in enumerate(raw.get("alternatives") or ()):
        at = f"{place}/alternatives/{number}"
        given = each if isinstance(each, Mapping) else {}
        check_name(given.get("name"), f"{at}/name", problems, code=UNNAMED)
        check_name(given.get("text"), f"{at}/text", problems, code=UNNAMED)
    if raw.get("advice"):
        check_name(raw["advice"], f"{place}/advice", problems, code=UNNAMED)


def _listed(
    raw: object, path: str, problems: ProblemList
) -> Sequence[tuple[str, Mapping[str, Any]]]:
    """Things with keys, each once."""
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    given = raw if isinstance(raw, list) else []
    if not isinstance(raw, list) or len(raw) > MOST_TYPES:
        problems.add("saleslog.list_needed", path)
    for number, each in enumerate(given[:MOST_TYPES]):
        place = f"{path}/{number}"
        if not isinstance(each, Mapping) or not _KEY.match(str(each.get("key"))):
            problems.add("saleslog.key_invalid", place)
        elif each["key"] in found:
            problems.add("saleslog.key_twice", place, given=each["key"])
        else:
            found[each["key"]] = (place, each)
    return list(found.values())


def _type(raw: Mapping[str, Any]) -> EventType:
    return EventType(
        key=raw["key"],
        name=raw["name"],
        needs_reason=raw.get("needs_reason") is True,
        reasons=[Reason(each["key"], each["name"]) for each in raw.get("reasons") or ()],
        support=raw.get("support"),
        asks_support=raw.get("asks_support") is True,
        needs_customer=raw.get("needs_customer") is not False,
        advice=raw.get("advice") or {},
        alternatives=[
            Alternative(each["name"], each["text"]) for each in raw.get("alternatives") or ()
        ],
        tags=tuple(raw.get("tags") or ()),
    )


def _load() -> Live:
    version = current_of(Setup)
    return parse(version.number, version.definition) if version else Live()


def _load_names() -> tuple[Mapping[str, Name], Mapping[str, Name]]:
    return names_ever(Setup, ["types"]), names_ever(Setup, ["types", "reasons"])


_held: CachedByRevision[Live] = CachedByRevision(REVISION, _load)
_names: CachedByRevision[tuple[Mapping[str, Name], Mapping[str, Name]]] = CachedByRevision(
    REVISION, _load_names
)
