"""Records that may be the same as the one being typed (search before create)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection

from closeloop.desk.errors import TooManyLookups
from closeloop.fields import queries as fields
from closeloop.fields import values as canonical
from closeloop.fields.values import ValueProblem
from closeloop.identity import queries as identity
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Access, Verb
from closeloop.pool import covering
from closeloop.pool import rights as pool
from closeloop.records import search, searching
from closeloop.records.types import RecordType, registry

MOST = 8
SCORES = {"credit_code": 1.0, "phone": 0.95, "email": 0.95, "name": 0.9, "pinyin": 0.5}
CONTACTS = ("credit_code", "phone", "email")
MOST_LOOKUPS, LOOKUPS_S = 200, 3600
"""So many numbers and addresses may somebody look up in an hour of whom some are kept from them."""
_TYPES_TOGETHER = ("customer", "lead", "contact")


@dataclass(frozen=True)
class Twin:
    """A record that may be the same; without title where the viewer may not open it."""

    id: int | None
    type: str
    title: str
    match: str
    score: float
    owner: str
    visible: bool


def find_twins(type_key: str, typed: dict[str, str], *, actor: Actor) -> list[Twin]:
    """Likely duplicates over customers, leads and contacts, the surest first.

    All records are compared, also those out of reach: of these only the kind of match and the
    owner's name are told, so that two people do not work on the same customer unknowingly (P10).
    The same holds where the match is a value that the viewer must not learn: that somebody has
    this number is told, not who, or the number of a masked record could be found out by trying.
    Raises TooManyLookups for who tries nevertheless.
    """
    access = org.access_of(actor)
    kinds = _TYPES_TOGETHER if type_key in _TYPES_TOGETHER else (type_key,)
    _limit(kinds, typed, access)
    found: dict[int, tuple[str, str, str, int | None, int | None]] = {}
    for kind in kinds:
        for row in _matches(registry.get(kind), typed, access, is_same_type=kind == type_key):
            if row[0] not in found or SCORES[row[2]] > SCORES[found[row[0]][1]]:
                found[row[0]] = (kind, row[2], row[1], row[3], row[4])
    ranked = sorted(found.items(), key=lambda item: (-SCORES[item[1][1]], item[0]))[:MOST]
    owners = identity.names_of({owner for _, (_, _, _, owner, _) in ranked if owner})
    twins = []
    for record_id, (kind, match, title, owner, unit) in ranked:
        untold = pool.untold_fields(kind, access, owner_id=owner, unit_id=unit)
        in_reach = access.reach(kind, Verb.READ).covers(owner_id=owner, unit_id=unit)
        visible = in_reach and match not in untold
        twins.append(
            Twin(
                id=record_id if visible else None,
                type=kind,
                title=title if visible else _hidden(title),
                match=match,
                score=SCORES[match],
                owner=owners.get(owner or 0, "—"),
                visible=visible,
            )
        )
    return twins


def _limit(kinds: Sequence[str], typed: dict[str, str], access: Access) -> None:
    given = [key for key in CONTACTS if typed.get(key)]
    if not given or not any(_is_kept(kind, given, access) for kind in kinds):
        return
    counter = f"desk.twins:{access.user_id}"
    cache.add(counter, 0, timeout=LOOKUPS_S)
    try:
        count = cache.incr(counter)
    except ValueError:
        return
    if count > MOST_LOOKUPS:
        raise TooManyLookups({"most": MOST_LOOKUPS})


def _is_kept(kind: str, keys: Sequence[str], access: Access) -> bool:
    """Whether some records of a type keep one of these from the viewer."""
    if not fields.hidden_from(kind, access).isdisjoint(keys):
        return True
    return covering.covered_rows(kind, keys, access, alias="r") is not None


def _matches(
    record_type: RecordType, typed: dict[str, str], access: Access, *, is_same_type: bool
) -> list[tuple[Any, ...]]:
    specs = fields.specs_of(record_type.key)
    pieces: list[str] = []
    params: list[Any] = []
    for key in CONTACTS:
        spec = specs.get(key)
        if not typed.get(key) or spec is None or spec.column is None:
            continue
        try:
            value = canonical.cleaner_of(spec)(typed[key])
        except ValueProblem:
            continue
        pieces.append(
            f"(SELECT r.id, x.title, '{key}', r.owner_id, r.unit_id FROM {record_type.table} r"
            f" JOIN records_record x ON x.id = r.id WHERE r.{spec.column} = %s"
            f" AND r.deleted_at IS NULL LIMIT {MOST})"
        )
        params.append(value)
    name = typed.get("name") or typed.get("company") or ""
    if len(search.normalize(name)) >= 2 and is_same_type:
        flat = search.normalize(name)
        told, told_params = searching.told_by_text(record_type.key, name, access, alias="x")
        pieces.append(
            "(SELECT x.id, x.title, CASE WHEN lower(x.title) = lower(%s) THEN 'name' ELSE 'pinyin'"
            " END, x.owner_id, x.unit_id FROM records_record x WHERE x.type = %s"
            f" AND x.deleted_at IS NULL AND x.grams @> %s AND {told} LIMIT {MOST * 4})"
        )
        params += [name.strip(), record_type.key, search.query_grams(flat), *told_params]
    if not pieces:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), params)
        return list(cursor.fetchall())


def _hidden(title: str) -> str:
    return f"{title[:1]}***"
