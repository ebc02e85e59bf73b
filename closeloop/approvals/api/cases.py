"""Cases: the inbox, one case, and everything that people do with it."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Status

from closeloop.approvals import actions, presenting, queries
from closeloop.approvals.actions import Answer, NewCase
from closeloop.approvals.api.routing import CaseId, router
from closeloop.approvals.models import Case
from closeloop.approvals.schemas import cases as schemas
from closeloop.edge import cursors, messages, problems
from closeloop.edge.router import SIGNED_IN
from closeloop.identity.queries import actor_of
from closeloop.records import queries as records


@router.get("/approvals", permission=SIGNED_IN, response=schemas.CasePage)
def list_approvals(
    request: HttpRequest,
    box: Annotated[Literal["todo", "done", "mine", "copied"], Query()] = "todo",
    q: Annotated[str, Query(max_length=200)] = "",
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Any:
    """A box of one's own inbox, newest first."""
    actor = actor_of(request)
    found = queries.box(box, actor=actor, q=q, cursor=cursor, limit=limit)
    shown = found[:limit]
    more = cursors.encode(shown[-1].pk) if len(found) > limit else None
    return {"items": presenting.briefs(shown, actor), "next_cursor": more}


@router.get("/approvals/count", permission=SIGNED_IN, response=schemas.CaseCount)
def count_approvals(request: HttpRequest) -> Any:
    """What waits for the reader, for a badge."""
    return queries.counts(actor_of(request))


@router.get(
    "/records/{record_type}/{record_id}/approvals",
    permission="record:read",
    response=list[schemas.CaseBrief],
)
def list_record_approvals(request: HttpRequest, record_type: str, record_id: CaseId) -> Any:
    """Every approval about a record, newest first."""
    actor = actor_of(request)
    records.visible_record(record_id, record_type=record_type, actor=actor)
    return presenting.briefs(queries.of_record(record_id), actor)


@router.post("/approvals", permission=SIGNED_IN, response={201: schemas.CaseOut})
def open_approval(request: HttpRequest, payload: schemas.CaseIn) -> Any:
    """Ask for an approval by hand; the first people are asked at once."""
    opened = actions.open_case(
        NewCase(
            flow_key=payload.flow,
            record_id=payload.record_id,
            record_type=payload.record_type or "",
            title=payload.title,
            chosen=payload.chosen,
            form=payload.form,
            comment=payload.comment,
            file_ids=payload.files,
        ),
        actor=actor_of(request),
    )
    return Status(201, _shown(request, opened))


@router.post("/approvals/batch", permission=SIGNED_IN, response=schemas.BatchOut)
def agree_to_many(request: HttpRequest, payload: schemas.BatchIn) -> Any:
    """Agree to several at once, where their flows allow it; each is judged by itself."""
    done = actions.agree_many(payload.ids, comment=payload.comment, actor=actor_of(request))
    language = problems.language_of(request)
    return {
        "done": done.done,
        "refused": [
            {
                "id": case_id,
                "title": title,
                "code": refusal.code,
                "detail": messages.say(refusal.code, language, refusal.data),
            }
            for case_id, title, refusal in done.refused
        ],
    }


@router.get("/approvals/{case_id}", permission=SIGNED_IN, response=schemas.CaseOut)
def read_approval(request: HttpRequest, case_id: CaseId) -> Any:
    """One case: form, path, answers, and what the reader may do."""
    return _shown(request, queries.visible_case(case_id, actor=actor_of(request)))


@router.post("/approvals/{case_id}/seen", permission=SIGNED_IN, response={204: None})
def see_approval(request: HttpRequest, case_id: CaseId) -> Any:
    """Note that the reader has seen it."""
    actions.see(case_id, actor=actor_of(request))
    return Status(204, None)


@router.post("/approvals/{case_id}/agree", permission=SIGNED_IN, response=schemas.CaseOut)
def agree_approval(request: HttpRequest, case_id: CaseId, payload: schemas.AnswerIn) -> Any:
    """Agree."""
    return _shown(request, actions.agree(case_id, _answer(payload), actor=actor_of(request)))


