"""Recording follow-ups, changing drafts, correcting, judging doubts, reading."""

from datetime import timedelta
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Status

from closeloop.edge import etags, problems
from closeloop.edge.router import SIGNED_IN
from closeloop.fieldwork import actions, doubting, places, presenting, queries, standards
from closeloop.fieldwork.api.routing import router
from closeloop.fieldwork.errors import NoStandardApplies
from closeloop.fieldwork.models import FollowUp
from closeloop.fieldwork.queries import Asked
from closeloop.fieldwork.queries.followups import by_ids
from closeloop.fieldwork.reports import Report, Where
from closeloop.fieldwork.schemas import (
    ChoiceQuery,
    FollowUpIn,
    FollowUpOptions,
    FollowUpOut,
    FollowUpPage,
    FollowUpQuery,
    Id,
    JudgementIn,
    PenetrationOut,
    PeriodQuery,
    PlaceIn,
    StandardChoice,
    SyncIn,
    SyncOut,
)
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.records import queries as records
from closeloop.records.types import registry

FollowUpId = Annotated[Id, Path()]
DoubtKey = Annotated[str, Path(max_length=63)]
PERIOD = timedelta(days=30)


@router.get("/followups/options", permission=SIGNED_IN, response=FollowUpOptions)
def read_followup_options(request: HttpRequest) -> dict[str, Any]:
    """Kinds of contact, ticks, standards and stock phrases, for judging without network."""
    return presenting.options(org.access_of(actor_of(request)).home_unit_id)


@router.get("/followups/standard", permission=SIGNED_IN, response=StandardChoice)
def explain_followup_standard(request: HttpRequest, asked: Query[ChoiceQuery]) -> dict[str, Any]:
    """Which standard a contact will be held to, and why that one."""
    actor = actor_of(request)
    record = records.visible_record(asked.record_id, record_type=asked.record_type, actor=actor)
    kind = registry.get(asked.record_type)
    stage = kind.model._default_manager.values_list("stage", flat=True).get(pk=record.pk)
    found = standards.choose(
        kind=asked.kind,
        record_type=asked.record_type,
        stage=stage,
        unit_id=org.access_of(actor).home_unit_id,
    )
    if found is None:
        raise NoStandardApplies({"kind": asked.kind})
    held, chosen = found
    current = standards.current()
    return {
        "standard": presenting.standard_ref(held),
        "because": chosen.because,
        "over": [presenting.standard_ref(current[key]) for key in chosen.over],
    }


@router.get("/followups/penetration", permission=SIGNED_IN, response=PenetrationOut)
def read_followup_penetration(request: HttpRequest, asked: Query[PeriodQuery]) -> dict[str, Any]:
    """Due dates followed up effectively ÷ all that fell due, with those behind it."""
    now = timezone.now()
    until = asked.until or now
    since = asked.since or until - PERIOD
    found = queries.penetration(
        since=since, until=until, now=now, unit_id=asked.unit, actor=actor_of(request)
    )
    return {
        "since": since,
        "until": until,
        "due": found.due,
        "done": found.done,
        "rate": found.rate,
        "people": found.people,
        "records": found.rows,
    }


@router.post(
    "/followups",
    permission=SIGNED_IN,
    response={200: FollowUpOut, 201: FollowUpOut},
    keeps_answer=False,
    direct=True,
)
def record_followup(
    request: HttpRequest, response: HttpResponse, payload: FollowUpIn
) -> dict[str, Any]:
    """Record a contact; what its standard finds incomplete is kept as a draft.

    Its client id makes it repeatable, so the answer is not kept beside.
    """
    actor = actor_of(request)
    outcome = actions.record_one(report_of(payload), actor=actor)
    return _answered(request, response, outcome)


@router.post(
    "/followups/sync", permission=SIGNED_IN, response=SyncOut, keeps_answer=False, direct=True
)
def sync_followups(request: HttpRequest, payload: SyncIn) -> dict[str, Any]:
    """Take what a phone has kept; each is saved, found there already, or refused by itself."""
    actor, language = actor_of(request), problems.language_of(request)
    reports = [report_of(each) for each in payload.items]
    outcomes = actions.record_all(reports, actor=actor, device_now=payload.device_now)
    existing = by_ids([each.existing_id for each in outcomes], actor=actor)
    return {
        "items": [
            presenting.outcome(each, existing, actor=actor, language=language) for each in outcomes
        ]
    }


