"""What is doubtful of a follow-up, with its figures. A doubt is for a person to judge: it neither
stops a follow-up nor proves anything, and what is not known gives none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from closeloop.engine.evidence import texts
from closeloop.engine.evidence.places import Known, Place, haversine_m

MOST_ACCURACY_M = 500.0
"""No claimed accuracy excuses more: a phone without satellites still knows its cell that well."""
USUAL_ACCURACY_M = 100.0
"""Where a phone does not say, it located itself by its surroundings."""
PHOTO_APART_M = 1000.0
"""Cameras keep their last place for a while (EXIF 2.32 has no accuracy most phones fill in)."""
PHOTO_BEFORE = timedelta(hours=4)
PHOTO_AFTER = timedelta(hours=4)
"""A photo belongs to the half day of its visit."""
CLOCK_OFF = timedelta(minutes=15)
"""Phones set their clocks by the network; a request takes seconds, a stuck one minutes."""
AHEAD = timedelta(minutes=15)
BACKDATED = timedelta(days=3)
"""Over a weekend without network a follow-up arrives late in good faith (K08)."""
ALIKE = 90.0
"""Likeness of masked texts, out of 100, from which one is a copy (measured with rapidfuzz's ratio:
templates reach 85 on average before masking, other texts 9)."""


class DoubtKind(StrEnum):
    """What may be wrong."""

    FAR = "far_from_customer"
    PHOTO_TIME = "photo_time"
    PHOTO_PLACE = "photo_place"
    DEVICE_CLOCK = "device_clock"
    BACKDATED = "backdated"
    STOCK_PHRASE = "stock_phrase"
    COPIED_TEXT = "copied_text"
    REUSED_PHOTO = "reused_photo"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt and the figures that it rests on."""

    kind: DoubtKind
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Photo:
    """What is known of a photo: the camera's time (aware) and place, photos like it before.

    `likes`: each with `how` (same, mirrored, cropped), `upload`, `distance`, and what tells it.
    """

    name: str
    taken_at: datetime | None = None
    place: Place | None = None
    likes: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that the checks look at. Times are aware; places are in WGS-84.

    `device_now` is what the device's clock showed when it sent, `received_at` the server's then.
    `before` are one's own last texts, masked, each with what names it.
    """

    at: datetime
    received_at: datetime
    device_now: datetime | None = None
    place: Place | None = None
    known: Known | None = None
    photos: Sequence[Photo] = ()
    text: str = ""
    masked: str = ""
    before: Sequence[tuple[int, str]] = ()
    phrases: Sequence[str] = field(default=())


Likeness = Callable[[str, str], float]
"""How alike two texts are, out of 100."""


def find_doubts(given: Situation, *, likeness: Likeness) -> list[Doubt]:
    """Every doubt about a follow-up, each kind at most once, with the plainest case of it."""
    found: dict[DoubtKind, Doubt] = {}
    for doubt in _all(given, likeness):
        found.setdefault(doubt.kind, doubt)
    return list(found.values())


def _all(given: Situation, likeness: Likeness) -> Iterator[Doubt]:
    yield from _far(given)
    for photo in given.photos:
        yield from _reused(photo)
        yield from _photo_time(photo, given)
        yield from _photo_place(photo, given)
    yield from _clock(given)
    yield from _text(given, likeness)


def _far(given: Situation) -> Iterator[Doubt]:
    if given.place is None or given.known is None:
        return
    allowed = given.known.radius_m + _allowance(given.place)
    distance = haversine_m(given.place, given.known)
    if distance > allowed:
        yield Doubt(
            DoubtKind.FAR,
            {
                "distance_m": round(distance),
                "allowed_m": round(allowed),
                "accuracy_m": given.place.accuracy_m,
                "radius_m": round(given.known.radius_m),
            },
        )


def _allowance(place: Place) -> float:
    accuracy = USUAL_ACCURACY_M if place.accuracy_m is None else place.accuracy_m
    return min(max(accuracy, 0.0), MOST_ACCURACY_M)


def _reused(photo: Photo) -> Iterator[Doubt]:
    if photo.likes:
        yield Doubt(DoubtKind.REUSED_PHOTO, {"photo": photo.name, **photo.likes[0]})


def _photo_time(photo: Photo, given: Situation) -> Iterator[Doubt]:
    """A missing camera time proves nothing: chat programs remove it."""
    if photo.taken_at is None:
        return
    if not given.at - PHOTO_BEFORE <= photo.taken_at <= given.at + PHOTO_AFTER:
        yield Doubt(
            DoubtKind.PHOTO_TIME,
            {
                "photo": photo.name,
                "taken_at": photo.taken_at.isoformat(),
                "at": given.at.isoformat(),
                "hours": round((given.at - photo.taken_at) / timedelta(hours=1), 1),
            },
        )


def _photo_place(photo: Photo, given: Situation) -> Iterator[Doubt]:
    if photo.place is None:
        return
    there: Place | Known | None = given.place or given.known
    if there is None:
        return
    distance = haversine_m(photo.place, there)
    reach = there.radius_m if isinstance(there, Known) else _allowance(there)
    if distance > PHOTO_APART_M + reach:
        yield Doubt(
            DoubtKind.PHOTO_PLACE,
            {
                "photo": photo.name,
                "distance_m": round(distance),
                "allowed_m": round(PHOTO_APART_M + reach),
            },
        )


def _clock(given: Situation) -> Iterator[Doubt]:
    if given.device_now is not None:
        off = given.device_now - given.received_at
        if abs(off) > CLOCK_OFF:
            yield Doubt(
                DoubtKind.DEVICE_CLOCK,
                {
                    "device_now": given.device_now.isoformat(),
                    "server_now": given.received_at.isoformat(),
                    "minutes": round(off / timedelta(minutes=1)),
                },
            )
    if given.at > given.received_at + AHEAD:
        yield Doubt(
            DoubtKind.DEVICE_CLOCK,
            {
                "at": given.at.isoformat(),
                "server_now": given.received_at.isoformat(),
                "minutes": round((given.at - given.received_at) / timedelta(minutes=1)),
            },
        )
    elif given.received_at - given.at > BACKDATED:
        yield Doubt(
            DoubtKind.BACKDATED,
            {
                "at": given.at.isoformat(),
                "server_now": given.received_at.isoformat(),
                "hours": round((given.received_at - given.at) / timedelta(hours=1)),
            },
        )


def _text(given: Situation, likeness: Likeness) -> Iterator[Doubt]:
    if texts.is_stock(given.text, given.phrases):
        yield Doubt(DoubtKind.STOCK_PHRASE, {"text": given.text.strip()})
    if len(given.masked) < texts.SHORTEST_COPY:
        return
    likest = max(
        ((likeness(given.masked, text), number) for number, text in given.before),
        default=(0.0, 0),
    )
    if likest[0] >= ALIKE:
        yield Doubt(DoubtKind.COPIED_TEXT, {"likeness": round(likest[0]), "followup_id": likest[1]})
