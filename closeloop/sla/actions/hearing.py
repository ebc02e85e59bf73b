"""What an entry asks of clocks: of open ones by version, and which versions open one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from closeloop.activity.happenings import Happening
from closeloop.engine.sla import Event, Test
from closeloop.sla import facts
from closeloop.sla.policies import Book, Ear


@dataclass(frozen=True)
class Heard:
    """What an entry asks of clocks: of open ones by version, and which versions open one."""

    ears: Sequence[Ear]
    moves: Mapping[int, Sequence[str]]
    opens: Sequence[Ear]


class Hearing:
    """What entries ask of clocks, found out once for those that say the same."""

    MOST_KNOWN = 4096

    def __init__(self, book: Book) -> None:
        self._book = book
        self._asked: dict[str, tuple[_Asked, ...]] = {}
        self._known: dict[tuple[Any, ...], Heard | None] = {}

    def of(self, happening: Happening) -> Heard:
        """What one entry asks."""
        return self.without_record(happening) or _heard(self._ears(happening), happening)

    def without_record(self, happening: Happening) -> Heard | None:
        """The same, or None where its record must be read to tell."""
        asked = self._asked.get(happening.verb)
        if asked is None:
            asked = self._asked[happening.verb] = _asked_by(self._ears(happening))
        said = (happening.verb, *[each.said_by(happening.data) for each in asked])
        try:
            return self._known[said]
        except TypeError:  # a list or mapping is no key
            return _without_record(self._ears(happening), happening)
        except KeyError:
            if len(self._known) >= self.MOST_KNOWN:
                self._known.clear()
            found = self._known[said] = _without_record(self._ears(happening), happening)
            return found

    def _ears(self, happening: Happening) -> Sequence[Ear]:
        return self._book.by_verb.get(happening.verb, ())


@lru_cache(maxsize=2)
def of_book(book: Book) -> Hearing:
    """What entries ask as long as these policies stay."""
    return Hearing(book)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A key of an entry's data that decides, and the tests of its value where these have bounds."""

    key: str
    tests: tuple[Test, ...]

    def said_by(self, data: Mapping[str, Any]) -> Any:
        """The value, or how it stands to the bounds: a number is hardly ever the same again."""
        value = data.get(self.key)
        return tuple([test.fits(value) for test in self.tests]) if self.tests else value


def _asked_by(ears: Sequence[Ear]) -> tuple[_Asked, ...]:
    """What of an entry's data decides."""
    events = [
        event
        for ear in ears
        for some in (ear.opens, *(e for _, e in ear.changes))
        for event in some
    ]
    tests: dict[str, dict[Test, None]] = {}
    for event in events:
        for key, test in event.where.items():
            tests.setdefault(key, {})[test] = None
    return tuple(
        _Asked(key, tuple(some) if any(test.has_bounds for test in some) else ())
        for key, some in sorted(tests.items())
    )


def _without_record(ears: Sequence[Ear], happening: Happening) -> Heard | None:
    """What is asked, unless an event that fits has a condition or opens a clock up to a date."""
    for ear in ears:
        if not ear.asks_record:
            continue
        by_field = ear.live.policy.target.source.startswith("field.")
        asking = [event for event in ear.opens if by_field or event.when is not None]
        asking += [event for _, some in ear.changes for event in some if event.when is not None]
        if any(event.fits(happening.verb, happening.data) for event in asking):
            return None
    return _heard(ears, happening)


def _heard(ears: Sequence[Ear], happening: Happening) -> Heard:
    moves: dict[int, Sequence[str]] = {}
    for ear in ears:
        wanted = [what for what, events in ear.changes if _fits(events, happening)]
        if wanted:
            moves[ear.live.version_id] = wanted
    opens = [ear for ear in ears if ear.opens and _fits(ear.opens, happening)]
    return Heard(ears, moves, opens)


def _fits(events: Sequence[Event], happening: Happening) -> bool:
    for event in events:
        if event.fits(happening.verb, happening.data) and facts.is_met(
            happening.record_type, happening.record_id, event.when
        ):
            return True
    return False
