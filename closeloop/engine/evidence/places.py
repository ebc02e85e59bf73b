"""Places on the earth: distance, and the coordinates that maps in China show.

Phones and browsers give WGS-84. Maps in China and the locating calls of WeCom and DingTalk give
GCJ-02, some hundred metres aside. Sources: haversine by R. W. Sinnott, Sky and Telescope 68 (1984);
the offset of GCJ-02 as published in `eviltransform` (MIT, github.com/googollee/eviltransform),
with the axes of Krasovsky 1940.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

EARTH_M = 6_371_008.8
"""Mean radius of the earth (IUGG)."""
_AXIS_M = 6_378_245.0
_ECCENTRICITY_2 = 0.006_693_421_622_965_943
_NEAR_ENOUGH = 1e-7
"""Degrees, about a centimetre, at which turning GCJ-02 back stops."""


class System(StrEnum):
    """In which coordinates a place is given."""

    WGS84 = "WGS84"
    GCJ02 = "GCJ02"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in WGS-84, and within how many metres it is meant."""

    latitude: float
    longitude: float
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Where a customer is known to be, and how far its premises reach."""

    latitude: float
    longitude: float
    radius_m: float


def haversine_m(one: Place | Known, other: Place | Known) -> float:
    """Metres between two places along the surface."""
    up, over = math.radians(one.latitude), math.radians(other.latitude)
    half_up = (over - up) / 2
    half_across = math.radians(other.longitude - one.longitude) / 2
    part = math.sin(half_up) ** 2 + math.cos(up) * math.cos(over) * math.sin(half_across) ** 2
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(part)))


def in_wgs84(
    latitude: float, longitude: float, system: str, *, accuracy_m: float | None = None
) -> Place:
    """A place as it was given, in WGS-84."""
    if system == System.GCJ02:
        latitude, longitude = gcj02_to_wgs84(latitude, longitude)
    return Place(latitude, longitude, accuracy_m)


def wgs84_to_gcj02(latitude: float, longitude: float) -> tuple[float, float]:
    """Where maps in China show a place; outside China they show it where it is."""
    if not is_in_china(latitude, longitude):
        return latitude, longitude
    up, across = _offset(latitude, longitude)
    return latitude + up, longitude + across


def gcj02_to_wgs84(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a place of a Chinese map is, to about a centimetre: by repeated correction."""
    if not is_in_china(latitude, longitude):
        return latitude, longitude
    found = (latitude, longitude)
    for _ in range(10):
        shown = wgs84_to_gcj02(*found)
        miss = (latitude - shown[0], longitude - shown[1])
        found = (found[0] + miss[0], found[1] + miss[1])
        if max(abs(miss[0]), abs(miss[1])) < _NEAR_ENOUGH:
            break
    return found


def is_in_china(latitude: float, longitude: float) -> bool:
    """Whether a place lies in the rectangle in which the offset is applied."""
    return 0.8293 <= latitude <= 55.8271 and 72.004 <= longitude <= 137.8347


def _offset(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees up and across by which GCJ-02 is aside (the polynomial of the published formula)."""
    x, y = longitude - 105.0, latitude - 35.0
    root, product = math.sqrt(abs(x)), x * y
    waves = 20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)
    up = waves + 20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)
    up += 160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)
    across = waves + 20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)
    across += 150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)
    up = up * 2.0 / 3.0 - 100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * product + 0.2 * root
    across = across * 2.0 / 3.0 + 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * product + 0.1 * root
    radians = math.radians(latitude)
    magic = 1.0 - _ECCENTRICITY_2 * math.sin(radians) ** 2
    meridian = _AXIS_M * (1.0 - _ECCENTRICITY_2) / (magic * math.sqrt(magic))
    parallel = _AXIS_M / math.sqrt(magic) * math.cos(radians)
    return math.degrees(up / meridian), math.degrees(across / parallel)
