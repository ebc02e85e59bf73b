"""Filters of lists: conditions over a type's fields and over what every record has, as SQL.

Field names come bare from the screen and are facts (`field.<key>`) to the engine; what every record
has (stage, owner, unit, times) is called `row.<name>` by both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from closeloop.desk import learnable
from closeloop.desk.errors import FilterInvalid
from closeloop.engine import conditions
from closeloop.engine.facts import Catalogue, Fact, FactType
from closeloop.engine.refusals import ConditionInvalid
from closeloop.fields import queries as fields
from closeloop.org.access import Access
from closeloop.process import blueprints
from closeloop.records.types import Name, RecordType

PREFIX = "row."


@dataclass(frozen=True)
class RowFact:
    """Something that every record has and that lists can be filtered by."""

    key: str
    name: Name
    type: FactType
    sql: str


ROW_FACTS = tuple(
    RowFact(PREFIX + key, {"zh-CN": zh, "en-US": en}, type_, sql)
    for key, zh, en, type_, sql in (
        ("stage", "阶段", "Stage", FactType.CHOICE, "nullif(r.stage, '')"),
        (
            "days_in_stage", "停留天数", "Days in stage", FactType.NUMBER,
            "(extract(epoch FROM now() - r.stage_entered_at) / 86400)::numeric",
        ),
        ("owner", "负责人", "Owner", FactType.PERSON, "r.owner_id"),
        ("opening", "期初", "Opening entry", FactType.BOOLEAN, "r.is_opening"),
        ("created_at", "创建时间", "Created", FactType.DATETIME, "r.created_at"),
        ("updated_at", "更新时间", "Changed", FactType.DATETIME, "r.updated_at"),
        (
            "last_activity_at", "最近活动", "Last activity", FactType.DATETIME,
            "r.last_activity_at",
        ),
    )
)  # fmt: skip
_STAGED = frozenset({f"{PREFIX}stage", f"{PREFIX}days_in_stage", f"{PREFIX}opening"})


def row_facts(record_type: RecordType) -> list[RowFact]:
    """The row facts that make sense for a type: those about stages only where it has some."""
    has_stages = blueprints.current_of(record_type.key) is not None
    return [fact for fact in ROW_FACTS if has_stages or fact.key not in _STAGED]


def filter_sql(
    record_type: RecordType, tree: Mapping[str, Any], access: Access
) -> tuple[str, list[Any]]:
    """A filter as SQL over alias r with its parameters.

    Raises FilterInvalid, also for fields that are hidden from the viewer or masked. On rows that
    mask a field until somebody owns them the field is empty.
    """
    specs = fields.specs_of(record_type.key)
    of_row = {fact.key: fact for fact in row_facts(record_type)}

    def column(key: str) -> str:
        if key in of_row:
            return of_row[key].sql
        return learnable.column(record_type, specs[key.removeprefix(fields.PREFIX)], access)

    try:
        named = as_facts(tree)
        for key in conditions.fact_keys(named) - of_row.keys():
            field = key.removeprefix(fields.PREFIX)
            if not learnable.is_told(record_type.key, field, access):
                raise FilterInvalid({"field": field})
        catalogue = fields.fact_catalogue(record_type.key).joined(_catalogue(record_type))
        fragment = conditions.compile_sql(named, catalogue, column, now=timezone.localtime())
    except ConditionInvalid as invalid:
        raise FilterInvalid(invalid.data) from invalid
    return f"({fragment.sql})", list(fragment.params)


def as_facts(node: Any) -> Any:
    """A filter of the screen with its names as facts."""
    if isinstance(node, dict) and "rules" in node:
        return {**node, "rules": [as_facts(rule) for rule in node["rules"]]}
    if isinstance(node, dict) and "field" in node:
        name = str(node["field"])
        return {**node, "field": name if name.startswith(PREFIX) else fields.PREFIX + name}
    return node


def _catalogue(record_type: RecordType) -> Catalogue:
    version = blueprints.current_of(record_type.key)
    stages = tuple(stage.key for stage in version.stages) if version else ()
    return Catalogue(
        Fact(fact.key, fact.type, fact.name, stages if fact.type is FactType.CHOICE else None)
        for fact in row_facts(record_type)
    )
