"""Paths: made, drafted, checked, tried on real leads, published, switched; their figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Status

from closeloop.edge import problems
from closeloop.identity.queries import actor_of
from closeloop.nurture import actions, errors, models
from closeloop.nurture.api.routes import MANAGE, READ, KeyIn, NumberIn, router
from closeloop.nurture.queries import paths, rehearsing, reporting
from closeloop.nurture.queries.rehearsing import Rehearsed
from closeloop.nurture.schemas.parts import NurtureDraftIn, NurtureTryIn
from closeloop.nurture.schemas.paths import (
    NurtureCatalogue,
    NurtureChecked,
    NurturePath,
    NurturePathIn,
    NurturePathRow,
    NurturePreview,
    NurtureRehearsal,
    NurtureRehearseIn,
    NurtureReport,
    NurtureSwitchIn,
    NurtureVersion,
)

Definition = Mapping[str, Any]


@router.get("/nurture/paths", permission=READ, response=list[NurturePathRow])
def list_nurture_paths(request: HttpRequest) -> Any:
    """Every path, those that take leads in first."""
    figures = _figures(request)
    return [_row(each, figures, request) for each in paths.all_paths()]


@router.post("/nurture/paths", permission=MANAGE, response={201: NurturePath})
def create_nurture_path(request: HttpRequest, payload: NurturePathIn) -> Any:
    """A path with a draft, empty or like another path; it does nothing until it is published."""
    like: Definition | None = None
    if payload.like is not None:
        found = paths.path(payload.like)
        current = paths.current_of(found)
        like = current.definition if current else found.draft
    actor = actor_of(request)
    actions.create_path(payload.key, name=payload.name.as_data(), like=like, actor=actor)
    return Status(201, _shown(payload.key, request))


@router.get("/nurture/catalogue", permission=MANAGE, response=NurtureCatalogue)
def read_nurture_catalogue(request: HttpRequest) -> Any:
    """What editors of paths and templates choose from."""
    return paths.catalogue(problems.language_of(request))


@router.get("/nurture/paths/{key}", permission=READ, response=NurturePath)
def read_nurture_path(request: HttpRequest, key: KeyIn) -> Any:
    """A path with its versions and its draft."""
    return _shown(key, request)


@router.get("/nurture/paths/{key}/versions/{number}", permission=READ, response=NurtureVersion)
def read_nurture_version(request: HttpRequest, key: KeyIn, number: NumberIn) -> Any:
    """A published version."""
    found = paths.version(key, number)
    return {
        "number": found.number,
        "is_current": found.is_current,
        "published_at": found.published_at,
        "published_by": found.published_by.name if found.published_by else "",
        "definition": found.definition,
        "sentences": paths.said(found.definition, problems.language_of(request)),
    }


@router.put("/nurture/paths/{key}/draft", permission=MANAGE, response=NurturePath)
def write_nurture_draft(request: HttpRequest, key: KeyIn, payload: NurtureDraftIn) -> Any:
    """Keep what is being written; it may still have problems."""
    actions.write_draft(key, payload.definition, revision=payload.revision, actor=actor_of(request))
    return _shown(key, request)


@router.delete("/nurture/paths/{key}/draft", permission=MANAGE, response=NurturePath)
def drop_nurture_draft(request: HttpRequest, key: KeyIn) -> Any:
    """Throw the draft away; what is published stays."""
    actions.drop_draft(key, actor=actor_of(request))
    return _shown(key, request)


@router.post("/nurture/paths/{key}/check", permission=MANAGE, response=NurtureChecked)
def check_nurture_path(request: HttpRequest, key: KeyIn, payload: NurtureTryIn) -> Any:
    """The problems of a definition, or its sentences; nothing is written."""
    definition = _tried(key, payload.definition)
    language = problems.language_of(request)
    found, said = paths.checked(definition, language)
    return {"problems": found, "todos": paths.todos(definition, language), "sentences": said}


@router.post("/nurture/paths/{key}/preview", permission=MANAGE, response=NurturePreview)
def preview_nurture_path(request: HttpRequest, key: KeyIn, payload: NurtureTryIn) -> Any:
    """Which leads would begin now, and where they are reached; nothing is written."""
    return rehearsing.preview(_tried(key, payload.definition), actor=actor_of(request))


@router.post("/nurture/paths/{key}/rehearse", permission=MANAGE, response=NurtureRehearsal)
def rehearse_nurture_path(request: HttpRequest, key: KeyIn, payload: NurtureRehearseIn) -> Any:
    """How one lead would go through the steps, with dates; nothing is written."""
    asked = Rehearsed(payload.record_id, payload.start_at, payload.opens, payload.clicks)
    return rehearsing.rehearse(
        _tried(key, payload.definition),
        asked,
        actor=actor_of(request),
        language=problems.language_of(request),
    )


@router.post("/nurture/paths/{key}/publish", permission=MANAGE, response=NurturePath)
def publish_nurture_path(request: HttpRequest, key: KeyIn) -> Any:
    """Publish the draft as the next version; leads on earlier versions stay there."""
    actions.publish_draft(key, actor=actor_of(request))
    return _shown(key, request)


@router.post("/nurture/paths/{key}/switch", permission=MANAGE, response=NurturePath)
def switch_nurture_path(request: HttpRequest, key: KeyIn, payload: NurtureSwitchIn) -> Any:
    """Let leads begin a path, or no more."""
    actions.switch(
        key,
        is_active=payload.is_active,
        leaves_running=payload.leaves_running,
        actor=actor_of(request),
    )
    return _shown(key, request)


@router.get("/nurture/paths/{key}/report", permission=READ, response=NurtureReport)
def read_nurture_report(
    request: HttpRequest,
    key: KeyIn,
    version: Annotated[int | None, Query(ge=1, lt=2**31)] = None,
) -> Any:
    """What became of the leads on a path, as far as the reader may see them."""
    found = paths.path(key)
    if version is not None:
        paths.version(key, version)
    language = problems.language_of(request)
    return reporting.report(found, version, actor=actor_of(request), language=language)


def _tried(key: str, given: Definition | None) -> Definition:
    """The definition to be looked at: as given, the draft, or what is published."""
    found = paths.path(key)
    if given is not None:
        return {**given, "key": found.key, "record_type": found.record_type}
    current = paths.current_of(found)
    definition: Definition | None = found.draft or (current.definition if current else None)
    if definition is None:
        raise errors.NoDraft({"key": key})
    return definition


@dataclass(frozen=True)
class _Figures:
    """What became of leads and messages, by path."""

    leads: Mapping[int, Mapping[int, tuple[int, int, int, int]]]
    messages: Mapping[int, tuple[int, int, int]]
    grades: Mapping[int, Sequence[Any]]


def _figures(request: HttpRequest) -> _Figures:
    actor = actor_of(request)
    return _Figures(paths.counts(actor), paths.message_counts(actor), reporting.reached(actor))


def _shown(key: str, request: HttpRequest) -> dict[str, Any]:
    found, figures = paths.path(key), _figures(request)
    current = paths.current_of(found)
    by_version = figures.leads.get(found.pk, {})
    return {
        **_row(found, figures, request),
        "versions": [
            {
                "number": each.number,
                "is_current": each.is_current,
                "published_at": each.published_at,
                "published_by": each.published_by.name if each.published_by else "",
                "running": by_version.get(each.pk, (0, 0, 0, 0))[1],
            }
            for each in sorted(found.versions.all(), key=lambda version: -version.number)
        ],
        "current": current.definition if current else None,
        "draft": found.draft,
        "drafted_at": found.drafted_at,
        "drafted_by": found.drafted_by.name if found.drafted_by else "",
    }


def _row(found: models.Path, figures: _Figures, request: HttpRequest) -> dict[str, Any]:
    current = paths.current_of(found)
    columns = list(zip(*figures.leads.get(found.pk, {}).values(), strict=True))
    started, running, done, left = (sum(each) for each in columns) if columns else (0, 0, 0, 0)
    sent, opened, clicked = figures.messages.get(found.pk, (0, 0, 0))
    definition = current.definition if current else found.draft
    language = problems.language_of(request)
    return {
        "key": found.key,
        "name": found.name,
        "is_active": found.is_active,
        "version": current.number if current else None,
        "has_draft": found.draft is not None,
        "revision": found.revision,
        "changed_at": found.changed_at,
        "started": started,
        "running": running,
        "done": done,
        "left": left,
        "sent": sent,
        "opened": opened,
        "clicked": clicked,
        "grades": reporting.grades(found, figures.grades.get(found.pk, ()), started, language),
        "sentences": paths.said(definition, language),
    }
