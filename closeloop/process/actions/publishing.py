"""Publishing a blueprint's next version, and moving running records to another version."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Max

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.engine.blueprint import dump_blueprint, parse_blueprint
from closeloop.identity.actor import Actor
from closeloop.process import blueprints, facts, migrating
from closeloop.process.errors import MigrationImpossible
from closeloop.process.migrating import Plan
from closeloop.process.models import Blueprint, Version, VisitKind


@dataclass(frozen=True)
class Migrated:
    """How many running records went to the other version."""

    count: int


def publish(definition: Mapping[str, Any], *, actor: Actor) -> Version:
    """Publish a definition as the next version; unchanged content gives the current version.

    Raises BlueprintInvalid with every problem. Running records keep the version they entered.
    """
    parsed = parse_blueprint(
        definition, facts.catalogue_of(str(definition["record_type"]), is_checked=True)
    )
    content = json.loads(json.dumps(dump_blueprint(parsed), default=str))
    content.pop("version", None)
    blueprint, _ = Blueprint.objects.select_for_update().get_or_create(
        key=parsed.key,
        defaults={"record_type": parsed.record_type, "name": dict(parsed.name)},
    )
    newest = blueprint.versions.filter(is_current=True).first()
    if newest is not None and newest.definition == content:
        return newest
    highest = blueprint.versions.aggregate(highest=Max("number"))["highest"] or 0
    blueprint.versions.filter(is_current=True).update(is_current=False)
    version = Version.objects.create(
        blueprint=blueprint,
        number=highest + 1,
        definition=content,
        published_by_id=actor.user_id,
    )
    revisions.bump(blueprints.REVISION)
    activity.record(
        Happening(
            verb="process.published", data={"blueprint": blueprint.key, "version": version.number}
        ),
        actor=actor,
    )
    return version


def migrate_running(plan: Plan, *, actor: Actor) -> Migrated:
    """Move every running record of one version to another, stage by stage as mapped.

    Set-based: the same visits and activity as single moves would write, marked as a migration.
    Raises MigrationImpossible where a stage has no place in the other version.
    """
    problems = migrating.preview(plan).problems
    if problems:
        raise MigrationImpossible({"problems": [problem.as_data() for problem in problems]})
    with connection.cursor() as cursor:
        cursor.execute(
            _MIGRATE.replace("{table}", plan.record_type.table),
            {
                "source": plan.old.version_id,
                "target": plan.new.version_id,
                "map": json.dumps(dict(plan.mapping)),
                "kind": VisitKind.MIGRATION.value,
                "actor": actor.user_id,
                "actor_kind": actor.kind.value,
                "type": plan.record_type.key,
                "number": plan.new.number,
            },
        )
        count: int = cursor.fetchone()[0]
    activity.record(
        Happening(
            verb="process.migrated",
            data={
                "blueprint": plan.new.key,
                "from": plan.old.number,
                "to": plan.new.number,
                "records": count,
                "stages": dict(plan.mapping),
            },
        ),
        actor=actor,
    )
    return Migrated(count=count)


_MIGRATE = """
WITH due AS (
    SELECT i.record_id, i.stage AS old_stage, m.value AS new_stage
    FROM process_instance i JOIN jsonb_each_text(%(map)s::jsonb) m ON m.key = i.stage
    WHERE i.version_id = %(source)s FOR UPDATE OF i
), repinned AS (
    UPDATE process_instance i SET version_id = %(target)s, stage = due.new_stage,
        entered_at = CASE WHEN due.new_stage = due.old_stage THEN i.entered_at ELSE now() END
    FROM due WHERE i.record_id = due.record_id
), changed AS (
    SELECT * FROM due WHERE old_stage <> new_stage
), closed AS (
    UPDATE process_visit v SET left_at = now() FROM changed
    WHERE v.record_id = changed.record_id AND v.left_at IS NULL RETURNING v.record_id
), entered AS (
    INSERT INTO process_visit (record_id, stage, kind, entered_at, entered_by_id, reason)
    SELECT record_id, new_stage, %(kind)s, now(), %(actor)s, ''
    FROM changed JOIN closed USING (record_id)
), row_moved AS (
    UPDATE {table} r SET stage = new_stage, stage_entered_at = now(), version = r.version + 1
    FROM changed WHERE r.id = changed.record_id
), noted AS (
    INSERT INTO activity_entry (verb, actor_id, actor_kind, record_id, record_type, data)
    SELECT 'process.record_migrated', %(actor)s, %(actor_kind)s, record_id, %(type)s,
        jsonb_build_object('from', old_stage, 'to', new_stage, 'version', %(number)s::int)
    FROM due
)
SELECT count(*) FROM due
"""
