"""Points that paths gave leads, as scoring counts them."""

from collections.abc import Collection

from closeloop.engine.scoring import Given
from closeloop.nurture.models import Points


def given_to(record_ids: Collection[int]) -> dict[int, list[Given]]:
    """The points that paths gave some leads, one entry for each step."""
    found: dict[int, list[Given]] = {}
    rows = Points.objects.filter(record_id__in=record_ids).order_by("pk")
    for number, record_id, points, reason in rows.values_list(
        "pk", "record_id", "points", "reason"
    ):
        given = Given(f"nurture:{number}", points, reason)
        found.setdefault(record_id, []).append(given)
    return found