@router.post("/approvals/{case_id}/refuse", permission=SIGNED_IN, response=schemas.CaseOut)
def refuse_approval(request: HttpRequest, case_id: CaseId, payload: schemas.AnswerIn) -> Any:
    """Refuse, with a reason."""
    return _shown(request, actions.refuse(case_id, _answer(payload), actor=actor_of(request)))


@router.post("/approvals/{case_id}/return", permission=SIGNED_IN, response=schemas.CaseOut)
def return_approval(request: HttpRequest, case_id: CaseId, payload: schemas.ReturnIn) -> Any:
    """Return it to the requester, or to a step that it has passed."""
    actor = actor_of(request)
    answer = _answer(payload)
    back = actions.send_back(case_id, answer, to_node=payload.to_node, actor=actor)
    return _shown(request, back)


@router.post("/approvals/{case_id}/transfer", permission=SIGNED_IN, response=schemas.CaseOut)
def transfer_approval(request: HttpRequest, case_id: CaseId, payload: schemas.TransferIn) -> Any:
    """Have somebody else decide instead."""
    answer = Answer(comment=payload.comment, ask_id=payload.ask_id, file_ids=payload.files)
    moved = actions.transfer(case_id, answer, to=payload.to, actor=actor_of(request))
    return _shown(request, moved)


@router.post("/approvals/{case_id}/add-signer", permission=SIGNED_IN, response=schemas.CaseOut)
def add_signer(request: HttpRequest, case_id: CaseId, payload: schemas.SignerIn) -> Any:
    """Have somebody sign before or after oneself."""
    changed = actions.add_signer(
        case_id,
        Answer(comment=payload.comment, ask_id=payload.ask_id, file_ids=payload.files),
        person=payload.person,
        is_before=payload.place == "before",
        actor=actor_of(request),
    )
    return _shown(request, changed)


@router.post("/approvals/{case_id}/take-over", permission=SIGNED_IN, response=schemas.CaseOut)
def take_over_approval(request: HttpRequest, case_id: CaseId, payload: schemas.TakeOverIn) -> Any:
    """Answer in the place of somebody below oneself; from then on the reader is asked."""
    taken = actions.take_over(
        case_id,
        ask_id=payload.ask_id,
        comment=payload.comment,
        file_ids=payload.files,
        actor=actor_of(request),
    )
    return _shown(request, taken)


@router.post("/approvals/{case_id}/withdraw", permission=SIGNED_IN, response=schemas.CaseOut)
def withdraw_approval(request: HttpRequest, case_id: CaseId, payload: schemas.CaseCommentIn) -> Any:
    """Take one's own request back."""
    taken_back = actions.withdraw(
        case_id, comment=payload.comment, file_ids=payload.files, actor=actor_of(request)
    )
    return _shown(request, taken_back)


@router.post("/approvals/{case_id}/resubmit", permission=SIGNED_IN, response=schemas.CaseOut)
def resubmit_approval(request: HttpRequest, case_id: CaseId, payload: schemas.ResubmitIn) -> Any:
    """Send again what was returned."""
    sent = actions.resubmit(
        case_id,
        form=payload.form,
        comment=payload.comment,
        file_ids=payload.files,
        actor=actor_of(request),
    )
    return _shown(request, sent)


@router.post("/approvals/{case_id}/urge", permission=SIGNED_IN, response=schemas.CaseOut)
def urge_approval(request: HttpRequest, case_id: CaseId, payload: schemas.CaseCommentIn) -> Any:
    """Remind whoever is asked now; once an hour."""
    urged = actions.urge(
        case_id, comment=payload.comment, file_ids=payload.files, actor=actor_of(request)
    )
    return _shown(request, urged)


def _answer(payload: schemas.AnswerIn) -> Answer:
    return Answer(
        comment=payload.comment, ask_id=payload.ask_id, form=payload.form, file_ids=payload.files
    )


def _shown(request: HttpRequest, case: Case) -> dict[str, Any]:
    page = presenting.case_page(queries.whole_case(case.pk), actor_of(request))
    if page["outcome"] is not None:
        outcome = page["outcome"]
        language = problems.language_of(request)
        detail = messages.say(outcome["code"], language, outcome["data"]) if outcome["code"] else ""
        page["outcome"] = {**outcome, "detail": detail}
    return page
