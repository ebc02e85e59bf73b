"""What a model may learn to foretell: the end of the process, a stage reached, a deal, a field."""

from collections.abc import Mapping

from closeloop.fields import queries as fields
from closeloop.records.types import registry
from closeloop.scoring.learning.settings import BY_STAGE
from closeloop.scoring.plugs import Result, plugs

BY_END: Mapping[str, str] = {"zh-CN": "流程结果（赢/输）", "en-US": "How the process ends"}
_END = """
    SELECT r.id, CASE WHEN r.stage = ANY(%s) THEN 1 ELSE 0 END, r.stage_entered_at
    FROM {table} r WHERE r.stage = ANY(%s)
"""
_NOTHING = "SELECT NULL::bigint, 0, NULL::timestamptz WHERE false"
_FIELD = """
    SELECT r.id, ({value})::boolean::int,
           CASE WHEN r.stage = ANY(%s) THEN r.stage_entered_at END
    FROM {table} r WHERE ({value}) IS NOT NULL
"""


def results_of(about: str) -> list[Result]:
    """Everything that a model of a record type may learn, the end of the process first."""
    return [_by_end(about), *plugs.results(about), *_by_fields(about)]


def result_of(about: str, key: str) -> Result:
    """A result by its key; one that is not there any more has become of nothing."""
    known = {each.key: each for each in results_of(about)}
    return known.get(key) or Result(key, {}, _NOTHING)


def name_of(about: str, key: str, language: str) -> str:
    """What a result is called; its key where it is not there any more."""
    return result_of(about, key).name.get(language, key)


def _by_end(about: str) -> Result:
    ends = plugs.outcomes(about)
    won = [stage for stage, is_won in ends.items() if is_won]
    sql = _END.format(table=registry.get(about).table)
    return Result(BY_STAGE, BY_END, sql, [won, list(ends)], plugs.asked_by_gates(about))


def _by_fields(about: str) -> list[Result]:
    table, ends = registry.get(about).table, list(plugs.outcomes(about))
    found = []
    for key, spec in fields.specs_of(about).items():
        source = fields.fact_source(about, fields.PREFIX + key)
        if spec.type == "boolean" and source is not None:
            sql = _FIELD.format(table=table, value=source.sql)
            params = [*source.params, ends, *source.params]
            found.append(Result(fields.PREFIX + key, spec.name, sql, params, frozenset({key})))
    return found
