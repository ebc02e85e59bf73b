"""Points that paths gave leads, as scoring counts them."""

import json
from collections.abc import Collection

from closeloop.edge import statements
from closeloop.engine.scoring import Given

_GIVEN = """
    SELECT id, record_id, points, reason::text FROM nurture_points
    WHERE record_id = ANY(%s::bigint[]) ORDER BY id
"""


def given_to(record_ids: Collection[int]) -> dict[int, list[Given]]:
    """The points that paths gave some leads, one entry for each step."""
    found: dict[int, list[Given]] = {}
    for number, record_id, points, reason in statements.rows(_GIVEN, [list(record_ids)]):
        given = Given(f"nurture:{number}", points, json.loads(reason))
        found.setdefault(record_id, []).append(given)
    return found
