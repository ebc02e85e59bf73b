"""What moving the running records of one version to another would do; nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from closeloop.engine import migration
from closeloop.engine.migration import MigrationPreview, RunningRecord
from closeloop.process import blueprints, facts
from closeloop.process.blueprints import Loaded
from closeloop.process.errors import ProcessNotFound
from closeloop.process.models import Version
from closeloop.records.types import RecordType, registry


@dataclass(frozen=True)
class Plan:
    """Two versions of a process and where each stage of the first goes in the second."""

    record_type: RecordType
    old: Loaded
    new: Loaded
    mapping: Mapping[str, str]


def plan_of(
    key: str, *, from_number: int, to_number: int, mapping: Mapping[str, str] | None
) -> Plan:
    """The plan; stages that keep their key go to themselves where the mapping says nothing."""
    numbers = {from_number, to_number}
    found = {
        version.number: version
        for version in Version.objects.select_related("blueprint").filter(
            blueprint__key=key, number__in=numbers
        )
    }
    if set(found) != numbers:
        raise ProcessNotFound({"key": key, "number": sorted(numbers - set(found))})
    old, new = blueprints.loaded(found[from_number].pk), blueprints.loaded(found[to_number].pk)
    return Plan(
        record_type=registry.get(found[from_number].blueprint.record_type),
        old=old,
        new=new,
        mapping={**migration.suggest_mapping(old.blueprint, new.blueprint), **(mapping or {})},
    )


def preview(plan: Plan) -> MigrationPreview:
    """Every running record of the old version: where it would stand and what it would lack."""
    records: list[RunningRecord] = []
    known = {each.key for each in plan.new.stages}
    for stage in plan.old.stages:
        target = plan.mapping.get(stage.key)
        keys = migration.fact_keys(plan.new.compiled, target) if target in known else None
        records += _standing_in(plan, stage.key, keys or frozenset())
    return migration.preview_migration(
        plan.old.blueprint, plan.new.compiled, plan.mapping, records, now=timezone.localtime()
    )


def _standing_in(plan: Plan, stage: str, keys: frozenset[str]) -> list[RunningRecord]:
    selection = facts.select(plan.record_type, keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT i.record_id{selection.sql} FROM process_instance i"
            f" JOIN {plan.record_type.table} r ON r.id = i.record_id"
            " WHERE i.version_id = %s AND i.stage = %s ORDER BY i.record_id",
            [*selection.params, plan.old.version_id, stage],
        )
        return [
            RunningRecord(str(row[0]), stage, selection.facts(keys, row[1:]))
            for row in cursor.fetchall()
        ]
