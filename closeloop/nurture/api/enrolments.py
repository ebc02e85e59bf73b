"""Leads on paths and the messages to them, as far as the reader may see these leads."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query

from closeloop.edge import problems
from closeloop.engine.nurture import Always, Channel
from closeloop.identity.queries import actor_of
from closeloop.nurture import actions, addressees, deciding, errors, facts
from closeloop.nurture import paths as live_paths
from closeloop.nurture.api.routes import EDIT, MANAGE, READ, IdIn, KeyIn, router
from closeloop.nurture.channels import Parcel
from closeloop.nurture.channels.outside import drawn
from closeloop.nurture.clock import today
from closeloop.nurture.models import How
from closeloop.nurture.plugs import plugs
from closeloop.nurture.presenting import Reader, reach_rows
from closeloop.nurture.queries import enrolments, messages, paths, rehearsing
from closeloop.nurture.queries.reach import LEAD, Sight
from closeloop.nurture.schemas.enrolments import (
    NurtureEnrolment,
    NurtureEnrolmentDetail,
    NurtureEnrolmentPage,
    NurtureEnrolmentQuery,
    NurtureLeaveIn,
    NurtureMessage,
    NurtureMessagePage,
    NurtureMessageQuery,
    NurtureMessageText,
    NurtureOfRecord,
)
from closeloop.nurture.schemas.paths import NurtureEnrolIn, NurtureEnrolled
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.records import queries as records

TypeKey = Annotated[str, Path(max_length=60)]


@router.get("/nurture/enrolments", permission=READ, response=NurtureEnrolmentPage)
def list_nurture_enrolments(
    request: HttpRequest, asked: Annotated[NurtureEnrolmentQuery, Query()]
) -> Any:
    """Leads on paths, the newest first; the filters open every figure of a report."""
    wanted = enrolments.Asked(**asked.dict(exclude={"cursor", "limit"}))
    rows, following, count = enrolments.page(
        wanted, actor=actor_of(request), cursor=asked.cursor, limit=asked.limit
    )
    reader = _reader(request)
    return {
        "items": [reader.enrolment(each) for each in rows],
        "next_cursor": following,
        "count": count,
    }


@router.get("/nurture/enrolments/{enrolment_id}", permission=READ, response=NurtureEnrolmentDetail)
def read_nurture_enrolment(request: HttpRequest, enrolment_id: IdIn) -> Any:
    """One lead on a path, with its steps and messages."""
    actor = actor_of(request)
    return _detail(enrolments.one(enrolment_id, actor=actor), request)


@router.post("/nurture/paths/{key}/enrol", permission=EDIT, response=NurtureEnrolled)
def enrol_in_nurture(request: HttpRequest, key: KeyIn, payload: NurtureEnrolIn) -> Any:
    """Let leads that somebody chose begin a path; why others do not is said for each."""
    actor, language = actor_of(request), problems.language_of(request)
    live = paths.live_of(key)
    reach = org.access_of(actor).reach(LEAD, Verb.EDIT)
    readable = records.visible_among(set(payload.ids), actor=actor)
    mine = [
        number
        for number, each in readable.items()
        if each.type == LEAD and reach.covers(owner_id=each.owner_id, unit_id=each.unit_id)
    ]
    how = How.BY_HAND if len(payload.ids) == 1 else How.BULK
    begun = actions.begin(live, mine, how=how, actor=actor, checks_start=False, why=payload.why)
    refused = {**begun.refused, **{each: "not_found" for each in payload.ids if each not in mine}}
    return {
        "started": begun.started,
        "refused": [
            {
                "id": number,
                "title": readable[number].title if number in readable else "—",
                "code": why,
                "detail": rehearsing.refusal_text(why, [live.definition], language),
            }
            for number, why in sorted(refused.items())
        ],
    }


@router.post("/nurture/enrolments/{enrolment_id}/leave", permission=EDIT, response=NurtureEnrolment)
def leave_nurture(request: HttpRequest, enrolment_id: IdIn, payload: NurtureLeaveIn) -> Any:
    """Take a lead off a path; what waits to be sent is not sent."""
    actor = actor_of(request)
    found = enrolments.one(enrolment_id, actor=actor)
    records.visible_record(found["record_id"], actor=actor, verb=Verb.EDIT, record_type=LEAD)
    if not actions.leave_all([enrolment_id], Always.BY_HAND, actor=actor, note=payload.note):
        raise errors.EnrolmentOver({"id": enrolment_id})
    return _reader(request).enrolment(enrolments.one(enrolment_id, actor=actor))


@router.get(
    "/records/{record_type}/{record_id}/nurture", permission="record:read", response=NurtureOfRecord
)
def read_record_nurture(request: HttpRequest, record_type: TypeKey, record_id: IdIn) -> Any:
    """A record's paths, how it is reached, and what it may begin."""
    actor = actor_of(request)
    record = records.visible_record(
        record_id, actor=actor, record_type=record_type, with_deleted=True
    )
    if record_type != LEAD or record.deleted_at is not None:
        return {"reach": [], "enrolments": [], "may_start": [], "may_change": False}
    place = facts.places_of(LEAD, [record_id])[record_id]
    reached = addressees.reach_of([record_id], today=today())[record_id]
    senders = plugs.senders([place.owner_id]) if place.owner_id else {}
    obstacles = {
        channel: reached.obstacles.get(channel, "") or deciding.obstacles(channel, place, senders)
        for channel in Channel
    }
    where = {"owner_id": record.owner_id, "unit_id": record.unit_id}
    reader = _reader(request)
    found = enrolments.of_record(record_id, actor=actor)
    on_it = {each["path_id"] for each in found if each["state"] == "running"}
    return {
        "reach": reach_rows(reached, where, obstacles, reader),
        "enrolments": [_detail(each, request) for each in found],
        "may_start": [
            {"key": each.key, "name": dict(each.name)}
            for each in live_paths.taking_in()
            if each.path_id not in on_it
        ]
        if place.is_open
        else [],
        "may_change": org.access_of(actor).reach(LEAD, Verb.EDIT).covers(**where),
    }


