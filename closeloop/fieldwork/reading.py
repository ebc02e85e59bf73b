"""What must be known to record follow-ups, read in one trip: records, contacts, files, texts."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from closeloop.activity.reactions import reactions
from closeloop.edge import statements
from closeloop.edge.statements import Row, Statement
from closeloop.engine import evidence
from closeloop.fieldwork.errors import NotFollowable
from closeloop.fieldwork.plugs import Followable, plugs
from closeloop.fieldwork.reports import Report

RECORDED = "followup.recorded"
LAST_TEXTS = 10
"""So many of one's own last texts are compared."""
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('followup ' || %s::text, 0))"
_EXISTING = """
    SELECT client_id::text, id FROM fieldwork_followup
    WHERE author_id = %s AND client_id = ANY(%s::uuid[])
"""
_IDS = """
    SELECT nextval('fieldwork_followup_id_seq') FROM generate_series(1, %s)
"""
_LAST = f"""
    SELECT id, plain FROM fieldwork_followup WHERE author_id = %s ORDER BY id DESC
    LIMIT {LAST_TEXTS}
"""
_CONTACTS = """
    SELECT id, name, customer_id FROM customers_contact
    WHERE id = ANY(%s::bigint[]) AND deleted_at IS NULL
"""
_UPLOADS = """
    SELECT u.client_id::text, u.id, u.kind, u.followup_id,
        CASE WHEN u.likes = '[]' THEN '[]' ELSE coalesce((
            SELECT jsonb_agg(l || jsonb_build_object('followup_id', o.followup_id))
            FROM jsonb_array_elements(u.likes) l
            JOIN fieldwork_upload o ON o.id = (l ->> 'upload')::bigint), '[]')::text END,
        a.name, a.size, a.taken::text, a.thumbnail_as <> '', a.width
    FROM fieldwork_upload u JOIN files_attachment a ON a.id = u.attachment_id
    WHERE u.author_id = %s AND u.client_id = ANY(%s::uuid[])
"""
_SUBJECT = """
    SELECT r.id, r.title, r.owner_id, r.unit_id, r.deleted_at IS NULL, t.stage,
        c.id, c.title, place.latitude, place.longitude, place.radius_m,
        ARRAY(SELECT person.name FROM customers_contact person
              WHERE person.customer_id = c.id AND person.deleted_at IS NULL LIMIT 50),
        {concerned}, c.unit_id{beside}
    FROM records_record r JOIN {table} t ON t.id = r.id
    LEFT JOIN records_record c ON c.id = t.{customer}
    LEFT JOIN fieldwork_knownplace place ON place.customer_id = c.id
    WHERE r.id = {which} AND r.type = '{key}'
"""
_BESIDE = f""",
        nextval('fieldwork_followup_id_seq'),
        (SELECT own.id FROM fieldwork_followup own
         WHERE own.author_id = %(author)s AND own.client_id = %(client)s::uuid),
        ARRAY(SELECT last.id || ' ' || last.plain FROM (
            SELECT own.id, own.plain FROM fieldwork_followup own
            WHERE own.author_id = %(author)s ORDER BY own.id DESC LIMIT {LAST_TEXTS}) last)
"""
"""What is read beside the record where there is one report only."""
_ONE, _SEVERAL = "%(ids)s::bigint", "ANY(%(ids)s::bigint[])"
"""For one record the server keeps its plan; for a list it would plan anew each time."""
_MEANT = """
    SELECT %(ids)s::bigint
    UNION ALL SELECT t.{customer} FROM {table} t WHERE t.id = %(ids)s::bigint{further}
"""
"""The records that a follow-up of one is recorded about: itself, its customer, those concerned."""
_FURTHER = """
    UNION ALL SELECT other.id FROM {table} t JOIN records_record c ON c.id = t.{customer}
        CROSS JOIN LATERAL ({sql} LIMIT 20) other
    WHERE t.id = %(ids)s::bigint
"""
_NO_CONCERNED = "NULL"
_CONCERNED = """
    (SELECT array_agg(other.id || ',' || coalesce(other.unit_id, 0)) FROM ({sql} LIMIT 20) other)
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """A record that is followed, and what stands around it."""

    id: int
    type: str
    title: str
    owner_id: int | None
    unit_id: int | None
    is_there: bool
    stage: str
    customer_id: int | None
    customer_name: str | None
    customer_unit_id: int | None
    known: evidence.Known | None
    names: tuple[str, ...]
    concerned: tuple[tuple[int, int | None], ...] = ()
    """Further records concerned (id, unit), all of the type `concerned_type` names."""
    concerned_type: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent, with what checks need of it."""

    id: int
    client_id: str
    kind: str
    followup_id: int | None
    likes: Sequence[Mapping[str, Any]]
    name: str
    size: int
    taken: Mapping[str, Any]
    has_thumbnail: bool
    is_picture: bool


