"""The figures of support counted again from the raw record alone: a second implementation.

It knows the entries (verb, case, moment) and the tree of units, nothing of the app's tables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

LIMIT = timedelta(hours=24)
Entry = tuple[str, datetime, int | None, Mapping[str, Any]]
"""Verb, moment, unit, data."""


def recount(
    entries: Iterable[Entry],
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    region_of: Mapping[int | None, int | None],
) -> dict[tuple[int | None, str], Counter[str]]:
    """Region, kind -> how many were reported, due, met, missed, pending, withdrawn."""
    stories: dict[int, list[Entry]] = {}
    for entry in entries:
        stories.setdefault(entry[3]["support_case_id"], []).append(entry)
    found: dict[tuple[int | None, str], Counter[str]] = {}
    for story in stories.values():
        _, reported_at, unit, data = story[0]
        if since <= reported_at < until:
            cell = found.setdefault((region_of[unit], data["kind"]), Counter())
            cell["reported"] += 1
            for part in _parts(story, reported_at + LIMIT, now):
                cell[part] += 1
    return found


def _parts(story: list[Entry], due_at: datetime, now: datetime) -> tuple[str, ...]:
    in_time = False
    for verb, at, _, _ in story:
        if verb == "support.given" and at <= due_at:
            in_time = True
        if verb == "support.reopened":
            in_time = False
        if verb == "support.withdrawn" and at < due_at:
            return ("withdrawn",)
    if due_at > now:
        return ("pending",)
    return ("due", "met") if in_time else ("due", "missed")