@router.get("/nurture/messages", permission=READ, response=NurtureMessagePage)
def list_nurture_messages(
    request: HttpRequest, asked: Annotated[NurtureMessageQuery, Query()]
) -> Any:
    """Messages to leads, the newest first; the filters open every figure of a report."""
    wanted = messages.Asked(**asked.dict(exclude={"cursor", "limit"}))
    rows, following, count = messages.page(
        wanted, actor=actor_of(request), cursor=asked.cursor, limit=asked.limit
    )
    reader = _reader(request)
    return {
        "items": [reader.message(each) for each in rows],
        "next_cursor": following,
        "count": count,
    }


@router.get("/nurture/messages/{message_id}", permission=READ, response=NurtureMessageText)
def read_nurture_message(request: HttpRequest, message_id: IdIn) -> Any:
    """A message as it left."""
    row = messages.one(message_id, actor=actor_of(request))
    reader = _reader(request)
    shown = reader.message(row)
    said = row["said"]
    if said is None or shown["is_covered"]:
        return {**shown, "html": None, "text": ""}
    return {**shown, "html": _page(row, said), "text": said["text"]}


@router.post("/nurture/messages/{message_id}/resend", permission=MANAGE, response=NurtureMessage)
def resend_nurture_message(request: HttpRequest, message_id: IdIn) -> Any:
    """Send again what was given up, left out or never confirmed, with every check as before."""
    actor = actor_of(request)
    messages.one(message_id, actor=actor)
    actions.resend(message_id, actor=actor)
    return _reader(request).message(messages.one(message_id, actor=actor))


def _reader(request: HttpRequest) -> Reader:
    return Reader(Sight(actor_of(request)), problems.language_of(request))


def _detail(row: Mapping[str, Any], request: HttpRequest) -> dict[str, Any]:
    reader = _reader(request)
    actor = actor_of(request)
    found, _, _ = messages.page(messages.Asked(enrolment_id=row["id"]), actor=actor, limit=100)
    steps = enrolments.steps_of([row["id"]]).get(row["id"], ())
    return {
        **reader.enrolment(row),
        "steps": [reader.step(row["version_id"], each) for each in steps],
        "messages": [reader.message(each) for each in found],
    }


def _page(row: Mapping[str, Any], said: Mapping[str, Any]) -> str | None:
    if row["channel"] != "mail":
        return None
    return drawn(Parcel(Channel.MAIL, row["address"], row["title"], said, key="", out_url="#"))
