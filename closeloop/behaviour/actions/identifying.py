"""Knowing who a visitor is: by a form, a signed link, a program; and after leads were merged."""

from collections.abc import Collection, Sequence

from django.db import connection
from django.utils.crypto import get_random_string

from closeloop.behaviour.hearers import hearers
from closeloop.behaviour.models import Identification, Visitor
from closeloop.identity.actor import Actor

MERGE, UNMERGE = "merge", "unmerge"
_TOKEN_LENGTH = 32
_MOVE = """
    WITH moved AS (
        UPDATE behaviour_visitor SET record_id = %s WHERE id = ANY(%s) RETURNING id
    )
    INSERT INTO behaviour_identification (visitor_id, record_id, why, by_id)
    SELECT id, %s, %s, %s FROM moved
"""
_BEFORE_MERGE = """
    SELECT DISTINCT ON (i.visitor_id) i.visitor_id, i.record_id
    FROM behaviour_identification i JOIN behaviour_visitor v ON v.id = i.visitor_id
    WHERE v.record_id = %s AND NOT (i.why = 'merge' AND i.record_id = %s)
    ORDER BY i.visitor_id, i.id DESC
"""


def identify(token: str, record_id: int, *, why: str, actor: Actor) -> str:
    """Take a visitor for the person of a record; gives the token to be used from now on.

    A browser that belongs to another person already keeps that trail; whoever uses it now gets a
    token of their own.
    """
    Visitor.objects.bulk_create([Visitor(token=token)], ignore_conflicts=True)
    visitor = Visitor.objects.select_for_update().get(token=token)
    if visitor.record_id not in (None, record_id):
        visitor = Visitor.objects.create(
            token=get_random_string(_TOKEN_LENGTH), site_id=visitor.site_id
        )
    if visitor.record_id is None:
        _move([visitor.pk], record_id, why=why, actor=actor)
        hearers.tell([record_id])
    return visitor.token


def follow_merge(record_id: int, from_ids: Collection[int], *, actor: Actor) -> int:
    """Give the trails of merged records to the one that is kept; gives how many visitors moved."""
    found = Visitor.objects.filter(record_id__in=list(from_ids)).order_by("pk")
    moved = list(found.values_list("pk", "record_id"))
    _remember(moved, actor)
    _move([visitor_id for visitor_id, _ in moved], record_id, why=MERGE, actor=actor)
    if moved:
        hearers.tell([record_id])
    return len(moved)


def undo_merge(record_id: int, from_ids: Collection[int], *, actor: Actor) -> int:
    """Give the trails back to the records that they came from; gives how many visitors moved."""
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE_MERGE, [record_id, record_id])
        before = cursor.fetchall()
    back = {visitor_id: origin for visitor_id, origin in before if origin in set(from_ids)}
    for origin in sorted(set(back.values())):
        mine = [visitor_id for visitor_id, to in back.items() if to == origin]
        _move(mine, origin, why=UNMERGE, actor=actor)
    if back:
        hearers.tell([record_id, *sorted(set(back.values()))])
    return len(back)


def _remember(moved: Sequence[tuple[int, int | None]], actor: Actor) -> None:
    """Note whose the visitors were, for those made together with their record."""
    known = set(
        Identification.objects.filter(visitor_id__in=[each for each, _ in moved]).values_list(
            "visitor_id", flat=True
        )
    )
    Identification.objects.bulk_create(
        Identification(visitor_id=visitor_id, record_id=record_id, why="api", by_id=actor.user_id)
        for visitor_id, record_id in moved
        if visitor_id not in known and record_id is not None
    )


def _move(visitor_ids: Sequence[int], record_id: int, *, why: str, actor: Actor) -> None:
    if visitor_ids:
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, [record_id, list(visitor_ids), record_id, why, actor.user_id])
