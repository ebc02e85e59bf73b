"""How a metric was defined over time."""

from typing import Any

from closeloop.metrics import errors
from closeloop.metrics.models import Definition, DefinitionKind


def versions_of(key: str) -> list[dict[str, Any]]:
    """The published versions, the newest first. Raises MetricNotFound."""
    found = Definition.objects.filter(kind=DefinitionKind.METRIC, key=key)
    versions = [
        {
            "version": each.number,
            "document": each.document,
            "note": each.note,
            "published_at": each.published_at,
            "published_by": None if each.published_by is None else each.published_by.name,
        }
        for each in found.select_related("published_by").order_by("-number")
    ]
    if not versions:
        raise errors.MetricNotFound({"key": key})
    return versions
