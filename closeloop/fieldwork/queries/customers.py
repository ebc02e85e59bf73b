"""Customers to be followed up: nearby first, found by two characters or pinyin initials."""

from dataclasses import dataclass
from typing import Any

from closeloop.edge import statements
from closeloop.engine import evidence
from closeloop.engine.evidence import Place
from closeloop.fields import queries as fields
from closeloop.fieldwork.plugs import plugs
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Access, Verb
from closeloop.records import queries as records

BOX_DEGREES = 0.25
"""About 25 km to each side: who is further away is not nearby."""
_TOLD = frozenset({"read", "edit"})
_ROWS = """
    SELECT r.id, r.title, c.address, place.latitude, place.longitude, last.at
    FROM records_record r JOIN customers_customer c ON c.id = r.id
    LEFT JOIN fieldwork_knownplace place ON place.customer_id = r.id
    LEFT JOIN LATERAL (
        SELECT f.at FROM fieldwork_followup f
        WHERE f.customer_id = r.id AND f.state = 'counted' ORDER BY f.at DESC LIMIT 1
    ) last ON true
    WHERE r.type = 'customer' AND r.deleted_at IS NULL AND {reach} AND {narrowed}
    ORDER BY {order} LIMIT %(limit)s
"""
_NEAR = """
    place.latitude BETWEEN %(south)s AND %(north)s
    AND place.longitude BETWEEN %(west)s AND %(east)s
"""
_BY_DISTANCE = "abs(place.latitude - %(up)s) + abs(place.longitude - %(across)s), r.id DESC"
_CONTACTS = """
    SELECT id, name, title, customer_id FROM customers_contact
    WHERE customer_id = ANY(%s::bigint[]) AND deleted_at IS NULL
    ORDER BY is_primary DESC NULLS LAST, id
"""
_SUBJECTS = """
    SELECT r.id, r.title, t.stage, t.{customer}, r.owner_id, r.unit_id
    FROM {table} t JOIN records_record r ON r.id = t.id
    WHERE t.{customer} = ANY(%s::bigint[]) AND r.deleted_at IS NULL AND t.stage <> ALL(%s::text[])
    ORDER BY r.id DESC
"""


@dataclass(frozen=True)
class Nearby:
    """Which customers: by a search, from a place (WGS-84), one's own."""

    q: str = ""
    here: Place | None = None
    is_mine: bool = False
    limit: int = 20
    system: str = evidence.System.WGS84


def nearby_customers(asked: Nearby, *, actor: Actor) -> list[dict[str, Any]]:
    """Customers in reach with contacts and open business, the nearest first."""
    access = org.access_of(actor)
    rows = _found(asked, actor, access)
    ids = [row[0] for row in rows]
    contacts = _contacts(ids, access)
    subjects = _subjects(ids, access)
    is_address_told = _is_told("customer", "address", access)
    return [
        {
            "id": row[0],
            "name": row[1],
            "address": row[2] if is_address_told else None,
            "distance_m": _distance(asked.here, row),
            "place": _place(row, asked.system),
            "last_followup_at": row[5],
            "contacts": contacts.get(row[0], []),
            "subjects": subjects.get(row[0], []),
        }
        for row in rows
    ]


def _found(asked: Nearby, actor: Actor, access: Access) -> list[Any]:
    if asked.q.strip():
        hits = records.find(asked.q, actor=actor, types=["customer"], limit=asked.limit)
        ids = [hit.id for hit in hits]
        rows = {row[0]: row for row in _rows(asked, access, "r.id = ANY(%(ids)s)", "r.id", ids=ids)}
        ordered = [rows[each] for each in ids if each in rows]
        if asked.here is None:
            return ordered
        apart = {row[0]: _distance(asked.here, row) for row in ordered}
        return sorted(ordered, key=lambda row: (apart[row[0]] is None, apart[row[0]] or 0))
    found: list[Any] = []
    if asked.here is not None:
        near = _rows(asked, access, _NEAR, _BY_DISTANCE, **_box(asked.here))
        found = sorted(near, key=lambda row: _distance(asked.here, row) or 0)
    if len(found) < asked.limit:
        known = [row[0] for row in found]
        rest = _rows(
            asked,
            access,
            "NOT (r.id = ANY(%(ids)s))",
            "last.at DESC NULLS LAST, c.last_activity_at DESC, r.id DESC",
            ids=known,
        )
        found += rest[: asked.limit - len(found)]
    return found


def _rows(asked: Nearby, access: Access, narrowed: str, order: str, **given: Any) -> list[Any]:
    reach, params = _reach(access)
    if asked.is_mine:
        narrowed = f"{narrowed} AND r.owner_id = %(viewer)s"
    sql = _ROWS.format(reach=reach, narrowed=narrowed, order=order)
    return statements.rows(sql, {**params, **given, "limit": asked.limit, "viewer": access.user_id})


def _reach(access: Access) -> tuple[str, dict[str, Any]]:
    reach = access.reach("customer", Verb.READ)
    if reach.everything:
        return "TRUE", {}
    return (
        "(r.owner_id = %(own_of)s OR r.unit_id = ANY(%(unit_ids)s))",
        {"own_of": reach.own_of, "unit_ids": sorted(reach.unit_ids)},
    )


def _box(here: Place) -> dict[str, float]:
    return {
        "up": here.latitude,
        "across": here.longitude,
        "south": here.latitude - BOX_DEGREES,
        "north": here.latitude + BOX_DEGREES,
        "west": here.longitude - BOX_DEGREES,
        "east": here.longitude + BOX_DEGREES,
    }


def _contacts(ids: list[int], access: Access) -> dict[int, list[dict[str, Any]]]:
    reach = access.reach("contact", Verb.READ)
    if not ids or not reach or not _is_told("contact", "name", access):
        return {}
    is_title_told = _is_told("contact", "title", access)
    found: dict[int, list[dict[str, Any]]] = {}
    for number, name, title, customer_id in statements.rows(_CONTACTS, [statements.listed(ids)]):
        told = {"id": number, "name": name, "title": title if is_title_told else None}
        found.setdefault(customer_id, []).append(told)
    return found


def _subjects(ids: list[int], access: Access) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for way in plugs.followable.values():
        reach = access.reach(way.key, Verb.READ)
        if not ids or not reach or way.customer == "id":
            continue
        sql = _SUBJECTS.format(table=way.table, customer=way.customer)
        for number, title, stage, customer_id, owner_id, unit_id in statements.rows(
            sql, [statements.listed(ids), sorted(way.ended())]
        ):
            if reach.covers(owner_id=owner_id, unit_id=unit_id):
                told = {"type": way.key, "id": number, "title": title, "stage": stage}
                found.setdefault(customer_id, []).append(told)
    return found


def _is_told(record_type: str, key: str, access: Access) -> bool:
    return fields.access_to(record_type, access).get(key, "edit") in _TOLD


def _distance(here: Place | None, row: Any) -> int | None:
    if here is None or row[3] is None:
        return None
    return round(evidence.haversine_m(here, Place(row[3], row[4])))


def _place(row: Any, system: str) -> dict[str, Any] | None:
    if row[3] is None:
        return None
    latitude, longitude = row[3], row[4]
    if system == evidence.System.GCJ02:
        latitude, longitude = evidence.wgs84_to_gcj02(latitude, longitude)
    return {"latitude": latitude, "longitude": longitude, "system": system}
