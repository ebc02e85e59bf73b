"""Which rows hide a field because nobody owns them yet, as SQL: so that no list tells it."""

from collections.abc import Collection
from typing import Any

from closeloop.org.access import Access, Verb
from closeloop.pool import book, rights

Condition = tuple[str, list[Any]]


def covered_rows(
    record_type: str, keys: Collection[str], access: Access, *, alias: str
) -> Condition | None:
    """The rows of which one of these fields is masked for the viewer, who does not own them.

    The same as `rights.masked_fields` row by row, over a table with owner_id and unit_id; never
    NULL. None where no row hides any of them.
    """
    of_type = book.pools_of(record_type)
    masking = [pool for pool in of_type if not frozenset(keys).isdisjoint(pool.rules.masks)]
    reach = access.reach(record_type, Verb.ASSIGN)
    if not masking or reach.everything or rights.may_manage(access):
        return None
    of_units = [pool for pool in of_type if pool.unit_id is not None]
    nested = sorted({unit for pool in of_units for unit in pool.unit_ids})
    places: list[str] = []
    params: list[Any] = []
    for pool in masking:
        if pool.unit_id is None:
            places.append(f"{alias}.unit_id IS NULL OR {alias}.unit_id <> ALL(%s::bigint[])")
            params.append(nested)
        else:
            places.append(f"coalesce({alias}.unit_id = ANY(%s::bigint[]), FALSE)")
            params.append(sorted(pool.unit_ids))
    reached, reach_params = reach.where(alias)
    return (
        f"({alias}.owner_id IS NULL AND ({' OR '.join(places)})"
        f" AND NOT coalesce({reached}, FALSE))",
        [*params, *reach_params],
    )