@dataclass(frozen=True)
class Ground:
    """Everything that was read for some reports of one author."""

    existing: Mapping[str, int] = field(default_factory=dict)
    subjects: Mapping[tuple[str, int], Subject] = field(default_factory=dict)
    contacts: Mapping[int, tuple[str, int | None]] = field(default_factory=dict)
    uploads: Mapping[str, Sent] = field(default_factory=dict)
    last: Sequence[tuple[int, str]] = ()
    ids: Sequence[int] = ()
    followers: Mapping[int, Sequence[Row]] = field(default_factory=dict)
    """What reactions read of the records that one report is recorded about, by their number."""


def wait_for(author_id: int) -> None:
    """Hold an author's own lock, under which their follow-ups are recorded, until the commit."""
    statements.rows(_LOCK, [author_id])


def read(reports: Sequence[Report], *, author_id: int) -> Ground:
    """Read it under the author's own lock: whoever sends the same twice at once waits here."""
    if len(reports) == 1 and reports[0].record_type in plugs.followable:
        found = _read_one(reports[0], author_id)
        if found is not None:
            return found
    return _read_all(reports, author_id)


def _read_one(report: Report, author_id: int) -> Ground | None:
    """The same for one report, in as few statements; None where there is no such record."""
    way = plugs.followable[report.record_type]
    given: dict[str, Any] = {
        "ids": report.record_id,
        "author": author_id,
        "client": str(report.client_id),
    }
    if way.concerned:
        given["ended"] = sorted(way.ended())
    followers = reactions.reads_of(RECORDED, Statement(_meant(way.key), given))
    _, main, *rest = statements.together(
        Statement(_LOCK, [author_id]),
        Statement(_sql(way.key, _ONE, _BESIDE), given),
        *followers.values(),
        *_asked_beside([report], author_id),
    )
    if not main:
        return None
    row = main[0]
    contacts, uploads = _told_beside([report], rest[len(followers) :])
    return Ground(
        followers=dict(zip(followers, rest, strict=False)),
        existing={} if row[15] is None else {str(report.client_id): row[15]},
        ids=[row[14]],
        last=_last(row[16]),
        subjects={(way.key, row[0]): _subject(way.key, row)},
        contacts=contacts,
        uploads=uploads,
    )


def _read_all(reports: Sequence[Report], author_id: int) -> Ground:
    by_type: dict[str, list[int]] = {}
    for each in reports:
        by_type.setdefault(each.record_type, []).append(each.record_id)
    types = [key for key in by_type if key in plugs.followable]
    clients = [str(each.client_id) for each in reports]
    rows = statements.together(
        Statement(_LOCK, [author_id]),
        Statement(_EXISTING, [author_id, _uuids(clients)]),
        Statement(_IDS, [len(reports)]),
        Statement(_LAST, [author_id]),
        *(_asked_of(plugs.followable[key], by_type[key], author_id) for key in types),
        *_asked_beside(reports, author_id),
    )
    contacts, uploads = _told_beside(reports, rows[4 + len(types) :])
    return Ground(
        existing=dict(rows[1]),
        ids=[row[0] for row in rows[2]],
        last=[(row[0], row[1]) for row in rows[3] if row[1]],
        subjects={
            (key, row[0]): _subject(key, row)
            for key, some in zip(types, rows[4:], strict=False)
            for row in some
        },
        contacts=contacts,
        uploads=uploads,
    )


def _asked_beside(reports: Sequence[Report], author_id: int) -> list[Statement]:
    """Contacts and files, where any is named."""
    contacts = [each.contact_id for each in reports if each.contact_id is not None]
    uploads = [str(given) for each in reports for given in each.uploads]
    asked = []
    if contacts:
        asked.append(Statement(_CONTACTS, [statements.listed(contacts)]))
    if uploads:
        asked.append(Statement(_UPLOADS, [author_id, _uuids(uploads)]))
    return asked


