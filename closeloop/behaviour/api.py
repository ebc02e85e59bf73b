"""Behaviour: what pages and programs tell, signed links in mails, trails, sites."""

import base64
from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from ninja import Path, Query, Status

from closeloop.behaviour import (
    actions,
    bots,
    errors,
    intake,
    links,
    presenting,
    queries,
    retention,
    script,
    sites,
)
from closeloop.behaviour.actions import Act
from closeloop.behaviour.hearers import followers
from closeloop.behaviour.kinds import KINDS
from closeloop.behaviour.models import Site
from closeloop.behaviour.retention import Periods
from closeloop.behaviour.schemas import (
    BehaviourBatch,
    BehaviourQuery,
    BehaviourTaken,
    BehaviourTrail,
    RetentionIn,
    RetentionOut,
    SiteChange,
    SiteIn,
    SiteOut,
    TrackAnswer,
)
from closeloop.edge import problems, work
from closeloop.edge.router import PUBLIC, Router
from closeloop.identity.actor import SYSTEM
from closeloop.identity.queries import actor_of
from closeloop.org.access import Capability
from closeloop.records import queries as records

router = Router(tags=["behaviour"])
MANAGE = f"admin:{Capability.MANAGE_CAPTURE}|{Capability.MANAGE_SCORING}"
Key = Annotated[str, Path(max_length=40)]
Token = Annotated[str, Path(max_length=2000)]
RecordId = Annotated[int, Path(ge=1, lt=2**63)]
_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@router.get("/track/{key}.js", permission=PUBLIC, response={200: None})
def read_track_script(request: HttpRequest, key: Key) -> HttpResponse:
    """The script for a site's pages."""
    language = problems.language_of(request)
    answer = HttpResponse(
        script.script_of(sites.site(key), language), content_type="text/javascript; charset=utf-8"
    )
    answer["Cache-Control"] = "public, max-age=300"
    answer["Vary"] = "Accept-Language"
    return answer


@router.post(
    "/track/{key}",
    permission=PUBLIC,
    is_signed=True,
    keeps_answer=False,
    response={200: TrackAnswer, 204: None},
)
def track_behaviour(request: HttpRequest, key: Key) -> HttpResponse | Status[Any]:
    """What a page tells, as text so that it needs no leave in advance; robots are not kept."""
    site, origin = sites.site(key), request.headers.get("Origin", "")
    sites.require_origin(site, origin)
    if int(request.META.get("CONTENT_LENGTH") or 0) > intake.MOST_BYTES:
        raise errors.TrackUnreadable
    told = intake.read_page(request.body, received_at=timezone.now())
    if told is None:
        raise errors.TrackUnreadable
    answer = HttpResponse(status=204)
    if not bots.is_bot(request.headers.get("User-Agent", "")):
        visitor = actions.take_page(told, site=site)
        if visitor != told.visitor:
            answer = HttpResponse(f'{{"visitor":"{visitor}"}}', content_type="application/json")
    answer["Access-Control-Allow-Origin"] = origin
    answer["Vary"] = "Origin"
    return answer


@router.get("/track/open/{token}", permission=PUBLIC, response={200: None})
def track_mail_open(request: HttpRequest, token: Token) -> HttpResponse:
    """A picture of one pixel in a mail; that it was loaded is noted."""
    link = links.read_pixel(token)
    _note(request, link, "mail_open")
    answer = HttpResponse(_PIXEL, content_type="image/gif")
    answer["Cache-Control"] = "no-store"
    return answer


@router.get("/track/click/{token}", permission=PUBLIC, response={302: None})
def track_mail_click(request: HttpRequest, token: Token) -> HttpResponse:
    """A link in a mail: noted, then followed, with a signed word to our script of who comes."""
    link = links.read_click(token)
    _note(request, link, "mail_click")
    joint = "&" if "?" in link.url else "?"
    page, _, place = link.url.partition("#")
    person = f"{joint}{links.PERSON_PARAMETER}={links.person_token(link.record_id)}"
    return HttpResponseRedirect(page + person + (f"#{place}" if place else ""))


@router.post("/behaviour/events", permission=MANAGE, response=BehaviourTaken, direct=True)
def add_behaviour(request: HttpRequest, payload: BehaviourBatch) -> Any:
    """Keep up to 5,000 events of a program; what is no event is told by its place."""
    given, refused = intake.read_batch(payload.events, received_at=timezone.now())
    kept = actions.collect(given).kept
    return {
        "kept": kept,
        "refused": [{"index": index, "code": code} for index, code in refused],
    }


@router.get(
    "/records/{record_type}/{record_id}/behaviour",
    permission="record:read",
    response=BehaviourTrail,
)
def read_behaviour(
    request: HttpRequest,
    record_type: str,
    record_id: RecordId,
    asked: Annotated[BehaviourQuery, Query()],
) -> Any:
    """What the people of a record did, newest first."""
    actor = actor_of(request)
    records.visible_record(record_id, actor=actor, record_type=record_type, with_deleted=True)
    done, more = queries.trail_of(record_id, cursor=asked.cursor, limit=asked.limit)
    counts = [] if asked.cursor else queries.counts_of(record_id)
    return {
        "items": presenting.rows(done, problems.language_of(request)),
        "next_cursor": more,
        "counts": [
            {
                "kind": each.kind,
                "name": KINDS[each.kind].name,
                "count": each.count,
                "last_at": each.last_at,
            }
            for each in counts
        ],
    }


@router.get("/sites", permission=MANAGE, response=list[SiteOut])
def list_sites(request: HttpRequest) -> Any:
    """Every site whose pages may tell us what visitors do."""
    return [_site(site) for site in sites.all_sites().values()]


@router.post("/sites", permission=MANAGE, response={201: SiteOut})
def create_site(request: HttpRequest, payload: SiteIn) -> Any:
    """A new site."""
    values = payload.dict(exclude={"key"})
    return Status(201, _site(actions.create_site(payload.key, values, actor=actor_of(request))))


@router.patch("/sites/{key}", permission=MANAGE, response=SiteOut)
def change_site(request: HttpRequest, key: Key, payload: SiteChange) -> Any:
    """Change a site's addresses, consent, or switch it off."""
    given = payload.dict(exclude_unset=True)
    values = {name: value for name, value in given.items() if value is not None}
    return _site(actions.change_site(key, values, actor=actor_of(request)))


@router.get("/behaviour/retention", permission=MANAGE, response=RetentionOut)
def read_retention(request: HttpRequest) -> Any:
    """How long trails and the bodies of what was sent are kept."""
    return asdict(retention.current())


@router.put("/behaviour/retention", permission=MANAGE, response=RetentionOut)
def set_retention(request: HttpRequest, payload: RetentionIn) -> Any:
    """Say how long; what is older goes in the next night."""
    return asdict(actions.set_retention(Periods(**payload.dict()), actor=actor_of(request)))


def _note(request: HttpRequest, link: links.Link, kind: str) -> None:
    if not bots.is_bot(request.headers.get("User-Agent", "")):
        work.perform(lambda: _followed(link, kind))


def _followed(link: links.Link, kind: str) -> None:
    actions.note(link.record_id, [Act(kind, link.data)], actor=SYSTEM)
    followers.tell(kind, link.record_id, link.data)


def _site(site: Site) -> dict[str, Any]:
    names = ("key", "name", "origins", "is_active", "asks_consent", "respects_dnt", "consent_text")
    return {**{name: getattr(site, name) for name in names}, "snippet": script.snippet_of(site)}
