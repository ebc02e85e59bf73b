"""Finding records by their texts, in SQL: by those texts alone that the viewer may learn.

A record is found by its title and by other texts (a lead's company). The index keeps them together;
where a viewer may not learn one of the others, a match must lie in the title, by its characters.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from closeloop.org.access import Access
from closeloop.records import search

Condition = tuple[str, list[Any]]
EVERY: Condition = ("TRUE", [])
_FLAT = r"lower(regexp_replace(normalize({alias}.title, NFKC), '\s+', '', 'g'))"


@dataclass
class Provided:
    """Which rows of a type tell a viewer their title alone; None where none does (from wiring)."""

    shut: Callable[[str, Access, str], Condition | None] = lambda _type, _access, _alias: None


provided = Provided()


def matching(
    record_type: str, query: str, access: Access, *, alias: str, shut: Condition | None = None
) -> Condition:
    """Rows of the registry, all of one type, that a query names; by its pinyin initials too.

    `shut` are rows that tell their title alone beside those that every list keeps shut.
    """
    told, told_params = told_by_text(record_type, query, access, alias=alias, shut=shut)
    sql, params = f"{alias}.grams @> %s AND {told}", [search.query_grams(query), *told_params]
    initials = search.initials_grams(query)
    if not initials:
        return f"({sql})", params
    other, other_params = told_by_initials(record_type, access, alias=alias, shut=shut)
    return (
        f"({sql} OR {alias}.grams @> %s AND {other})",
        [*params, initials, *other_params],
    )


def told_by_text(
    record_type: str, query: str, access: Access, *, alias: str, shut: Condition | None = None
) -> Condition:
    """What narrows a match of grams to texts that may be learnt."""
    closed = _shut(record_type, access, alias, shut)
    if closed is None:
        return EVERY
    sql, params = closed
    flat = search.normalize(query)
    place = "= 1" if len(flat) == 1 else "> 0"
    return f"(NOT {sql} OR strpos({_FLAT.format(alias=alias)}, %s) {place})", [*params, flat]


def told_by_initials(
    record_type: str, access: Access, *, alias: str, shut: Condition | None = None
) -> Condition:
    """The same for pinyin initials: rows all of whose texts may be learnt."""
    closed = _shut(record_type, access, alias, shut)
    return EVERY if closed is None else (f"NOT {closed[0]}", closed[1])


def _shut(
    record_type: str, access: Access, alias: str, besides: Condition | None
) -> Condition | None:
    found = [each for each in (provided.shut(record_type, access, alias), besides) if each]
    if not found:
        return None
    return (
        f"({' OR '.join(sql for sql, _ in found)})",
        [param for _, params in found for param in params],
    )