@router.get("/followups", permission=SIGNED_IN, response=FollowUpPage)
def list_followups(request: HttpRequest, asked: Query[FollowUpQuery]) -> dict[str, Any]:
    """Follow-ups of records in reach, the latest contact first."""
    wanted = Asked(
        record_type=asked.record_type,
        record_id=asked.record_id,
        author_id=asked.author,
        day=asked.day,
        state=asked.state,
        doubtful=asked.doubtful,
        unit_id=asked.unit,
    )
    actor = actor_of(request)
    page, more = queries.followups(wanted, actor=actor, cursor=asked.cursor, limit=asked.limit)
    places.note(page, actor=actor)
    return {"items": [_shown(row, request) for row in page], "next_cursor": more}


@router.get("/followups/{int:followup_id}", permission=SIGNED_IN, response=FollowUpOut)
def read_followup(
    request: HttpRequest, response: HttpResponse, followup_id: FollowUpId
) -> dict[str, Any]:
    """One follow-up."""
    found = queries.visible_followup(followup_id, actor=actor_of(request))
    response["ETag"] = etags.etag(found.version)
    places.note([found], actor=actor_of(request))
    return _shown(found, request)


@router.patch("/followups/{int:followup_id}", permission=SIGNED_IN, response=FollowUpOut)
def change_followup_draft(
    request: HttpRequest, response: HttpResponse, followup_id: FollowUpId, payload: FollowUpIn
) -> dict[str, Any]:
    """Write a draft anew (If-Match); once it is complete it counts."""
    changed = actions.change_draft(
        followup_id,
        report_of(payload),
        expected_version=etags.required_version(request),
        actor=actor_of(request),
    )
    response["ETag"] = etags.etag(changed.version)
    return _shown(changed, request)


@router.delete("/followups/{int:followup_id}", permission=SIGNED_IN, response={204: None})
def drop_followup_draft(request: HttpRequest, followup_id: FollowUpId) -> Status[None]:
    """Throw a draft away."""
    version = etags.given_version(request)
    actions.drop_draft(followup_id, expected_version=version, actor=actor_of(request))
    return Status(204, None)


@router.post(
    "/followups/{int:followup_id}/corrections", permission=SIGNED_IN, response={201: FollowUpOut}
)
def correct_followup(
    request: HttpRequest, response: HttpResponse, followup_id: FollowUpId, payload: FollowUpIn
) -> Status[dict[str, Any]]:
    """Record a follow-up that stands for one that counts."""
    outcome = actions.correct(followup_id, report_of(payload), actor=actor_of(request))
    answer = _answered(request, response, outcome)
    return Status(response.status_code, answer)


@router.post(
    "/followups/{int:followup_id}/doubts/{kind}", permission=SIGNED_IN, response=FollowUpOut
)
def judge_followup_doubt(
    request: HttpRequest, followup_id: FollowUpId, kind: DoubtKey, payload: JudgementIn
) -> dict[str, Any]:
    """Say whether a doubt is harmless or true; whoever stands above the author may."""
    judged = actions.judge_doubt(
        followup_id, kind, verdict=payload.verdict, note=payload.note, actor=actor_of(request)
    )
    return _shown(judged, request)


def report_of(payload: FollowUpIn) -> Report:
    """A body as a report."""
    return Report(
        client_id=payload.client_id,
        kind=payload.kind,
        record_type=payload.record.type,
        record_id=payload.record.id,
        at=payload.at,
        text=payload.text,
        contact_id=payload.contact_id,
        device_now=payload.device_now,
        ticks=tuple(dict.fromkeys(payload.ticks)),
        next_at=payload.next_at,
        place=None if payload.place is None else where_of(payload.place),
        uploads=tuple(payload.uploads),
        store=payload.store,
        via=payload.via,
    )


def where_of(given: PlaceIn) -> Where:
    """A place of a body."""
    return Where(
        latitude=given.latitude,
        longitude=given.longitude,
        accuracy_m=given.accuracy_m,
        system=given.system,
        at=given.at,
    )


def _answered(
    request: HttpRequest, response: HttpResponse, outcome: actions.Outcome
) -> dict[str, Any]:
    """The follow-up: 201 where it was written just now, 200 where it was there."""
    actor, language = actor_of(request), problems.language_of(request)
    if outcome.saved is not None:
        response.status_code = 201
        told = presenting.fresh(outcome.saved, actor=actor)
        told = doubting.as_told(told, actor.person_id, actor=actor)
        return presenting.in_language(told, language)
    response.status_code = 200
    return _shown(queries.visible_followup(outcome.existing_id or 0, actor=actor), request)


def _shown(found: FollowUp, request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    told = places.as_told(presenting.stored(found), found.author_id, actor=actor)
    told = doubting.as_told(told, found.author_id, actor=actor)
    return presenting.in_language(told, problems.language_of(request))
