"""What the fairness report counts, figure by figure: the same rows give the number and the leads.

Each figure is a relation (person, detail, record). Its number is how many different records it has,
and what it opens down to are these very records; neither is written down twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from closeloop.edge import statements
from closeloop.edge.statements import Statement
from closeloop.org.access import Access, Verb
from closeloop.records.types import registry
from closeloop.routing.plugs import plugs

_DECISIONS = """
    decision AS MATERIALIZED (
        SELECT e.record_id, e.verb = %(routed)s AS is_given, e.data->>'kind' AS kind,
            (e.data->>'to_owner')::bigint AS to_owner,
            (e.data->>'from_owner')::bigint AS from_owner,
            e.data->>'group' AS to_group, e.data->>'reason' AS reason,
            (e.data->>'load')::float8 AS load,
            jsonb_array_length(e.data->'overflow') > 0 AS has_overflown,
            e.data->'passed_over' AS passed_over
        FROM activity_entry e JOIN records_record r ON r.id = e.record_id
        WHERE e.verb IN (%(routed)s, %(not_routed)s) AND e.at >= %(since)s AND e.at < %(until)s
            AND e.data ? 'rule_set' AND {reach}
    )
"""
_CLOCKS = """
    clock AS MATERIALIZED (
        SELECT c.owner_id, c.record_id, c.state, c.breached_at,
            extract(epoch FROM c.closed_at - c.started_at) AS took_s
        FROM sla_clock c JOIN sla_policy y ON y.id = c.policy_id
        WHERE y.key = %(policy)s AND c.started_at >= %(since)s AND c.started_at < %(until)s
            AND c.owner_id IS NOT NULL
            AND c.record_id IN (SELECT record_id FROM decision WHERE is_given)
    )
"""
_FIGURES: Mapping[str, str] = {
    "given": "SELECT NULL::bigint, '', record_id FROM decision WHERE is_given",
    "pooled": "SELECT NULL::bigint, '', record_id FROM decision WHERE NOT is_given",
    "pooled_because": "SELECT NULL::bigint, reason, record_id FROM decision WHERE NOT is_given",
    "group": "SELECT NULL::bigint, to_group, record_id FROM decision WHERE is_given",
    "overflow": (
        "SELECT NULL::bigint, to_group, record_id FROM decision WHERE is_given AND has_overflown"
    ),
    "received": "SELECT to_owner, '', record_id FROM decision WHERE is_given",
    "again": "SELECT to_owner, '', record_id FROM decision WHERE is_given AND kind = 'again'",
    "taken": (
        "SELECT from_owner, '', record_id FROM decision"
        " WHERE kind = 'again' AND from_owner IS NOT NULL"
    ),
    "passed": (
        "SELECT person::bigint, passed->>'why', record_id FROM decision,"
        " jsonb_array_elements(passed_over) AS passed,"
        " jsonb_array_elements_text(passed->'people') AS person"
    ),
    "touched": "SELECT owner_id, '', record_id FROM clock WHERE state IN ('met', 'breached')",
    "in_time": "SELECT owner_id, '', record_id FROM clock WHERE state = 'met'",
    "late": (
        "SELECT owner_id, '', record_id FROM clock"
        " WHERE state = 'breached' OR breached_at IS NOT NULL"
    ),
    "open": (
        "SELECT r.owner_id, '', r.id FROM {table} r WHERE r.owner_id IS NOT NULL"
        " AND r.deleted_at IS NULL AND r.stage <> ALL(%(ended)s::text[]) AND {reach}"
    ),
}
FIGURES = tuple(_FIGURES)
"""Every figure: `detail` is a group's key, a reason, or why somebody was passed over."""
_MEANS = """
    SELECT coalesce(load.person, touch.person), load.mean, touch.median FROM (
        SELECT to_owner AS person, avg(load) AS mean FROM decision WHERE is_given GROUP BY 1
    ) load FULL JOIN (
        SELECT owner_id AS person, percentile_cont(0.5) WITHIN GROUP (ORDER BY took_s) AS median
        FROM clock WHERE state IN ('met', 'breached') GROUP BY 1
    ) touch ON touch.person = load.person
"""


@dataclass(frozen=True)
class Period:
    """From a moment until before another, of one record type."""

    record_type: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Cell:
    """One figure of the report: of a person, of a group or reason (`detail`), or of all."""

    figure: str
    person: int | None = None
    detail: str = ""


def counts(period: Period, access: Access) -> tuple[dict[Cell, int], dict[int, tuple[Any, Any]]]:
    """Every figure that is not nothing; and by person the mean load and the median first touch."""
    common, params = _common(period, access)
    every = " UNION ALL ".join(
        f"SELECT '{key}', behind.* FROM ({_relation(key, period, access)}) AS behind"
        for key in FIGURES
    )
    found, means = statements.together(
        Statement(
            f"WITH {common} SELECT figure, person, detail, count(DISTINCT record_id)"
            f" FROM ({every}) AS cell(figure, person, detail, record_id) GROUP BY 1, 2, 3",
            params,
        ),
        Statement(f"WITH {common} {_MEANS}", params),
    )
    cells = {Cell(figure, person, detail or ""): count for figure, person, detail, count in found}
    return cells, {person: (mean, median) for person, mean, median in means}


def behind(
    cell: Cell, period: Period, access: Access, *, before: int | None, at_most: int
) -> tuple[Sequence[int], int]:
    """The records that a figure counts, newest first, those before one; and how many in all."""
    common, params = _common(period, access)
    rows = statements.rows(
        f"WITH {common}, chosen AS ("
        "SELECT DISTINCT record_id"
        f" FROM ({_relation(cell.figure, period, access)}) AS cell(person, detail, record_id)"
        " WHERE person IS NOT DISTINCT FROM %(person)s::bigint"
        " AND coalesce(detail, '') = %(detail)s)"
        " SELECT c.record_id, (SELECT count(*) FROM chosen) FROM chosen c"
        " WHERE c.record_id < %(before)s::bigint ORDER BY 1 DESC LIMIT %(at_most)s",
        {
            **params,
            "person": cell.person,
            "detail": cell.detail,
            "before": before or 2**63 - 1,
            "at_most": at_most,
        },
    )
    return [row[0] for row in rows], rows[0][1] if rows else 0


def _common(period: Period, access: Access) -> tuple[str, dict[str, Any]]:
    common = _DECISIONS.format(reach=_reach(period, access)) + "," + _CLOCKS
    return common, {
        "routed": f"{period.record_type}.routed",
        "not_routed": f"{period.record_type}.not_routed",
        "since": period.since,
        "until": period.until,
        "policy": plugs.first_touch(period.record_type),
        "ended": sorted(plugs.ended(period.record_type)),
    }


def _relation(key: str, period: Period, access: Access) -> str:
    kind = registry.get(period.record_type)
    its_type = statements.bound(" AND r.type_key = %s", [kind.key]) if kind.is_user_defined else ""
    return _FIGURES[key].format(table=kind.table, reach=_reach(period, access) + its_type)


def _reach(period: Period, access: Access) -> str:
    return statements.bound(*access.reach(period.record_type, Verb.READ).where("r"))
