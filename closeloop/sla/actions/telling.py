"""Firings in words, and the people whom they concern; read once for all of a batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from closeloop.engine.sla import Item
from closeloop.sla import sentences
from closeloop.sla.models import Clock, Firing
from closeloop.sla.people import Directory, Place
from closeloop.sla.policies import Live
from closeloop.sla.subjects import subjects

LANGUAGES = ("zh-CN", "en-US")
LATE = timedelta(minutes=5)
"""From when on a step says that it was caught up."""
Name = Mapping[str, str]


@dataclass(frozen=True)
class Fired:
    """A firing whose clock is locked. `item` is None at the end of a pause, which has a reason."""

    clock: Clock
    firing: Firing
    live: Live
    item: Item | None
    reason: Name = field(default_factory=dict)

    @property
    def key(self) -> str:
        """One key for everything that follows from it: each is done once."""
        return f"clock:{self.clock.pk}:{self.firing.round}:{self.firing.step}"

    @property
    def late_s(self) -> int:
        """How long after its time it takes effect."""
        late = timezone.now() - self.firing.due_at
        return round(late.total_seconds()) if late > LATE else 0

    @property
    def relations(self) -> tuple[str, ...]:
        """Everybody whom it names."""
        if self.item is None:
            limit = self.live.policy.pause_limit
            return limit.to if limit else ()
        if self.item.reminder is not None:
            return self.item.reminder.to
        step = self.item.step
        if step is None:
            return ()
        others = [step.task.to if step.task else "", step.reassign]
        return (*step.to, *step.cc, *filter(None, others))


class Telling:
    """What is said of some firings, and to whom."""

    def __init__(self, fired: Sequence[Fired], directory: Directory) -> None:
        self._directory = directory
        self._sentences: dict[tuple[int, int], Name] = {}
        self._resets: dict[int, Name] = {}
        self._titles: dict[int, str | Name] = {}
        self._places: dict[int, Place] = {}
        by_kind: dict[str, list[Clock]] = {}
        for each in fired:
            by_kind.setdefault(each.clock.about_kind, []).append(each.clock)
        for kind, clocks in by_kind.items():
            self._read(kind, clocks)
        directory.look_up([(each.relations, self._places[each.clock.pk]) for each in fired])

    def people(self, fired: Fired, relations: tuple[str, ...]) -> tuple[int, ...]:
        """The people whom relations name, each with who stands in for them now."""
        found: dict[int, None] = {}
        now = timezone.now()
        for person in self._directory.people(relations, self._places[fired.clock.pk]):
            found[person] = None
            other = self._directory.stand_in(person, now)
            if other is not None:
                found[other] = None
        return tuple(found)

    def first(self, fired: Fired, relation: str) -> int | None:
        """The first person whom a relation names."""
        return self._directory.first(relation, self._places[fired.clock.pk])

    def sentence(self, fired: Fired) -> Name:
        """What the step does, in words."""
        item, policy = fired.item, fired.live.policy
        if item is None:
            return {}
        key = (fired.live.version_id, item.index)
        if key not in self._sentences:
            self._sentences[key] = {each: sentences.item(policy, item, each) for each in LANGUAGES}
        return self._sentences[key]

    def words(self, fired: Fired) -> dict[str, Any]:
        """What fills the texts of a notice."""
        clock, policy = fired.clock, fired.live.policy
        due_at = clock.breached_at or clock.due_at
        return {
            "clock_id": clock.pk,
            "policy": dict(policy.name),
            "record": self._titles[clock.pk],
            "owner": clock.owner.name if clock.owner else "—",
            "owner_id": clock.owner_id,
            "due_at": due_at.isoformat() if due_at else None,
            "step": self.sentence(fired),
            "resets": self._resets_by(fired.live),
            "late": {each: _late(fired, each) for each in LANGUAGES},
            "late_s": fired.late_s,
        }

    def _read(self, kind: str, clocks: Sequence[Clock]) -> None:
        contexts = [{**clock.context, "about_id": clock.about_id} for clock in clocks]
        found = subjects.kind(kind)
        titles, requesters = found.titles(contexts), found.requesters(contexts)
        for clock, title, requester in zip(clocks, titles, requesters, strict=True):
            record = clock.record
            self._titles[clock.pk] = (
                dict(title) if title is not None else record.title if record else "—"
            )
            self._places[clock.pk] = Place(
                clock.owner_id,
                clock.unit_id,
                record.created_by_id if requester is None and record else requester,
                clock.context.get("on_behalf_of"),
            )

    def _resets_by(self, live: Live) -> Name:
        if live.version_id not in self._resets:
            told = {each: sentences.resets_by(live.policy, each) for each in LANGUAGES}
            self._resets[live.version_id] = told
        return self._resets[live.version_id]


def _late(fired: Fired, language: str) -> str:
    if not fired.late_s:
        return ""
    time = sentences.span_of(fired.late_s, language)
    return sentences.say("clock.caught_up", language, {"time": time})
