"""Fairness: who was given how much in a period, who was passed over and why, how fast they were."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from closeloop.identity import queries as identity
from closeloop.org.access import Access
from closeloop.records.models import Record
from closeloop.routing import errors, sentences
from closeloop.routing.queries import counting
from closeloop.routing.queries.counting import Cell, Period

MOST_DAYS = 400


def fairness(period: Period, access: Access, *, language: str) -> dict[str, Any]:
    """Everybody who was given something or passed over between two moments. Raises PeriodTooLong.

    Counted are the different records within the reader's reach; `share` is of what all received;
    `first_touch_s` the median until the first touch, in seconds of any hour, of the records given
    in the period to who owned them then.
    """
    _require_short(period)
    cells, means = counting.counts(period, access)
    people = {cell.person for cell in cells if cell.person is not None and cell.figure != "open"}
    names = identity.names_of(people)
    total = sum(count for cell, count in cells.items() if cell.figure == "received")
    return {
        "since": period.since,
        "until": period.until,
        "given": cells.get(Cell("given"), 0),
        "pooled": cells.get(Cell("pooled"), 0),
        "pooled_by_reason": _by_detail(cells, "pooled_because"),
        "groups": [
            {
                "group": {"key": key, "name": sentences.group_name(key, language)},
                "received": received,
                "by_overflow": cells.get(Cell("overflow", detail=key), 0),
            }
            for key, received in Counter(_by_detail(cells, "group")).most_common()
        ],
        "people": [
            {
                "person": {"id": person, "name": names.get(person, "—")},
                **_of_person(person, cells, means.get(person, (None, None)), total),
            }
            for person in sorted(people, key=lambda each: (-_received(cells, each), each))
        ],
    }


def leads_behind(
    cell: Cell, period: Period, access: Access, *, before: int | None, limit: int
) -> dict[str, Any]:
    """The very records that a figure counts, newest first, removed ones too.

    Raises PeriodTooLong, FigureUnknown.
    """
    _require_short(period)
    if cell.figure not in counting.FIGURES:
        raise errors.FigureUnknown({"figure": cell.figure})
    ids, count = counting.behind(cell, period, access, before=before, at_most=limit + 1)
    shown = ids[:limit]
    found = {each.pk: each for each in Record.objects.filter(pk__in=shown).defer("grams")}
    owners = {each.owner_id for each in found.values() if each.owner_id is not None}
    names = identity.names_of(owners)
    return {
        "items": [
            {
                "id": key,
                "type": period.record_type,
                "title": found[key].title,
                "owner": _named(found[key].owner_id, names),
                "created_at": found[key].created_at,
                "is_removed": found[key].deleted_at is not None,
            }
            for key in shown
        ],
        "last": shown[-1] if len(ids) > limit else None,
        "count": count,
    }


def _require_short(period: Period) -> None:
    length = period.until - period.since
    if not timedelta() < length <= timedelta(days=MOST_DAYS):
        raise errors.PeriodTooLong({"days": MOST_DAYS})


def _received(cells: Mapping[Cell, int], person: int) -> int:
    return cells.get(Cell("received", person), 0)


def _by_detail(cells: Mapping[Cell, int], figure: str, person: int | None = None) -> dict[str, int]:
    return {
        cell.detail: count
        for cell, count in cells.items()
        if cell.figure == figure and cell.person == person
    }


def _of_person(
    person: int, cells: Mapping[Cell, int], means: tuple[Any, Any], total: int
) -> dict[str, Any]:
    load, touch_s = means
    received = _received(cells, person)

    def count(figure: str) -> int:
        return cells.get(Cell(figure, person), 0)

    return {
        "received": received,
        "share": round(received / total, 4) if total else 0,
        "received_again": count("again"),
        "taken_away": count("taken"),
        "mean_load": None if load is None else round(load, 2),
        "open_now": count("open"),
        "passed_over": _by_detail(cells, "passed", person),
        "first_touch_s": None if touch_s is None else round(touch_s),
        "touched": count("touched"),
        "touched_in_time": count("in_time"),
        "late": count("late"),
    }


def _named(key: int | None, names: Mapping[int, str]) -> dict[str, Any] | None:
    return None if key is None else {"id": key, "name": names.get(key, "—")}
