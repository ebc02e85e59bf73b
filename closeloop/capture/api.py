"""Channels, forms, what waits; and the public addresses that senders call."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Schema, Status
from pydantic import Field

from closeloop.capture import actions, presenting, queries, schemas
from closeloop.capture.actions import ChannelGiven, Outcome
from closeloop.capture.kinds import Kind
from closeloop.capture.pages.calls import as_request
from closeloop.edge.problems import language_of
from closeloop.edge.router import PUBLIC, Router
from closeloop.identity.queries import actor_of
from closeloop.org.access import Capability
from closeloop.records import queries as records

router = Router(tags=["capture"])
MANAGE = f"admin:{Capability.MANAGE_CAPTURE}"
Id = Annotated[int, Path(ge=1, lt=2**63)]
Token = Annotated[str, Path(max_length=60)]
SIGNED = frozenset({Kind.WEBHOOK.value})
BY_MAIL = frozenset({Kind.MAIL.value})
BY_PLATFORM = frozenset(
    {
        Kind.WECHAT_OFFICIAL.value,
        Kind.WECOM_CONTACT.value,
        Kind.OCEAN_ENGINE.value,
        Kind.BAIDU.value,
        Kind.TENCENT_ADS.value,
    }
)


class SubmissionQuery(Schema):
    """Which part of what came."""

    state: schemas.StateKey | None = None
    channel: int | None = Field(None, ge=1, lt=2**63)
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(30, ge=1, le=100)


@router.get("/capture/channels", permission=MANAGE, response=list[schemas.CaptureChannel])
def list_capture_channels(request: HttpRequest) -> Any:
    """Every channel with what became of what it brought."""
    return presenting.channels(list(queries.channels()))


@router.post(
    "/capture/channels",
    permission=MANAGE,
    keeps_answer=False,
    response={201: schemas.CaptureChannelMade},
)
def create_capture_channel(
    request: HttpRequest, payload: schemas.NewCaptureChannel
) -> Status[dict[str, Any]]:
    """Make a channel; the secret made for it is shown this once."""
    given = _given(payload, payload.kind)
    row, secret = actions.create_channel(given, actor=actor_of(request))
    shown = presenting.channel(queries.channel(row.pk))
    return Status(201, {**shown, "secret": secret})


@router.get("/capture/channels/{channel_id}", permission=MANAGE, response=schemas.CaptureChannel)
def read_capture_channel(request: HttpRequest, channel_id: Id) -> Any:
    """One channel."""
    return presenting.channel(queries.channel(channel_id))


@router.put(
    "/capture/channels/{channel_id}",
    permission=MANAGE,
    keeps_answer=False,
    response=schemas.CaptureChannel,
)
def change_capture_channel(
    request: HttpRequest, channel_id: Id, payload: schemas.CaptureChannelIn
) -> Any:
    """Set up a channel anew."""
    kind = queries.channel(channel_id).kind
    actions.change_channel(channel_id, _given(payload, kind), actor=actor_of(request))
    return presenting.channel(queries.channel(channel_id))


@router.post(
    "/capture/channels/{channel_id}/secret",
    permission=MANAGE,
    keeps_answer=False,
    response=schemas.CaptureSecret,
)
def rotate_capture_secret(request: HttpRequest, channel_id: Id) -> Any:
    """Make a new secret in the place of the old one; it is shown this once."""
    return {"secret": actions.rotate_secret(channel_id, actor=actor_of(request))}


@router.get("/capture/channels/{channel_id}/form", permission=MANAGE, response=schemas.FormState)
def read_form(request: HttpRequest, channel_id: Id) -> Any:
    """A form as its builder shows it."""
    return presenting.form(queries.form_channel(channel_id), language=language_of(request))


@router.put("/capture/channels/{channel_id}/form", permission=MANAGE, response=schemas.FormState)
def save_form_draft(request: HttpRequest, channel_id: Id, payload: schemas.FormDefinition) -> Any:
    """Keep a form as it is being built."""
    row = actions.save_draft(channel_id, payload.dict(exclude_none=True), actor=actor_of(request))
    return presenting.form(row, language=language_of(request))


@router.post(
    "/capture/channels/{channel_id}/form/publish", permission=MANAGE, response=schemas.FormState
)
def publish_form(request: HttpRequest, channel_id: Id) -> Any:
    """Publish the draft as the next version."""
    actions.publish_form(channel_id, actor=actor_of(request))
    return presenting.form(queries.form_channel(channel_id), language=language_of(request))


@router.get("/capture/channels/{channel_id}/qr", permission=MANAGE, response={200: None})
def read_channel_code(request: HttpRequest, channel_id: Id) -> HttpResponse:
    """The channel's address as a QR code (SVG)."""
    drawn = presenting.code(queries.channel(channel_id))
    answer = HttpResponse(drawn, content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return answer


@router.get("/capture/submissions", permission=MANAGE, response=schemas.SubmissionPage)
def list_submissions(request: HttpRequest, asked: Annotated[SubmissionQuery, Query()]) -> Any:
    """What came, the newest first; without a state, what waits for somebody."""
    rows, more = queries.submissions(
        state=asked.state or "waiting",
        channel_id=asked.channel,
        cursor=asked.cursor,
        limit=asked.limit,
    )
    shown = presenting.submissions(rows, actor=actor_of(request), language=language_of(request))
    return {"items": shown, "next_cursor": more, "waiting": queries.waiting_count()}


@router.get(
    "/capture/submissions/{submission_id}", permission=MANAGE, response=schemas.SubmissionDetail
)
def read_submission(request: HttpRequest, submission_id: Id) -> Any:
    """Something that came, with its body."""
    row = queries.submission(submission_id)
    return presenting.submission(row, actor=actor_of(request), language=language_of(request))


@router.post(
    "/capture/submissions/{submission_id}/retry",
    permission=MANAGE,
    response=schemas.CaptureOutcome,
)
def retry_submission(request: HttpRequest, submission_id: Id, payload: schemas.Mended) -> Any:
    """Try once more, with mended values or with the channel's present mapping."""
    found = actions.retry(submission_id, values=payload.values, actor=actor_of(request))
    return presenting.outcome(found, language=language_of(request))


@router.post(
    "/capture/submissions/{submission_id}/discard", permission=MANAGE, response={204: None}
)
def discard_submission(request: HttpRequest, submission_id: Id) -> Status[None]:
    """Throw away something that is no lead."""
    actions.discard(submission_id, actor=actor_of(request))
    return Status(204, None)


@router.get(
    "/leads/{lead_id}/touches",
    permission="record:read:lead",
    response=list[schemas.SubmissionOut],
)
def list_touches(request: HttpRequest, lead_id: Id) -> Any:
    """What the person of a lead sent, through which channel, and what differed."""
    actor = actor_of(request)
    records.visible_record(lead_id, actor=actor, record_type="lead")
    rows = queries.touches_of(lead_id)
    return presenting.submissions(rows, actor=actor, language=language_of(request))


@router.get(
    "/leads/{lead_id}/derived",
    permission="record:read:lead",
    response=list[schemas.CaptureDerived],
)
def list_derived_values(request: HttpRequest, lead_id: Id) -> Any:
    """What a lead has that nobody gave and no submission brought, and what it was taken from."""
    actor = actor_of(request)
    record = records.visible_record(lead_id, actor=actor, record_type="lead")
    return presenting.derived_of(record, actor=actor, language=language_of(request))


@router.post(
    "/capture/webhook/{token}",
    permission=PUBLIC,
    is_signed=True,
    keeps_answer=False,
    response={200: list[schemas.CaptureOutcome], 202: list[schemas.CaptureOutcome]},
)
def take_webhook(request: HttpRequest, token: Token) -> Any:
    """Leads from another system; signed. 202: something waits for somebody to mend it."""
    return _told(request, _received(request, token, SIGNED)[1])


@router.post(
    "/capture/mail/{token}",
    permission=PUBLIC,
    is_signed=True,
    keeps_answer=False,
    response={200: list[schemas.CaptureOutcome], 202: list[schemas.CaptureOutcome]},
)
def take_mail(request: HttpRequest, token: Token) -> Any:
    """A mail as raw MIME, handed over by a mail server; signed like a webhook."""
    return _told(request, _received(request, token, BY_MAIL)[1])


@router.get("/capture/callbacks/{token}", permission=PUBLIC, response={200: None})
def verify_capture_callback(request: HttpRequest, token: Token) -> HttpResponse:
    """A platform verifies this address; signed."""
    return _answered(request, token)


@router.post(
    "/capture/callbacks/{token}",
    permission=PUBLIC,
    is_signed=True,
    keeps_answer=False,
    response={200: None},
)
def take_capture_callback(request: HttpRequest, token: Token) -> HttpResponse:
    """Leads from WeChat, WeCom and advertising platforms; checked as each documents."""
    return _answered(request, token)


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    call, _ = _received(request, token, BY_PLATFORM)
    return HttpResponse(call.answer, content_type=call.content_type)


def _received(request: HttpRequest, token: str, kinds: frozenset[str]) -> Any:
    call, oversize = as_request(request)
    if oversize:
        raise actions.refuse_oversize(token, call, oversize)
    return actions.receive(token, call, kinds=kinds)


def _told(request: HttpRequest, outcomes: list[Outcome]) -> Status[list[dict[str, Any]]]:
    language = language_of(request)
    waits = any(each.state == "quarantined" for each in outcomes)
    told = [presenting.outcome(each, language=language) for each in outcomes]
    return Status(202 if waits else 200, told)


def _given(payload: schemas.CaptureChannelIn, kind: str) -> ChannelGiven:
    return ChannelGiven(
        kind=kind,
        name={str(key): text for key, text in payload.name.items()},
        source=payload.source,
        unit_id=payload.unit,
        owner_id=payload.owner,
        is_on=payload.is_on,
        settings=payload.settings,
        mapping=payload.mapping,
        sets=payload.sets,
        secrets=payload.secrets,
    )
