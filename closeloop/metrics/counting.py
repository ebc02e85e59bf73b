"""Measures as SQL over the record: the same meaning as `engine.metrics.counted`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.edge.jsontext import dumped
from closeloop.engine.metrics import Measure
from closeloop.engine.metrics.counting import AMOUNT, PERSON
from closeloop.engine.metrics.definition import ACTOR, AT, ENTRIES
from closeloop.engine.sla import Event, Test

Sql = tuple[str, list[Any]]


def contributions(measures: Mapping[int, Measure], *, source: str, zone: str) -> Sql:
    """Rows (measure_id, day, person_id, unit_id, kind, n, value) of what `source` counts for.

    `source` names a relation with the entry's columns and `sign`: 1 counts, -1 takes back.
    """
    parts, params = [], []
    for measure_id, measure in measures.items():
        if measure.source != ENTRIES:
            continue
        sql, values = _of_measure(measure_id, measure, source, zone)
        parts.append(sql)
        params += values
    if not parts:
        return (
            "SELECT 0::int measure_id, current_date AS day, 0::bigint person_id, "
            "0::bigint unit_id, '' AS kind, 0 AS n, 0::numeric AS value WHERE false",
            [],
        )
    return "\nUNION ALL ".join(parts), params


def matches(measure: Measure, alias: str) -> Sql:
    """Whether an entry is one of the measure's events; trusted text, values as parameters."""
    return _any([_event(event, alias) for event in measure.events])


def day_of(measure: Measure, alias: str, zone: str) -> Sql:
    """The day an entry counts on, NULL where it cannot be read."""
    if measure.day == AT:
        return f"({alias}.at AT TIME ZONE %s)::date", [zone]
    return f"metrics_day({alias}.data->>%s, %s)", [measure.day, zone]


def person_of(measure: Measure, alias: str) -> Sql:
    """The person an entry counts for, 0 for nobody."""
    if measure.person == ACTOR:
        return f"coalesce({alias}.actor_id, 0)", []
    field = f"{alias}.data->%s"
    return (
        f"CASE WHEN jsonb_typeof({field}) = 'number' AND ({field})::text ~ %s "
        f"THEN ({field})::text::bigint ELSE 0 END",
        [measure.person, measure.person, f"^{PERSON.pattern}$", measure.person],
    )


def kind_of(measure: Measure, alias: str) -> Sql:
    """The kind under which an entry counts, empty for none."""
    if not measure.kind:
        return "''::text", []
    field = f"{alias}.data"
    return (
        f"CASE WHEN jsonb_typeof({field}->%s) = 'string' THEN {field}->>%s ELSE '' END",
        [measure.kind, measure.kind],
    )


def _of_measure(measure_id: int, measure: Measure, source: str, zone: str) -> Sql:
    wanted, values = matches(measure, "e")
    day, day_values = day_of(measure, "e", zone)
    person, person_values = person_of(measure, "e")
    kind, kind_values = kind_of(measure, "e")
    amount, amount_values = amount_of(measure)
    sql = (
        f"SELECT {measure_id}::int AS measure_id, {day} AS day, {person} AS person_id, "
        f"coalesce(e.unit_id, 0) AS unit_id, {kind} AS kind, e.sign AS n, "
        f"e.sign * {amount} AS value FROM {source} e WHERE {wanted}"
    )
    return sql, [*day_values, *person_values, *kind_values, *amount_values, *values]


def amount_of(measure: Measure) -> Sql:
    """How much an entry counts for."""
    if not measure.value:
        return "0::numeric", []
    return (
        "CASE WHEN e.data->>%s ~ %s THEN (e.data->>%s)::numeric ELSE 0 END",
        [measure.value, f"^{AMOUNT.pattern}$", measure.value],
    )


def _event(event: Event, alias: str) -> Sql:
    parts: list[Sql] = [(f"{alias}.verb = %s", [event.verb])]
    parts += [_test(key, test, alias) for key, test in event.where.items()]
    sql = " AND ".join(part for part, _ in parts)
    return f"({sql})", [value for _, values in parts for value in values]


def _test(key: str, test: Test, alias: str) -> Sql:
    field = f"{alias}.data->%s"
    parts: list[Sql] = []
    if test.values is not None:
        parts.append(_among(field, key, sorted(test.values, key=str)))
    if test.other_than:
        sql, values = _among(field, key, sorted(test.other_than, key=str))
        parts.append((f"NOT coalesce({sql}, false)", values))
    for limit, sign in ((test.at_least, ">="), (test.at_most, "<=")):
        if limit is not None:
            parts.append(
                (
                    f"(CASE WHEN jsonb_typeof({field}) = 'number' "
                    f"THEN ({field})::text::numeric {sign} %s ELSE false END)",
                    [key, key, limit],
                )
            )
    sql = " AND ".join(part for part, _ in parts) or "true"
    return f"({sql})", [value for _, values in parts for value in values]


def _among(field: str, key: str, wanted: Sequence[Any]) -> Sql:
    """One of the values; of several (a list, the keys of a mapping) one is enough."""
    scalars = [dumped(value).decode() for value in wanted if value is not None]
    words = [value for value in wanted if isinstance(value, str)]
    parts: list[Sql] = []
    if scalars:
        parts.append((f"{field} = ANY(%s::jsonb[])", [key, scalars]))
        parts.append(
            (
                f"(jsonb_typeof({field}) = 'array' AND EXISTS (SELECT 1 FROM "
                f"jsonb_array_elements({field}) one WHERE one = ANY(%s::jsonb[])))",
                [key, key, scalars],
            )
        )
    if words:
        parts.append((f"(jsonb_typeof({field}) = 'object' AND {field} ?| %s)", [key, key, words]))
    if len(scalars) < len(wanted):
        parts.append((f"coalesce({field}, 'null') = 'null'", [key]))
    return _any(parts)


def _any(parts: Sequence[Sql]) -> Sql:
    sql = " OR ".join(part for part, _ in parts) or "false"
    return f"({sql})", [value for _, values in parts for value in values]
