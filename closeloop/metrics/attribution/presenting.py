"""Wins by contact as the screens show them, and what is sure of it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import dropwhile
from typing import Any

from closeloop.edge import cursors, messages
from closeloop.engine import association
from closeloop.engine.association import Share, Touch
from closeloop.fieldwork import standards
from closeloop.identity import queries as identity
from closeloop.metrics.attribution.closed import Closed
from closeloop.org import queries as org


def touches(rows: Sequence[Touch], *, won: int, lost: int, language: str) -> dict[str, Any]:
    """The rows, and their findings in words."""
    return {
        "won": won,
        "lost": lost,
        "findings": _findings(rows, won=won, language=language),
        "rows": [
            {
                "number": row.number,
                "is_more": row.is_more,
                "won": row.won.hits,
                "lost": row.lost,
                "traced": share(row.traced),
                "won_share": share(row.won),
            }
            for row in rows
        ],
    }


def deals(page: Sequence[Closed], *, language: str) -> list[dict[str, Any]]:
    """Closed deals with the names of their owners, units and kinds of contact."""
    people = identity.names_of({each.owner for each in page if each.owner is not None})
    units, kinds = org.unit_names(), standards.kinds()
    return [
        {
            "id": each.id,
            "title": each.title,
            "owner": None
            if each.owner is None
            else {"id": each.owner, "name": people.get(each.owner, "—")},
            "unit": units.get(each.unit or 0, "—"),
            "closed_at": each.closed_at,
            "is_won": each.is_won,
            "contacts": each.contacts,
            "last_kind": each.last_kind and _named(kinds.get(each.last_kind), each, language),
            "last_at": each.last_at,
        }
        for each in page
    ]


def page(
    found: Sequence[Closed], *, cursor: str | None, limit: int, language: str
) -> dict[str, Any]:
    """A page of closed deals from a cursor on, and the next cursor."""
    rest = list(found)
    if cursor:
        (last,) = cursors.decode(cursor, "bigint")
        rest = list(dropwhile(lambda each: each.id != last, rest))[1:]
    shown = rest[:limit]
    return {
        "items": deals(shown, language=language),
        "next_cursor": cursors.encode(shown[-1].id) if len(rest) > limit else None,
    }


def share(found: Share) -> dict[str, Any]:
    """A share with its counts and its interval."""
    low, high = found.interval or (None, None)
    return {"hits": found.hits, "of": found.of, "value": found.value, "low": low, "high": high}


def _findings(rows: Sequence[Touch], *, won: int, language: str) -> list[str]:
    likeliest = association.likeliest(rows)
    told = (
        messages.say("touches.too_few", language, {"won": won})
        if likeliest is None
        else messages.say("touches.likeliest", language, _data(likeliest.number, likeliest.traced))
    )
    better = association.better_from(rows)
    if better is None:
        return [told, messages.say("touches.no_difference", language)] if likeliest else [told]
    number, after, before = better
    data = _data(number, after)
    data |= {f"before_{key}": value for key, value in _data(number, before).items()}
    return [told, messages.say("touches.better_from", language, data)]


def _data(number: int, share: Share) -> dict[str, object]:
    low, high = share.interval or (0.0, 1.0)
    return {
        "number": number,
        "hits": share.hits,
        "of": share.of,
        "share": f"{100 * (share.value or 0):.1f}%",
        "low": f"{100 * low:.1f}%",
        "high": f"{100 * high:.1f}%",
    }


def _named(name: Mapping[str, str] | None, each: Closed, language: str) -> str:
    return (name or {}).get(language) or str(each.last_kind)
