"""The configuration of support for whoever keeps it: its versions, a draft tried out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from closeloop.edge import setups as kept
from closeloop.identity.models import User
from closeloop.org.models import Role, Unit
from closeloop.support import choosing, errors, setups
from closeloop.support.models import Case, CaseState, Setup
from closeloop.support.setups import Known, Live

SPAN = timedelta(days=30)
MOST_TRIED = 300


@dataclass(frozen=True)
class KindTried:
    """A kind of problem beside its cases; `state`: added, changed, same or removed."""

    key: str
    name: Mapping[str, str]
    state: str
    cases: int
    ongoing: int


@dataclass(frozen=True)
class PersonTried:
    """How many of the cases somebody would be asked about: by what holds, and by the draft."""

    person_id: int | None
    now: int
    then: int


@dataclass(frozen=True)
class Tried:
    """Of the cases of the last 30 days: who would be asked about them today, by either version."""

    draft: Live
    cases: int
    moved: int
    kinds: list[KindTried]
    people: list[PersonTried]


def versions() -> list[Setup]:
    """The newest published versions, the one that holds first."""
    return kept.shown_of(Setup)


def require_sound(definition: Mapping[str, Any]) -> None:
    """Raise SetupInvalid with every problem of a definition."""
    known = Known(
        units=frozenset(Unit.objects.filter(is_active=True).values_list("pk", flat=True)),
        people=frozenset(User.objects.filter(is_active=True).values_list("pk", flat=True)),
        roles=frozenset(Role.objects.values_list("key", flat=True)),
    )
    found = setups.find_problems(definition, known)
    if found:
        raise errors.SetupInvalid(found)


def rehearse(definition: Mapping[str, Any], *, now: datetime) -> Tried:
    """Ask both versions who would help today with the latest cases of the last 30 days.

    Raises SetupInvalid with every problem.
    """
    require_sound(definition)
    live = setups.current()
    draft = setups.parse(live.number, definition)
    recent = Case.objects.filter(opened_at__gte=now - SPAN)
    asked = Counter(
        recent.order_by("-opened_at", "-pk").values_list("kind", "unit_id", "requester_id")[
            :MOST_TRIED
        ]
    )
    moved, before, after = 0, Counter[int | None](), Counter[int | None]()
    for (kind, unit_id, requester_id), count in asked.items():
        first, second = (
            choosing.choose(
                kind=kind, unit_id=unit_id, requester_id=requester_id, at=now, by=each
            ).owner_id
            for each in (live, draft)
        )
        before[first] += count
        after[second] += count
        moved += count if first != second else 0
    people = [PersonTried(each, before[each], after[each]) for each in {*before, *after}]
    return Tried(
        draft=draft,
        cases=asked.total(),
        moved=moved,
        kinds=_kinds(live, draft, Counter(kind for kind, _, _ in asked.elements())),
        people=sorted(people, key=lambda each: (-each.then, -each.now, each.person_id or 0)),
    )


def _kinds(live: Live, draft: Live, cases: Counter[str]) -> list[KindTried]:
    open_now = Case.objects.filter(state__in=[CaseState.OPEN, CaseState.SUPPORTED])
    ongoing = Counter(open_now.order_by().values_list("kind", flat=True))
    return [
        KindTried(
            key,
            (draft.kinds.get(key) or live.kinds[key]).name,
            kept.difference(live.kinds.get(key), draft.kinds.get(key)),
            cases[key],
            ongoing[key],
        )
        for key in dict.fromkeys([*draft.kinds, *live.kinds])
    ]
