"""Reading the registry for a viewer: one record, a search over all, comments, mentions."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from closeloop.engine.refusals import Refusal, RefusalKind
from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Access, NotAllowed, Verb
from closeloop.records import search, searching
from closeloop.records.models import Comment, Mention, Record
from closeloop.records.types import registry

MOST_HITS = 50
_CANDIDATES = 400


class RecordNotFound(Refusal):
    """The record does not exist, was removed, or lies outside what you may see."""

    code = "record_not_found"
    kind = RefusalKind.NOT_FOUND


class RecordRemoved(Refusal):
    """The record was removed; restore it first."""

    code = "record_removed"
    kind = RefusalKind.CONFLICT


@dataclass(frozen=True)
class Hit:
    """One search result."""

    id: int
    type: str
    title: str
    owner_id: int | None
    unit_id: int | None


def visible_record(
    record_id: int,
    *,
    actor: Actor,
    verb: str = Verb.READ,
    record_type: str | None = None,
    with_deleted: bool = False,
) -> Record:
    """A record that the actor may use with this verb.

    Raises RecordNotFound where it may not even be read, NotAllowed where only the verb is missing.
    """
    found = Record.objects.filter(pk=record_id).first()
    if found is None or (record_type is not None and found.type != record_type):
        raise RecordNotFound({"id": record_id})
    access = org.access_of(actor)
    if not _covers(access, found, Verb.READ) or (found.deleted_at and not with_deleted):
        raise RecordNotFound({"id": record_id})
    if verb != Verb.READ and not _covers(access, found, verb):
        raise NotAllowed({"permission": f"record:{verb}:{found.type}"})
    return found


def _covers(access: Access, record: Record, verb: str) -> bool:
    reach = access.reach(record.type, verb)
    return reach.covers(owner_id=record.owner_id, unit_id=record.unit_id)


def visible_among(ids: Collection[int], *, actor: Actor) -> dict[int, Record]:
    """Those of some records that the actor may read and that were not removed, by id."""
    if not ids:
        return {}
    access = org.access_of(actor)
    found = Record.objects.filter(pk__in=ids, deleted_at=None).defer("grams")
    return {each.pk: each for each in found if _covers(access, each, Verb.READ)}


def within_reach(*, actor: Actor, prefix: str = "") -> Q:
    """What narrows a query to records that the actor may read and that were not removed."""
    access = org.access_of(actor)
    readable = Q(pk__in=[])
    for record_type in registry:
        reach = access.reach(record_type.key, Verb.READ)
        if not reach:
            continue
        rows = Q(**{f"{prefix}type": record_type.key})
        if not reach.everything:
            rows &= Q(**{f"{prefix}unit_id__in": reach.unit_ids}) | (
                Q(pk__in=[]) if reach.own_of is None else Q(**{f"{prefix}owner_id": reach.own_of})
            )
        readable |= rows
    return readable & Q(**{f"{prefix}deleted_at": None})


def find(query: str, *, actor: Actor, types: list[str], limit: int = 20) -> list[Hit]:
    """Records whose title holds the query or its pinyin initials, nearest first.

    At most 400 candidates are ranked, so that a common word costs no more than a rare one.
    """
    access = org.access_of(actor)
    flat = search.normalize(query)
    found: list[Hit] = []
    for grams, is_text in (
        (search.query_grams(query), True),
        (search.initials_grams(query), False),
    ):
        if grams and len(found) < limit:
            where, params = _found_in(types, query, access, is_text=is_text)
            if where:
                found += _candidates(grams, where, params, flat if is_text else None)
    unique = {hit.id: hit for hit in found}
    newest_first = sorted(unique.values(), key=lambda hit: -hit.id)
    ranked = sorted(newest_first, key=lambda hit: _rank(hit, flat))
    return ranked[: min(limit, MOST_HITS)]


def _found_in(
    types: list[str], query: str, access: Access, *, is_text: bool
) -> tuple[str, list[Any]]:
    """Rows in reach of which the viewer may learn the texts that are looked through."""
    clauses: list[str] = []
    params: list[Any] = []
    for record_type in types:
        sql, values = access.reach(record_type, Verb.READ).where("r")
        if sql != "FALSE":
            told, told_params = (
                searching.told_by_text(record_type, query, access, alias="r")
                if is_text
                else searching.told_by_initials(record_type, access, alias="r")
            )
            clauses.append(f"(r.type = %s AND {sql} AND {told})")
            params += [record_type, *values, *told_params]
    return " OR ".join(clauses), params


def _candidates(grams: list[str], where: str, params: list[Any], flat: str | None) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id, r.type, r.title, r.owner_id, r.unit_id FROM records_record r"
            f" WHERE r.grams @> %s AND r.deleted_at IS NULL AND ({where}) LIMIT {_CANDIDATES}",
            [grams, *params],
        )
        hits = [Hit(*row) for row in cursor.fetchall()]
    if flat is None or len(flat) <= 2:
        return hits
    near = [hit for hit in hits if flat in search.normalize(hit.title)]
    return near or hits


def _rank(hit: Hit, flat: str) -> tuple[int, int, str]:
    title = search.normalize(hit.title)
    place = title.find(flat)
    nearness = 0 if title == flat else 1 if place == 0 else 2 if place > 0 else 3
    return nearness, len(title), title


def comments_of(record_id: int) -> QuerySet[Comment]:
    """A record's comments, newest first, with their authors."""
    return Comment.objects.filter(record_id=record_id).select_related("author").order_by("-id")


def unseen_mentions(actor: Actor, *, limit: int = 20) -> list[Mention]:
    """Comments that name the actor and were not seen yet, newest first.

    A mention tells nothing of a record that the actor may not read, or that was removed.
    """
    access = org.access_of(actor)
    rows = (
        Mention.objects.filter(user_id=actor.person_id, seen_at=None, comment__deleted_at=None)
        .filter(comment__record__deleted_at=None)
        .select_related("comment__author", "comment__record")
        .order_by("-id")
    )
    readable = (each for each in rows[:_CANDIDATES] if _covers(access, each.comment.record, "read"))
    return list(islice(readable, limit))
