"""A year of approvals: which deals were asked about, and how often what befell them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any, NamedTuple

from django.db import connection

from closeloop.approvals import flows
from closeloop.approvals.flows import Loaded
from closeloop.approvals.models import Flow
from closeloop.approvals.reading import Held
from closeloop.demo import contracts
from closeloop.demo.agreeing.casebooks import CaseBooks, Colleagues
from closeloop.demo.agreeing.course import Around, Course, Fate, Story
from closeloop.demo.agreeing.verbs import Wish
from closeloop.demo.agreeing.words import CONTRACT, OWN_WISH, Words
from closeloop.demo.ledger.held import Row
from closeloop.engine.approvals import Flow as FlowTree
from closeloop.identity.models import User
from closeloop.sla import calendars

HOUR_S = 3600
_OF_MOVED = ((0.05, Fate.REFUSED), (0.12, Fate.RETURNED), (0.05, Fate.TRANSFERRED))
"""Of what went on in the end: refused at first and asked for again, returned, handed on."""
_OF_LOST = ((0.55, Fate.REFUSED), (0.25, Fate.WITHDRAWN))
_OF_STEPPED_BACK = ((0.08, Fate.WITHDRAWN),)
_OF_OWN = ((0.14, Fate.REFUSED), (0.12, Fate.RETURNED), (0.05, Fate.WITHDRAWN))
_OWN_WISHES = 0.16
"""The share of deals whose salesperson asks for something by themselves, such as a lower price."""
_HURRIES = (1.0, 0.6, 0.3, 0.1, 0.02)
_MODEST, _BOLD = (3, 15), (16, 25)


class Stay(NamedTuple):
    """A finished stay in a stage: of which record, from when to when, and how it was left."""

    record_id: int
    title: str
    owner_id: int
    unit_id: int
    since: datetime
    until: datetime
    left_by: str


@dataclass(frozen=True)
class _Asked:
    """What is wanted in a stay, by whom, between which moments, and what befalls it."""

    stay: Stay
    version: Loaded
    words: Words
    fate: Fate


def remember(*, until: datetime, seed: int) -> list[Row]:
    """Write the approvals of the past; gives what was recorded of them, to be written in its turn.

    Until now no gate waited for them: who needed one asked for it by themselves. All that is said
    of a deal is said within its stay in the stage, so nothing else of its history changes.
    """
    year = _Year(until=until, seed=seed)
    for blueprint, stage, flow_key in contracts.gates():
        keys = [each["key"] for each in blueprint["stages"]]
        record_type, earlier = blueprint["record_type"], keys[keys.index(stage["key"]) - 1]
        year.live_gate(_stays(record_type, stage["key"]), flows.current_of(flow_key))
        for version in _by_hand(record_type):
            year.live_wishes(_stays(record_type, earlier), version)
    return year.books.write()


class _Year:
    """Lives through the stays of a year, case by case."""

    def __init__(self, *, until: datetime, seed: int) -> None:
        self._directory = Colleagues(until)
        self._seed = seed
        self._pace = {
            person: Random(f"{seed}:pace:{username}").uniform(0.6, 1.5)
            for person, username in User.objects.values_list("pk", "username")
        }
        self.books = CaseBooks(organisation=self._directory)

    def live_gate(self, stays: Sequence[Stay], version: Loaded) -> None:
        """Ask in every stay that was left forward, and in some of the others."""
        chances = {"forward": _OF_MOVED, "close": _OF_LOST, "back": _OF_STEPPED_BACK}
        for number, stay in enumerate(stays):
            dice = Random(f"{self._seed}:{version.key}:{number}")
            has_gone_on = stay.left_by == "forward"
            fate = _drawn(chances.get(stay.left_by, ()), dice)
            if fate is Fate.AGREED and not has_gone_on:
                continue
            asked = _Asked(stay, version, CONTRACT, fate)
            opens_at = stay.since + (stay.until - stay.since) * dice.uniform(0.02, 0.1)
            closed_at = self._live(asked, opens_at, dice)
            if has_gone_on and fate is Fate.REFUSED and closed_at is not None:
                self._live(replace(asked, fate=Fate.AGREED), closed_at, dice)

    def live_wishes(self, stays: Sequence[Stay], version: Loaded) -> None:
        """Ask for something in some of the stays."""
        for number, stay in enumerate(stays):
            dice = Random(f"{self._seed}:{version.key}:{number}")
            if dice.random() < _OWN_WISHES:
                asked = _Asked(stay, version, OWN_WISH, _drawn(_OF_OWN, dice))
                opens_at = stay.since + (stay.until - stay.since) * dice.uniform(0.1, 0.5)
                self._live(asked, opens_at, dice)

    def _live(self, asked: _Asked, since: datetime, dice: Random) -> datetime | None:
        """Live one case within its stay, in more and more of a hurry; None where none would do."""
        stay, seed = asked.stay, dice.random()
        calendar = calendars.for_unit(stay.unit_id).calendar
        at = calendar.add_working(since, round(dice.uniform(0.1, 2) * HOUR_S)).replace(
            microsecond=0
        )
        wish = _wish_of(asked, dice)
        around = Around(self._directory, calendar, self._pace)
        mark = self.books.mark()
        for haste in _HURRIES:
            story = Story(wish, at, asked.words, asked.fate, haste)
            held: Held = Course(self.books, story, around, dice=Random(seed)).live()
            if held.row.closed_at is not None and held.row.closed_at <= stay.until:
                return held.row.closed_at
            self.books.undo(mark)
        return None


def _wish_of(asked: _Asked, dice: Random) -> Wish:
    stay, version = asked.stay, asked.version
    return Wish(
        version=version,
        record_id=stay.record_id,
        record_type=version.flow.record_type,
        title=stay.title,
        requester_id=stay.owner_id,
        unit_id=stay.unit_id,
        form=_form_of(version.flow, dice),
        comment=dice.choice(asked.words.wishes),
    )


def _form_of(flow: FlowTree, dice: Random) -> dict[str, Any]:
    """The lines that the requester fills: percentages, most of them modest, and choices."""
    form: dict[str, Any] = {}
    for line in flow.form:
        if line.field:
            continue
        if line.type == "number":
            form[line.key] = dice.randint(*(_MODEST if dice.random() < 0.7 else _BOLD))
        elif line.choices:
            form[line.key] = dice.choice([key for key, _ in line.choices])
    return form


def _drawn(chances: Sequence[tuple[float, Fate]], dice: Random) -> Fate:
    drawn = dice.random()
    for chance, fate in chances:
        if drawn < chance:
            return fate
        drawn -= chance
    return Fate.AGREED


def _by_hand(record_type: str) -> Iterator[Loaded]:
    """The flows about a record type that no gate waits for."""
    awaited = {flow for _, _, flow in contracts.gates()}
    keys = Flow.objects.filter(record_type=record_type, is_active=True).order_by("key")
    for key in keys.exclude(key__in=awaited).values_list("key", flat=True):
        yield flows.current_of(key)


def _stays(record_type: str, stage: str) -> list[Stay]:
    """Every finished stay in a stage of what is somebody's, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_STAYS, [record_type, stage])
        return [Stay(*row) for row in cursor.fetchall()]


_STAYS = """
    SELECT r.id, r.title, r.owner_id, r.unit_id, greatest(v.entered_at, r.created_at), v.left_at,
        after.kind
    FROM process_visit v JOIN records_record r ON r.id = v.record_id AND r.type = %s
    JOIN LATERAL (
        SELECT n.kind FROM process_visit n WHERE n.record_id = v.record_id AND n.id > v.id
        ORDER BY n.id LIMIT 1
    ) after ON true
    WHERE v.stage = %s AND v.left_at > r.created_at AND r.owner_id IS NOT NULL
    ORDER BY v.id
"""
