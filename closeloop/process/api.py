"""The process viewer: published versions with their gates, and moving running records over."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Schema

from closeloop.edge.router import Router
from closeloop.engine.blueprint import dump_blueprint
from closeloop.identity.queries import actor_of
from closeloop.process import actions, blueprints, migrating, queries
from closeloop.process.errors import ProcessNotFound
from closeloop.process.models import Version

router = Router(tags=["process"])


class VersionRow(Schema):
    """A published version."""

    number: int
    state: str
    published_at: datetime
    published_by: str
    running: int


class ProcessRow(Schema):
    """A process with its versions, newest first."""

    key: str
    name: dict[str, str]
    record_type: str
    versions: list[VersionRow]


class VersionDetail(VersionRow):
    """What a version says, and how many records stand in each stage; opening entries apart."""

    key: str
    name: dict[str, str]
    record_type: str
    definition: dict[str, Any]
    standing: dict[str, int]
    opening: dict[str, int]


@router.get("/processes", permission="admin:process.view", response=list[ProcessRow])
def list_processes(request: HttpRequest) -> Any:
    """Every process with its published versions."""
    running = queries.running_counts()
    return [
        {
            "key": process.key,
            "name": process.name,
            "record_type": process.record_type,
            "versions": [
                _row(version, running.get(version.pk, 0))
                for version in sorted(
                    process.versions.all(), key=lambda each: each.number, reverse=True
                )
            ],
        }
        for process in queries.processes()
    ]


@router.get(
    "/processes/{key}/versions/{number}",
    permission="admin:process.view",
    response=VersionDetail,
)
def read_version(
    request: HttpRequest,
    key: Annotated[str, Path(max_length=100)],
    number: Annotated[int, Path(ge=1, lt=2**31)],
) -> Any:
    """One version with its stages, gates and moves."""
    version = (
        Version.objects.select_related("blueprint", "published_by")
        .filter(blueprint__key=key, number=number)
        .first()
    )
    if version is None:
        raise ProcessNotFound({"key": key, "number": number})
    standing = queries.stage_counts([version.pk])
    opening = queries.stage_counts([version.pk], only_opening=True)
    loaded = blueprints.loaded(version.pk)
    return {
        **_row(version, sum(standing.values())),
        "key": key,
        "name": version.blueprint.name,
        "record_type": version.blueprint.record_type,
        "definition": dump_blueprint(loaded.blueprint),
        "standing": {stage: count for (_, stage), count in standing.items()},
        "opening": {stage: count for (_, stage), count in opening.items()},
    }


class MigrationIn(Schema, extra="forbid"):
    """Two versions, and where stages go that do not keep their key."""

    from_number: int = Field(ge=1, lt=2**31)
    to_number: int = Field(ge=1, lt=2**31)
    stages: dict[str, str] = {}


class StageShift(Schema):
    """How many records of a stage would go where, and how many lack something there."""

    from_stage: str
    to_stage: str
    records: int
    incomplete: int


class MigrationOut(Schema):
    """What a migration would do, or did; problems forbid it."""

    stages: list[StageShift]
    problems: list[dict[str, Any]]
    moved: int | None


@router.post(
    "/processes/{key}/migrations/preview",
    permission="admin:process.manage",
    response=MigrationOut,
)
def preview_migration(
    request: HttpRequest, key: Annotated[str, Path(max_length=100)], payload: MigrationIn
) -> Any:
    """Where every running record of a version would stand in another; nothing is moved."""
    return _shift(_plan(key, payload), moved=None)


@router.post(
    "/processes/{key}/migrations",
    permission="admin:process.manage",
    response=MigrationOut,
)
def migrate_process(
    request: HttpRequest, key: Annotated[str, Path(max_length=100)], payload: MigrationIn
) -> Any:
    """Move every running record of a version to another."""
    plan = _plan(key, payload)
    shift = _shift(plan, moved=None)
    done = actions.migrate_running(plan, actor=actor_of(request))
    return {**shift, "moved": done.count}


def _plan(key: str, payload: MigrationIn) -> migrating.Plan:
    return migrating.plan_of(
        key,
        from_number=payload.from_number,
        to_number=payload.to_number,
        mapping=payload.stages,
    )


def _shift(plan: migrating.Plan, *, moved: int | None) -> dict[str, Any]:
    preview = migrating.preview(plan)
    return {
        "stages": [
            {
                "from_stage": each.from_stage,
                "to_stage": each.to_stage,
                "records": each.records,
                "incomplete": each.incomplete,
            }
            for each in preview.stages
        ],
        "problems": [problem.as_data() for problem in preview.problems],
        "moved": moved,
    }


def _row(version: Version, running: int) -> dict[str, Any]:
    return {
        "number": version.number,
        "state": "current" if version.is_current else "retired",
        "published_at": version.published_at,
        "published_by": version.published_by.name if version.published_by else "",
        "running": running,
    }
