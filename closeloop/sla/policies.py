"""The policies that clocks live by now, compiled once per change; versions are frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from closeloop.edge.revisions import CachedByRevision
from closeloop.engine import sla
from closeloop.engine.sla import ABOUT_OTHERS, Event, Policy
from closeloop.sla.models import Clock, PolicyVersion

REVISION = "sla"
CHANGES = ("closes", "cancels", "resets", "resumes", "pauses")
"""What becomes of open clocks; of several at once, the first two end them."""
OWNERSHIP = ("assigned", "removed", "restored")
"""What happens to records that concerns their clocks, whatever the policies say."""


@dataclass(frozen=True)
class Live:
    """A published version. Only the current one of an active policy opens clocks."""

    version_id: int
    policy_id: int
    number: int
    opens: bool
    policy: Policy

    @property
    def about_kind(self) -> str:
        """What its clocks are about: record, approval_ask, exception, support_case, task, …"""
        return self.policy.about if self.policy.about in ABOUT_OTHERS else "record"


@dataclass(frozen=True)
class Ear:
    """What a version does at one verb: opening events, and what changes its open clocks."""

    live: Live
    opens: tuple[Event, ...]
    changes: tuple[tuple[str, tuple[Event, ...]], ...]
    asks_record: bool
    """Whether the record itself must be read for it: a condition, or a date to count to."""


@dataclass(frozen=True, eq=False)
class Book:
    """Every version that has something to say, by id and by the verbs it listens to."""

    by_id: Mapping[int, Live]
    by_verb: Mapping[str, tuple[Ear, ...]]
    verbs: frozenset[str]


def book() -> Book:
    """The policies as of now."""
    return _book.get()


def verbs() -> frozenset[str]:
    """The verbs that move clocks."""
    return _book.get().verbs


def live(version_id: int) -> Live:
    """A version by id, one that nobody listens to any more too."""
    found = _book.get().by_id.get(version_id)
    if found is not None:
        return found
    version = PolicyVersion.objects.select_related("policy").get(pk=version_id)
    return _live(version, opens=False)


def current(key: str) -> Live | None:
    """The current version of a policy that opens clocks, by its key."""
    for each in _book.get().by_id.values():
        if each.policy.key == key and each.opens:
            return each
    return None


def forget() -> None:
    """Drop what was cached (tests whose transactions are rolled back)."""
    _book.clear()


def _load() -> Book:
    versions = list(PolicyVersion.objects.select_related("policy").order_by("pk"))
    found: dict[int, Live] = {}
    for version in versions:
        opens = version.is_current and version.policy.is_active
        if opens or _has_open_clocks(version.pk):
            found[version.pk] = _live(version, opens=opens)
    by_verb: dict[str, list[Ear]] = {}
    for each in found.values():
        for verb in each.policy.verbs:
            by_verb.setdefault(verb, []).append(_ear(each, verb))
    types = {each.policy.about for each in found.values()} - set(ABOUT_OTHERS)
    owned = {f"{record_type}.{ending}" for record_type in types for ending in OWNERSHIP}
    return Book(
        by_id=found,
        by_verb={verb: tuple(ears) for verb, ears in by_verb.items()},
        verbs=frozenset(by_verb) | owned,
    )


def _ear(live: Live, verb: str) -> Ear:
    heard = {
        what: tuple(event for event in events if event.verb == verb)
        for what, events in live.policy.events.items()
    }
    opens = heard["opens"] if live.opens else ()
    changes = tuple((what, heard[what]) for what in CHANGES if heard[what])
    events = [*opens, *(event for _, listed in changes for event in listed)]
    by_field = bool(opens) and live.policy.target.source.startswith("field.")
    return Ear(live, opens, changes, by_field or any(event.when for event in events))


def _has_open_clocks(version_id: int) -> bool:
    return Clock.objects.filter(version_id=version_id, closed_at=None).exists()


def _live(version: PolicyVersion, *, opens: bool) -> Live:
    return Live(
        version_id=version.pk,
        policy_id=version.policy_id,
        number=version.number,
        opens=opens,
        policy=_parsed(version.pk, _Frozen(version.definition)),
    )


class _Frozen:
    """A definition that counts as equal to any other of its version, for it never changes."""

    def __init__(self, definition: Mapping[str, Any]) -> None:
        self.definition = definition

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and self.definition == other.definition

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=512)
def _parsed(_version_id: int, frozen: _Frozen) -> Policy:
    return sla.parse_policy(frozen.definition)


_book = CachedByRevision(REVISION, _load)
