"""A form at its public address: the page, what people send, and the embeddable script."""

from collections.abc import Mapping

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from closeloop.capture import actions, errors, forms, queries
from closeloop.capture.actions import Arrival, Outcome
from closeloop.capture.adapters import bodies
from closeloop.capture.arrivals import Payload, Request, digest, storable
from closeloop.capture.kinds import Kind
from closeloop.capture.models import State
from closeloop.capture.pages import drawing, tickets
from closeloop.capture.pages.calls import as_request
from closeloop.capture.pages.drawing import HONEYPOT, Typed, Visit
from closeloop.edge import problems, work
from closeloop.engine.refusals import Refusal

OWN = frozenset({HONEYPOT, "_ticket", "_language", "_consent", "_visitor", "_charset_"})
MOST_IN_TIME, TIME_S = 30, 600
"""So many submissions of one form an address may send in ten minutes."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, token: str) -> HttpResponse:
    """The form's page, or what becomes of a filled one.

    There is no session that somebody else's page could misuse: the ticket stands for the page.
    """
    try:
        channel = queries.channel_by_token(token, kind=Kind.FORM)
        version = queries.current_form(channel)
        if version is None:
            raise errors.ChannelNotFound({"token": token})
    except Refusal as refusal:
        return problems.answer(request, refusal)
    asked = request.GET.get("lang", "")
    language = asked if asked in forms.LANGUAGES else problems.language_of(request)
    visit = Visit(request, channel, version, language)
    return _sent(visit) if request.method == "POST" else drawing.page(visit)


@require_GET
def script(request: HttpRequest, token: str) -> HttpResponse:
    """The embeddable script: puts the form into a page of the company's own site."""
    address = f"{settings.PUBLIC_URL}/f/{token}"
    told = render_to_string("capture/embed.js", {"address": address})
    answer = HttpResponse(told, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=300"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _sent(visit: Visit) -> HttpResponse:
    call, oversize = as_request(visit.request)
    if oversize:
        return _refused(visit, actions.refuse_oversize(visit.channel.token, call, oversize))
    if _is_too_much(visit, call.address):
        return _refused(visit, errors.TooMany())
    try:
        given = bodies.form_of(call.body, call.content_type)
    except bodies.Unreadable as error:
        unread = Payload(key=f"body:{digest(call.body)}", reasons=[error.reason])
        _take(visit, unread, call)
        notice = visit.say(f"value.{error.code}", error.data)
        return drawing.page(visit, notice=notice, status=400)
    visit = visit.speaking(given.get("_language"))
    try:
        key, spam = _key_of(visit, given, call.body)
    except tickets.TicketWrong:
        notice = visit.say("form_page_old")
        return drawing.page(visit, Typed(given), notice=notice, status=409)
    outcome = _take(visit, _payload(visit, given, key), call, spam=spam)
    return _after(visit, given, outcome)


def _after(visit: Visit, given: Mapping[str, str], outcome: Outcome) -> HttpResponse:
    """Thanks; or the page again with what is to be mended, under the same ticket."""
    wrong = {
        str(each["field"]): visit.say(f"value.{each['code']}", each)
        for each in outcome.reasons
        if each.get("field")
    }
    nobody = any(each.get("code") == "nobody_to_reach" for each in outcome.reasons)
    if outcome.state != State.QUARANTINED or not (wrong or nobody):
        return drawing.thanks(visit)
    notice = visit.say("value.nobody_to_reach" if nobody else "form_please_mend")
    typed = Typed(given, wrong, ticket=given.get("_ticket", ""))
    return drawing.page(visit, typed, notice=notice, status=422)


def _take(visit: Visit, payload: Payload, call: Request, *, spam: str = "") -> Outcome:
    arrival = Arrival(
        payload=payload,
        raw=call.body,
        content_type=call.content_type,
        address=call.address,
        form_version=visit.version,
        is_spam=spam,
    )
    return work.perform(lambda: actions.take(visit.channel, arrival))


def _payload(visit: Visit, given: Mapping[str, str], key: str) -> Payload:
    definition = visit.version.definition
    asked = {each["key"] for each in definition["fields"]}
    consent = definition.get("consent")
    agreed = given.get("_consent") == "yes"
    is_missing = bool(consent and consent.get("required") and not agreed)
    told = None
    if consent and agreed:
        told = {
            "form_version": visit.version.number,
            "text": forms.in_language(consent["text"], visit.language),
            "language": visit.language,
            "at": timezone.now().isoformat(),
        }
    return Payload(
        key=key,
        values={name: value for name, value in given.items() if name in asked and value.strip()},
        rest=storable({name: value for name, value in given.items() if name not in asked | OWN}),
        consent=told,
        visitor=given.get("_visitor", "")[:100],
        reasons=[{"field": "_consent", "code": "consent_needed"}] if is_missing else (),
    )


def _key_of(visit: Visit, given: Mapping[str, str], body: bytes) -> tuple[str, str]:
    """The submission's key, and why it looks like spam; raises TicketWrong."""
    spam = "honeypot_filled" if given.get(HONEYPOT) else ""
    text = given.get("_ticket", "")
    if not text and visit.channel.settings.get("allows_plain_posts"):
        day = timezone.localdate().isoformat()
        return f"plain:{day}:{digest(body)}", spam
    ticket = tickets.read(text, visit.channel.token, now_s=timezone.now().timestamp())
    is_fast = ticket.age_s < tickets.FASTEST_S
    return f"ticket:{ticket.number}", spam or ("too_fast" if is_fast else "")


def _refused(visit: Visit, refusal: Refusal) -> HttpResponse:
    work.settle(refusal)
    notice = visit.say(refusal.code, refusal.data)
    return drawing.page(visit, notice=notice, status=problems.STATUS[refusal.kind])


def _is_too_much(visit: Visit, address: str) -> bool:
    key = f"capture.form:{visit.channel.pk}:{address}"
    cache.add(key, 0, timeout=TIME_S)
    try:
        return cache.incr(key) > MOST_IN_TIME
    except ValueError:
        return False
