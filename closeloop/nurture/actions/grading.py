"""Grades that leads reach after they have begun a path: what a path brought about."""

from collections.abc import Sequence

from closeloop.activity.happenings import Happening
from closeloop.edge import statements

COUNTED_DAYS = 90
"""A grade that is reached so long after the path's end is no longer put down to it."""
_KEEP = """
    INSERT INTO nurture_reached (enrolment_id, grade, at)
    SELECT e.id, given.grade, now()
    FROM unnest(%s::bigint[], %s::text[]) AS given(record_id, grade)
    JOIN nurture_enrolment e ON e.record_id = given.record_id
    WHERE e.ended_at IS NULL OR e.ended_at > now() - make_interval(days => %s)
    ON CONFLICT (enrolment_id, grade) DO NOTHING RETURNING id
"""


def keep(graded: Sequence[Happening]) -> None:
    """Keep the grades that leads have just reached, for the paths that they are or were on."""
    found = sorted(
        {
            (each.record_id, str(each.data["to"]))
            for each in graded
            if each.record_id is not None and each.data.get("to")
        }
    )
    if found:
        columns = [[record_id for record_id, _ in found], [grade for _, grade in found]]
        statements.rows(_KEEP, [*columns, COUNTED_DAYS])
