"""The page on which somebody unsubscribes, and the one click of mail programs (RFC 8058)."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.crypto import get_random_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from closeloop.edge import messages, problems, work
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import SYSTEM
from closeloop.nurture import actions, composing, tokens
from closeloop.nurture.models import Suppression
from closeloop.nurture.queries.reach import masked
from closeloop.nurture.templates import LANGUAGES
from closeloop.nurture.tokens import Out

ONE_CLICK = "One-Click"
_POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask what is not wanted any more, and keep to it.

    Reading the page changes nothing: mail scanners follow links. The signed address stands for the
    person, so there is no session that somebody else's page could misuse.
    """
    try:
        out = tokens.read_out(token)
    except Refusal as refusal:
        return problems.answer(request, refusal)
    if request.method != "POST":
        return _page(request, out)
    is_one_click = request.POST.get("List-Unsubscribe") == ONE_CLICK
    is_all = request.POST.get("which") == "all"
    source = Suppression.Source.ONE_CLICK if is_one_click else Suppression.Source.PAGE
    work.perform(
        lambda: actions.suppress(
            out.channel,
            out.person,
            source=source,
            is_all=is_all,
            record_id=out.record_id,
            actor=SYSTEM,
        )
    )
    if is_one_click:
        return HttpResponse(status=200)
    return _page(request, out, done="all" if is_all else "this")


def _page(request: HttpRequest, out: Out, *, done: str = "") -> HttpResponse:
    asked = request.GET.get("lang", "")
    language = asked if asked in LANGUAGES else problems.language_of(request)
    channel = messages.say(f"nurture.channel.{out.channel}", language)
    what = messages.say("nurture.out.everything", language) if done == "all" else channel

    def say(code: str) -> str:
        words = {"channel": channel, "what": what, "address": masked(out.channel, out.person)}
        return messages.say(f"nurture.out.{code}", language, words)

    nonce = get_random_string(24)
    names = ("title", "ask", "this", "all", "confirm", "done", "about")
    told = render_to_string(
        "nurture/out.html",
        {
            "words": {name: say(name) for name in names},
            "language": language,
            "other": next(each for each in LANGUAGES if each != language),
            "company": composing.our_company(),
            "is_done": bool(done),
            "nonce": nonce,
        },
    )
    answer = HttpResponse(told)
    answer["Content-Security-Policy"] = _POLICY.format(nonce=nonce)
    answer["Cache-Control"] = "no-store"
    answer["Content-Language"] = language
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