def _told_beside(
    reports: Sequence[Report], rows: Sequence[Sequence[Row]]
) -> tuple[dict[int, tuple[str, int | None]], dict[str, Sent]]:
    left = list(rows)
    has_contacts = any(each.contact_id is not None for each in reports)
    contacts = left.pop(0) if has_contacts else ()
    uploads = left.pop(0) if left else ()
    return (
        {row[0]: (row[1], row[2]) for row in contacts},
        {row[0]: _sent(row) for row in uploads},
    )


def _last(given: Sequence[str]) -> list[tuple[int, str]]:
    pairs = [each.partition(" ") for each in given]
    return [(int(number), plain) for number, _, plain in pairs if plain]


def followable(record_type: str) -> Followable:
    """How a record type is followed up; raises NotFollowable."""
    found = plugs.followable.get(record_type)
    if found is None:
        raise NotFollowable({"record_type": record_type, "may_be": list(plugs.followable)})
    return found


def photo_of(
    sent: Sent, *, apart_from: Collection[int], own: Collection[int], ground: Ground, zone: Any
) -> evidence.Photo:
    """A photo as the checks take it. That it is like others of the same follow-up (`apart_from`)
    or of the one that it stands for (`own`) says nothing, nor does one that nothing ever took.
    """
    latitude, longitude = sent.taken.get("latitude"), sent.taken.get("longitude")
    place = None
    if latitude is not None and longitude is not None:
        place = evidence.Place(float(latitude), float(longitude))
    arriving = {each.id for each in ground.uploads.values()}
    likes = [
        each
        for each in sent.likes
        if each["upload"] not in apart_from
        and each["followup_id"] not in own
        and (each["followup_id"] is not None or each["upload"] in arriving)
    ]
    taken_at = camera_time(sent.taken, zone=zone)
    return evidence.Photo(name=sent.name, taken_at=taken_at, place=place, likes=likes)


def camera_time(taken: Mapping[str, Any], *, zone: Any) -> datetime | None:
    """The camera's time; without its distance to UTC it is taken for the company's zone."""
    try:
        given = datetime.fromisoformat(f"{taken['time']}{taken.get('offset', '')}")
    except (KeyError, ValueError):
        return None
    return given if given.tzinfo else given.replace(tzinfo=zone)


def _asked_of(way: Followable, ids: Sequence[int], author_id: int) -> Statement:
    given: dict[str, Any] = {"ids": statements.listed(ids)}
    if way.concerned:
        given |= {"author": author_id, "ended": sorted(way.ended())}
    return Statement(_sql(way.key, _SEVERAL, ""), given)


@lru_cache(maxsize=32)
def _sql(key: str, which: str, beside: str) -> str:
    way = plugs.followable[key]
    concerned = _CONCERNED.format(sql=way.concerned) if way.concerned else _NO_CONCERNED
    return _SUBJECT.format(
        key=way.key,
        table=way.table,
        customer=way.customer,
        concerned=concerned,
        which=which,
        beside=beside,
    )


@lru_cache(maxsize=32)
def _meant(key: str) -> str:
    way = plugs.followable[key]
    place = {"table": way.table, "customer": way.customer}
    further = _FURTHER.format(sql=way.concerned, **place) if way.concerned else ""
    return _MEANT.format(further=further, **place)


def _subject(key: str, row: Row) -> Subject:
    known = None if row[8] is None else evidence.Known(row[8], row[9], row[10])
    return Subject(
        id=row[0],
        type=key,
        title=row[1],
        owner_id=row[2],
        unit_id=row[3],
        is_there=row[4],
        stage=row[5],
        customer_id=row[6],
        customer_name=row[7],
        customer_unit_id=row[13],
        known=known,
        names=tuple(row[11] or ()),
        concerned=tuple(map(_pair, row[12] or ())),
        concerned_type=plugs.followable[key].concerned_type,
    )


def _pair(text: str) -> tuple[int, int | None]:
    number, unit_id = map(int, text.split(","))
    return number, unit_id or None


def _sent(row: Row) -> Sent:
    return Sent(
        id=row[1],
        client_id=row[0],
        kind=row[2],
        followup_id=row[3],
        likes=json.loads(row[4]),
        name=row[5],
        size=row[6],
        taken=json.loads(row[7]),
        has_thumbnail=row[8],
        is_picture=row[9] is not None,
    )


def _uuids(given: Sequence[str]) -> str:
    return f"{{{','.join(given)}}}"
