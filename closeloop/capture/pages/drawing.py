"""Drawing a form's page, with what was typed and what is wrong about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import get_random_string

from closeloop.capture import forms
from closeloop.capture.models import Channel, FormVersion
from closeloop.capture.pages import tickets
from closeloop.edge import messages
from closeloop.fields import queries as fields

HONEYPOT = "website"
"""A field that people do not see; whatever stands in it was written by a machine."""
LEAD = "lead"
_WORDS = ("send", "choose", "optional", "leave_empty")
_POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; img-src 'self' "
    "data:; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)


@dataclass(frozen=True)
class Visit:
    """Somebody at a form: the call, the form as it is published, the language."""

    request: HttpRequest
    channel: Channel
    version: FormVersion
    language: str

    def speaking(self, language: str | None) -> "Visit":
        """The same in the language that the page was in."""
        return replace(self, language=language) if language in forms.LANGUAGES else self

    def say(self, code: str, data: Mapping[str, Any] | None = None) -> str:
        """A sentence in the visitor's language."""
        return messages.say(code, self.language, data)


@dataclass(frozen=True)
class Typed:
    """What was typed, what is wrong about it by field, and the ticket under which it was sent."""

    given: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    ticket: str = ""


def page(
    visit: Visit, typed: Typed | None = None, *, notice: str = "", status: int = 200
) -> HttpResponse:
    """The form; with a ticket that was given, a mended form is the same submission."""
    typed = typed or Typed()
    definition, language = visit.version.definition, visit.language
    consent = definition.get("consent") or {}
    now_s = timezone.now().timestamp()
    asked_for = visit.request.GET.get("visitor", "")[:100]
    context = {
        "title": forms.in_language(definition.get("title"), language),
        "intro": forms.in_language(definition.get("intro"), language),
        "fields": forms.shown(
            definition,
            fields.specs_of(LEAD),
            language=language,
            given=typed.given,
            wrong=typed.wrong,
        ),
        "consent": forms.in_language(consent.get("text"), language),
        "consent_required": bool(consent.get("required")),
        "consent_error": typed.wrong.get("_consent", ""),
        "is_agreed": typed.given.get("_consent") == "yes",
        "visitor": typed.given.get("_visitor", "") or asked_for,
        "ticket": typed.ticket or tickets.issue(visit.channel.token, now_s=now_s),
        "notice": notice,
        "honeypot": HONEYPOT,
        "words": {name: visit.say(f"form.{name}") for name in _WORDS},
    }
    return _rendered(visit, "capture/form.html", context, status)


def thanks(visit: Visit) -> HttpResponse:
    """What is said when the form was sent."""
    definition = visit.version.definition
    context = {
        "title": forms.in_language(definition.get("title"), visit.language),
        "thanks": forms.in_language(definition.get("thanks"), visit.language),
    }
    return _rendered(visit, "capture/thanks.html", context, 200)


def _rendered(visit: Visit, template: str, context: Mapping[str, Any], status: int) -> HttpResponse:
    nonce, language = get_random_string(24), visit.language
    other = next(each for each in forms.LANGUAGES if each != language)
    told = render_to_string(
        template, {**context, "language": language, "nonce": nonce, "other": other}
    )
    answer = HttpResponse(told, status=status)
    shown_on = str(visit.channel.settings.get("shown_on") or "*")
    answer["Content-Security-Policy"] = _POLICY.format(nonce=nonce, ancestors=shown_on)
    answer["Cache-Control"] = "no-store"
    answer["Content-Language"] = language
    return answer
