"""Stays end when somebody else gives the record an owner, or when it ends itself."""

from collections.abc import Mapping

from closeloop.edge import statements
from closeloop.edge.statements import Statement
from closeloop.identity.actor import Actor
from closeloop.pool.models import Leaving

_END = """
    UPDATE pool_stay stay SET left_at = now(), left_how = %s, to_owner_id = given.owner_id,
        left_by_id = %s
    FROM unnest(%s::bigint[], %s::bigint[]) AS given(record_id, owner_id)
    WHERE stay.record_id = given.record_id AND stay.left_at IS NULL
"""


def end_stays(owners: Mapping[int, int | None], *, how: Leaving, actor: Actor) -> None:
    """End the open stays of records, where there are any; `owners` are their owners from now on."""
    people = [statements.listed(owners), statements.listed(owners.values())]
    statements.later(Statement(_END, [how.value, actor.user_id, *people]))
