"""Taking calls: check them, read them, take in what they bring; keep what was refused."""

from collections.abc import Mapping

from django.core.cache import cache
from django.db.models.functions import Now

from closeloop.capture import errors, queries
from closeloop.capture.actions.intake import Arrival, Outcome, take
from closeloop.capture.adapters import READERS
from closeloop.capture.arrivals import Call, Request, Stale, Untrusted, digest
from closeloop.capture.models import Channel, State, Submission
from closeloop.edge import work
from closeloop.engine.refusals import Refusal

LARGEST_BYTES = 1024 * 1024
KEPT_REFUSALS = 60
"""So many refused calls of a channel are kept an hour, so that knocking does not fill the table."""
KEPT_BYTES = 256 * 1024
HOUR_S = 3600


def receive(token: str, request: Request, *, kinds: frozenset[str]) -> tuple[Call, list[Outcome]]:
    """Take in what a call brings, each payload once; gives the call and what became of it.

    Raises ChannelNotFound, CallUntrusted, CallStale, NonceUsed, BodyTooLarge. What was refused
    although it named a channel is kept after the rollback: a wrong secret must not cost a lead.
    """
    channel = queries.channel_by_token(token)
    if channel.kind not in kinds:
        raise errors.ChannelNotFound({"token": token[:40]})
    if len(request.body) > LARGEST_BYTES:
        raise too_large(channel, request, len(request.body))
    setup = queries.setup_of(channel)
    try:
        call = READERS[channel.kind].read(request, setup)
    except Untrusted as error:
        refusal = errors.CallUntrusted({"why": str(error)})
        raise _kept(refusal, channel, request, "signature_wrong") from None
    except Stale:
        raise _kept(errors.CallStale(), channel, request, "stale") from None
    outcomes = [
        take(
            channel,
            Arrival(payload, request.body, request.content_type, request.address),
        )
        for payload in call.payloads
    ]
    return call, outcomes


def refuse_oversize(token: str, request: Request, size: int) -> Refusal:
    """The refusal of a body that was not read because it is too large; it is noted, without body.

    Raises ChannelNotFound.
    """
    return too_large(queries.channel_by_token(token), request, size)


def too_large(channel: Channel, request: Request, size: int) -> Refusal:
    """The refusal of a body that is too large."""
    refusal = errors.BodyTooLarge({"limit": LARGEST_BYTES, "size": size})
    return _kept(refusal, channel, request, "too_large", size=size)


def _kept(
    refusal: Refusal, channel: Channel, request: Request, code: str, size: int | None = None
) -> Refusal:
    """The refusal; once the work is rolled back, what was refused is kept for a look."""

    def keep() -> None:
        if not _is_within_limit(channel):
            return
        body = b"" if size is not None else request.body[:KEPT_BYTES]
        facts: Mapping[str, object] = {"code": code, "size": size or len(request.body)}
        key = f"refused:{code}:{digest(body + str(size or '').encode())}"
        Submission.objects.update_or_create(
            channel=channel,
            key=key,
            defaults={
                "digest": digest(body),
                "address": request.address,
                "content_type": request.content_type[:200],
                "raw": body,
                "state": State.REFUSED,
                "reasons": [{"field": "", **facts}],
                "at": Now(),
            },
        )
        Channel.objects.filter(pk=channel.pk).update(received_at=Now())

    return work.with_aftermath(refusal, keep)


def _is_within_limit(channel: Channel) -> bool:
    key = f"capture.refused:{channel.pk}"
    cache.add(key, 0, timeout=HOUR_S)
    try:
        return cache.incr(key) <= KEPT_REFUSALS
    except ValueError:
        return True
