"""What became of records, and what was known of them: the rows from which a model learns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from closeloop.behaviour.kinds import KINDS
from closeloop.edge import statements
from closeloop.records.types import registry
from closeloop.scoring import facts
from closeloop.scoring.learning import columns, results
from closeloop.scoring.learning.settings import Settings

LEAST_ROWS = 500
LEAST_OF_EACH = 100
AT_ONCE = 5000
_DECIDED = "decided (id, label, at) AS MATERIALIZED ({sql})"
_COUNTS = """
    WITH {decided}
    SELECT v.record_id, e.kind, count(*)
    FROM behaviour_visitor v JOIN behaviour_event e ON e.visitor_id = v.id
    LEFT JOIN decided d ON d.id = v.record_id
    WHERE v.record_id = ANY(%s) AND e.at < coalesce(d.at, 'infinity')
    GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Known:
    """One record: what was known of it, and (for training) whether it was won."""

    record_id: int
    values: Mapping[str, Any]
    label: int = 0


@dataclass(frozen=True)
class Outcomes:
    """The records with an outcome, the oldest first."""

    ids: tuple[int, ...]
    labels: tuple[int, ...]
    since: datetime | None
    until: datetime | None

    @property
    def is_enough(self) -> bool:
        """Whether a model may be learned from them."""
        won = sum(self.labels)
        return len(self.ids) >= LEAST_ROWS and min(won, len(self.ids) - won) >= LEAST_OF_EACH


def outcomes_of(about: str, settings: Settings) -> Outcomes:
    """Which records were won and which were not, in the order in which they came."""
    kind, result = registry.get(about), results.result_of(about, settings.outcome)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {_DECIDED.format(sql=result.sql)}"
            f" SELECT r.id, d.label, r.created_at FROM decided d JOIN {kind.table} r ON r.id = d.id"
            " WHERE r.deleted_at IS NULL ORDER BY r.created_at, r.id",
            result.params,
        )
        rows = cursor.fetchall()
    return Outcomes(
        ids=tuple(row[0] for row in rows),
        labels=tuple(int(row[1]) for row in rows),
        since=rows[0][2] if rows else None,
        until=rows[-1][2] if rows else None,
    )


def known_of(
    about: str, settings: Settings, ids: Sequence[int], keys: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """What is known of records, in the order of ids: facts, behaviour before the outcome.

    `keys` are the facts of a model that was learned; without them, those that one may look at now.
    """
    keys = columns.fact_keys(about, settings) if keys is None else keys
    result = results.result_of(about, settings.outcome)
    sql = _COUNTS.format(decided=_DECIDED.format(sql=result.sql))
    found: list[dict[str, Any]] = []
    for start in range(0, len(ids), AT_ONCE):
        some = list(ids[start : start + AT_ONCE])
        known = facts.facts_of(about, some, keys)
        counts: dict[int, dict[str, int]] = {}
        for record_id, kind, times in statements.rows(sql, [*result.params, some]):
            counts.setdefault(record_id, {})[columns.COUNT + kind] = times
        zero = dict.fromkeys((columns.COUNT + kind for kind in KINDS), 0)
        found += [{**zero, **known.get(each, {}), **counts.get(each, {})} for each in some]
    return found
