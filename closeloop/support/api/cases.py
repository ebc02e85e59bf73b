"""Cases over HTTP: boxes, asking, helping, judging, handing on, documents."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import File, Query, Status, UploadedFile

from closeloop.edge import etags, problems
from closeloop.edge.problems import Problem
from closeloop.edge.router import SIGNED_IN
from closeloop.files import answers
from closeloop.files.api import bytes_answer
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.records import queries as records
from closeloop.support import actions, choosing, errors, presenting, queries, sentences, setups
from closeloop.support.actions import NewCase
from closeloop.support.api.routes import router
from closeloop.support.models import CaseState
from closeloop.support.schemas import (
    Id,
    SupportAssigning,
    SupportCaseIn,
    SupportCaseOut,
    SupportCasePage,
    SupportCaseQuery,
    SupportFile,
    SupportHelpIn,
    SupportOptions,
    SupportOwnerOut,
    SupportOwnerQuery,
    SupportSaying,
)

_STATES = {"ongoing": (CaseState.OPEN, CaseState.SUPPORTED), "any": ()}


@router.get("/support/options", permission=SIGNED_IN, response=SupportOptions)
def read_support_options(request: HttpRequest) -> dict[str, Any]:
    """The kinds of problems and of help."""
    live = setups.current()
    return {
        "version": live.number,
        "kinds": [{"key": each.key, "name": each.name} for each in live.kinds.values()],
        "helps": [
            {
                "key": each.key,
                "name": each.name,
                "is_substantive": each.is_substantive,
                "needs_text": each.needs_text,
            }
            for each in live.helps.values()
        ],
    }


@router.get("/support/cases", permission=SIGNED_IN, response=SupportCasePage)
def list_support_cases(request: HttpRequest, asked: Query[SupportCaseQuery]) -> dict[str, Any]:
    """Cases of a box or about a record; open ones first, the soonest due first."""
    actor = actor_of(request)
    if asked.record_id is not None:
        records.visible_record(asked.record_id, actor=actor)
        found = queries.cases_of_record(asked.record_id)
    else:
        found = queries.cases_in(asked.box, actor=actor)
    page, more = queries.page_of(
        found,
        states=_STATES.get(asked.state, (asked.state,)),
        kind=asked.kind,
        cursor=asked.cursor,
        limit=asked.limit,
    )
    return {"items": presenting.rows(page, actor=actor), "next_cursor": more}


@router.get("/support/owner", permission=SIGNED_IN, response=SupportOwnerOut)
def read_support_owner(request: HttpRequest, asked: Query[SupportOwnerQuery]) -> dict[str, Any]:
    """Who would be asked about a problem now, and why."""
    actor = actor_of(request)
    if asked.kind not in setups.current().kinds:
        raise errors.CaseInvalid({"errors": [{"field": "kind", "code": "unknown_choice"}]})
    about = asked.record_id or asked.customer_id
    unit_id = records.visible_record(about, actor=actor).unit_id if about else None
    chosen = choosing.choose(
        kind=asked.kind,
        unit_id=unit_id or org.home_unit_of(actor.person_id),
        requester_id=actor.person_id,
        at=timezone.now(),
    )
    kind = presenting.kind_of(asked.kind)["name"]
    language = problems.language_of(request)
    return {
        "owner": presenting.named(chosen.owner_id),
        "why": sentences.why(chosen.why, kind, language),
    }


@router.post("/support/cases", permission=SIGNED_IN, response={201: SupportCaseOut})
def open_support_case(request: HttpRequest, payload: SupportCaseIn) -> Status[dict[str, Any]]:
    """Ask for help with a problem; sent twice under one client id it is one case."""
    actor = actor_of(request)
    for about in (payload.record_id, payload.customer_id):
        if about is not None:
            records.visible_record(about, actor=actor)
    new = NewCase(
        kind=payload.kind,
        what=payload.what,
        requester_id=actor.person_id,
        record_id=payload.record_id,
        customer_id=payload.customer_id,
        client_id=payload.client_id,
        origin={"via": payload.via},
    )
    return Status(201, _shown(actions.open_new(new, actor=actor).pk, request))


@router.get("/support/cases/{support_id}", permission=SIGNED_IN, response=SupportCaseOut)
def read_support_case(request: HttpRequest, support_id: Id) -> dict[str, Any]:
    """One case."""
    return _shown(support_id, request)


@router.post("/support/cases/{support_id}/help", permission=SIGNED_IN, response=SupportCaseOut)
def give_support(request: HttpRequest, support_id: Id, payload: SupportHelpIn) -> dict[str, Any]:
    """Help; substantive help stops the clock (If-Match: the case's version)."""
    return _turned(
        request,
        support_id,
        actions.give_support,
        kind=payload.kind,
        text=payload.text,
        file_ids=payload.file_ids,
    )


@router.post("/support/cases/{support_id}/confirm", permission=SIGNED_IN, response=SupportCaseOut)
def confirm_support(request: HttpRequest, support_id: Id) -> dict[str, Any]:
    """Say that the help was help (If-Match)."""
    return _turned(request, support_id, actions.confirm_support)


@router.post("/support/cases/{support_id}/reopen", permission=SIGNED_IN, response=SupportCaseOut)
def reopen_support_case(
    request: HttpRequest, support_id: Id, payload: SupportSaying
) -> dict[str, Any]:
    """Turn the help down, saying what is missing (If-Match)."""
    return _turned(request, support_id, actions.reopen_case, note=payload.note)


@router.post("/support/cases/{support_id}/withdraw", permission=SIGNED_IN, response=SupportCaseOut)
def withdraw_support_case(
    request: HttpRequest, support_id: Id, payload: SupportSaying
) -> dict[str, Any]:
    """Take the case back, saying why (If-Match)."""
    return _turned(request, support_id, actions.withdraw_case, note=payload.note)


@router.post("/support/cases/{support_id}/owner", permission=SIGNED_IN, response=SupportCaseOut)
def assign_support_case(
    request: HttpRequest, support_id: Id, payload: SupportAssigning
) -> dict[str, Any]:
    """Give the case to somebody else; its time goes on (If-Match)."""
    return _turned(
        request, support_id, actions.reassign_case, to_id=payload.owner_id, note=payload.note
    )


@router.post("/support/cases/{support_id}/files", permission=SIGNED_IN, response={201: SupportFile})
def add_support_file(
    request: HttpRequest, support_id: Id, file: File[UploadedFile]
) -> Status[dict[str, Any]]:
    """Add a document, of the problem or of help that is given next."""
    actor = actor_of(request)
    queries.visible_case(support_id, actor=actor)
    return Status(201, presenting.file_row(actions.add_file(support_id, file, actor=actor)))


@router.delete(
    "/support/cases/{support_id}/files/{document}", permission=SIGNED_IN, response={204: None}
)
def remove_support_file(request: HttpRequest, support_id: Id, document: Id) -> Status[None]:
    """Take one's own document back while no help holds it."""
    actor = actor_of(request)
    queries.visible_case(support_id, actor=actor)
    actions.remove_file(support_id, document, actor=actor)
    return Status(204, None)


@router.get(
    "/support/files/{document}/content",
    permission=SIGNED_IN,
    response={404: Problem},
    openapi_extra=bytes_answer(200, 206),
)
def support_file_content(request: HttpRequest, document: Id) -> HttpResponseBase:
    """A document of a case."""
    found = queries.visible_file(document, actor=actor_of(request))
    return answers.content(found.attachment, request=request)


@router.get(
    "/support/files/{document}/thumbnail",
    permission=SIGNED_IN,
    response={404: Problem},
    openapi_extra=bytes_answer(200),
)
def support_file_thumbnail(request: HttpRequest, document: Id) -> HttpResponseBase:
    """A picture's small form."""
    found = queries.visible_file(document, actor=actor_of(request))
    if not found.attachment.thumbnail_as:
        raise errors.CaseNotFound({"id": document})
    return answers.thumbnail(found.attachment)


def _turned(
    request: HttpRequest, support_id: int, turn: Callable[..., object], **said: object
) -> dict[str, Any]:
    """Take a case in reach further from the version that was read, and show it.

    Whoever hands a case on may read it no more afterwards, but sees what became of it once.
    """
    actor = actor_of(request)
    queries.visible_case(support_id, actor=actor)
    turn(support_id, **said, version=etags.required_version(request), actor=actor)
    case = queries.whole_case(support_id)
    return presenting.whole(case, actor=actor, language=problems.language_of(request))


def _shown(support_id: int, request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    case = queries.visible_case(support_id, actor=actor)
    return presenting.whole(case, actor=actor, language=problems.language_of(request))
