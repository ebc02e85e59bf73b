"""Scorecards: what they say, drafts, checks, previews, publishing; why a record has its score."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path

from closeloop.edge import problems
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.pool import rights as pool
from closeloop.records import queries as records
from closeloop.scoring import actions, errors, jobs, models, presenting, queries, scorecards
from closeloop.scoring.api.routes import MANAGE, VIEW, router
from closeloop.scoring.learning.settings import settings_of
from closeloop.scoring.schemas import (
    ScorecardCatalogue,
    ScorecardChecked,
    ScorecardIn,
    ScorecardOut,
    ScorecardPreview,
    ScorecardRow,
    ScorecardTried,
    ScorecardVersionOut,
    ScoreOut,
)

CardKey = Annotated[str, Path(max_length=60)]
RecordId = Annotated[int, Path(ge=1, lt=2**63)]
Number = Annotated[int, Path(ge=1, lt=2**31)]


@router.get("/scorecards", permission=VIEW, response=list[ScorecardRow])
def list_scorecards(request: HttpRequest) -> Any:
    """Every scorecard with its sentences and how many records have which grade."""
    language = problems.language_of(request)
    return [_row(each, language) for each in queries.all_scorecards()]


@router.get("/scorecards/{key}", permission=VIEW, response=ScorecardOut)
def read_scorecard(request: HttpRequest, key: CardKey) -> Any:
    """One scorecard: its versions, what it says, its draft."""
    return _shown(key, request)


@router.get("/scorecards/{key}/catalogue", permission=MANAGE, response=ScorecardCatalogue)
def read_scorecard_catalogue(request: HttpRequest, key: CardKey) -> Any:
    """What the editor offers."""
    return queries.catalogue(queries.scorecard(key).about)


@router.get("/scorecards/{key}/versions/{number}", permission=VIEW, response=ScorecardVersionOut)
def read_scorecard_version(request: HttpRequest, key: CardKey, number: Number) -> Any:
    """What a version says."""
    found = queries.scorecard(key)
    for version in found.versions.all():
        if version.number == number:
            said = queries.said(version.definition, problems.language_of(request))
            return {"number": number, "definition": version.definition, "sentences": said}
    raise errors.ScorecardNotFound({"key": key, "version": number})


@router.put("/scorecards/{key}/draft", permission=MANAGE, response=ScorecardOut)
def write_scorecard_draft(request: HttpRequest, key: CardKey, payload: ScorecardIn) -> Any:
    """Keep a draft; it may still have problems."""
    actions.write_draft(key, payload.definition, actor=actor_of(request))
    return _shown(key, request)


@router.delete("/scorecards/{key}/draft", permission=MANAGE, response=ScorecardOut)
def drop_scorecard_draft(request: HttpRequest, key: CardKey) -> Any:
    """Throw the draft away."""
    actions.drop_draft(key, actor=actor_of(request))
    return _shown(key, request)


@router.post("/scorecards/{key}/check", permission=MANAGE, response=ScorecardChecked)
def check_scorecard(request: HttpRequest, key: CardKey, payload: ScorecardIn) -> Any:
    """What is wrong with a scorecard, or what it says."""
    found = queries.scorecard(key)
    definition = {**payload.definition, "key": found.key, "about": found.about}
    faults, said = queries.checked(definition, problems.language_of(request))
    return {"problems": faults, "sentences": said}


@router.post("/scorecards/{key}/preview", permission=MANAGE, response=ScorecardPreview)
def preview_scorecard(request: HttpRequest, key: CardKey, payload: ScorecardTried) -> Any:
    """Who would move from which grade to which, with examples; nothing is changed."""
    found = queries.scorecard(key)
    current = queries.current_version(found)
    definition = payload.definition or found.draft or (current.definition if current else {})
    card = scorecards.parsed({**definition, "key": found.key, "about": found.about})
    return presenting.preview(queries.preview(card, actor=actor_of(request)))


@router.post("/scorecards/{key}/publish", permission=MANAGE, response=ScorecardOut)
def publish_scorecard(request: HttpRequest, key: CardKey) -> Any:
    """Publish the draft as the next version; every record is scored by it shortly."""
    actions.publish_draft(key, actor=actor_of(request))
    jobs.rescore_later(queries.scorecard(key).about)
    return _shown(key, request)


@router.get("/records/{record_type}/{record_id}/score", permission="record:read", response=ScoreOut)
def read_score(request: HttpRequest, record_type: str, record_id: RecordId) -> Any:
    """Why a record has its score and grade: every part, by which version of the rules."""
    actor, language = actor_of(request), problems.language_of(request)
    record = records.visible_record(
        record_id, actor=actor, record_type=record_type, with_deleted=True
    )
    kept = queries.kept_score(record_id)
    if kept is None:
        raise errors.NotScored({"id": record_id})
    access = org.access_of(actor)
    place = {"owner_id": record.owner_id, "unit_id": record.unit_id}
    untold = pool.untold_fields(record_type, access, **place)
    is_shown = settings_of(record_type).is_shown_to(access)
    learned = queries.learned_score(record_id) if is_shown else None
    return {
        **presenting.score(kept, language, untold=untold),
        "learned": presenting.learned(learned, language, untold=untold),
    }


def _shown(key: str, request: HttpRequest) -> dict[str, Any]:
    found = queries.scorecard(key)
    current = queries.current_version(found)
    return {
        **_row(found, problems.language_of(request)),
        "versions": [
            {
                "number": each.number,
                "is_current": each.is_current,
                "published_at": each.published_at,
                "published_by": each.published_by.name if each.published_by else "",
            }
            for each in sorted(found.versions.all(), key=lambda version: -version.number)
        ],
        "current": current.definition if current else None,
        "draft": found.draft,
        "drafted_at": found.drafted_at,
    }


def _row(found: models.Scorecard, language: str) -> dict[str, Any]:
    current = queries.current_version(found)
    return {
        "key": found.key,
        "name": found.name,
        "about": found.about,
        "version": current.number if current else None,
        "has_draft": found.draft is not None,
        "sentences": queries.said(current.definition if current else found.draft, language),
        "grades": [
            {"grade": grade, "count": count, "mean": round(mean, 1)}
            for grade, count, mean in queries.distribution(found.about)
        ],
    }
