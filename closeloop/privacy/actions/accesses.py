"""Noting who looked at personal data."""

from collections.abc import Sequence

from django.db import connection

from closeloop.identity.actor import Actor

_INSERT = """
    INSERT INTO privacy_access (at, hour, person_id, kind, item_id, record_id)
    SELECT now(), date_trunc('hour', now()), %s, %s, item, record
    FROM unnest(%s::bigint[], %s::bigint[]) AS given(item, record)
    ON CONFLICT ON CONSTRAINT privacy_access_once DO NOTHING
"""


def note_access(
    kind: str, ids: Sequence[int], *, actor: Actor, record_ids: Sequence[int | None] = ()
) -> None:
    """Note that the actor was shown these items of a kind (a recording, a chat, a place).

    One statement however many there are; within an hour the same is noted once. `record_ids` are
    what they belong to, in the same order. The system itself looks at nothing.
    """
    if actor.user_id is None or not ids:
        return
    about = list(record_ids) or [None] * len(ids)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [actor.user_id, kind, list(ids), about])
