"""How many open records people have, read off the tallies that no path can pass by."""

from collections.abc import Collection

from closeloop.edge import statements
from closeloop.engine.blueprint import StageKind
from closeloop.process import blueprints

_OPEN = """
    SELECT owner_id, sum(count)::bigint FROM desk_tally
    WHERE record_type = %s AND owner_id = ANY(%s::bigint[]) AND stage <> ALL(%s::text[])
    GROUP BY owner_id
"""


def open_counts(record_type: str, people: Collection[int]) -> dict[int, int]:
    """Open records of a type by owner; who has none is left out."""
    if not people:
        return {}
    found = statements.rows(_OPEN, [record_type, sorted(people), sorted(ended(record_type))])
    return {owner_id: count for owner_id, count in found if count}


def ended(record_type: str) -> frozenset[str]:
    """The stages of a type in which nothing is open any more."""
    version = blueprints.current_of(record_type)
    stages = version.stages if version else ()
    return frozenset(stage.key for stage in stages if stage.kind is not StageKind.OPEN)
