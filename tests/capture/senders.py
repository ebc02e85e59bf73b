"""Those who send leads: a visitor at a form, a program that signs, a platform."""

import json
import re
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpResponse
from django.test import Client

from closeloop.capture import actions
from closeloop.capture.actions import ChannelGiven
from closeloop.capture.adapters import webhook
from closeloop.capture.models import Channel
from closeloop.capture.pages import tickets
from closeloop.identity.actor import SYSTEM
from tests.builders.moments import from_now

_numbers = count(1)
FORM_TYPE = "application/x-www-form-urlencoded"


def make_channel(kind: str = "webhook", **given: Any) -> tuple[Channel, str]:
    """A channel with its secret."""
    names = {"zh-CN": "官网", "en-US": "Website"}
    return actions.create_channel(ChannelGiven(kind=kind, name=names, **given), actor=SYSTEM)


def make_form(**changes: Any) -> Channel:
    """A published form that asks for name, phone, company, mail and industry."""
    plain = changes.pop("plain", False)
    channel, _ = make_channel("form", settings={"allows_plain_posts": "1"} if plain else {})
    fields = [
        {"key": "name", "required": True},
        {"key": "phone", "required": True},
        {"key": "company", "required": False},
        {"key": "email", "required": False},
        {"key": "industry", "required": False},
    ]
    actions.save_draft(channel.pk, {**channel.draft, "fields": fields, **changes}, actor=SYSTEM)
    actions.publish_form(channel.pk, actor=SYSTEM)
    return Channel.objects.get(pk=channel.pk)


class Visitor:
    """Somebody at a form; `age_s` is how long the page was open before it was sent."""

    def __init__(self, channel: Channel, *, locale: str = "zh-CN") -> None:
        self.channel = channel
        self.client = Client(headers={"accept-language": locale})

    def ticket(self, *, age_s: float = 30) -> str:
        """What the page carried when it was opened a while ago."""
        return tickets.issue(self.channel.token, now_s=from_now().timestamp() - age_s)

    def open(self) -> HttpResponse:
        return self.client.get(f"/f/{self.channel.token}")

    def send(
        self, *, charset: str = "utf-8", says: str = "", ticket: str | None = None, **typed: str
    ) -> HttpResponse:
        """Send what was typed; `says` is the content type where it differs from the charset."""
        typed = {"_ticket": self.ticket() if ticket is None else ticket, "_consent": "yes", **typed}
        body = urlencode({key: value for key, value in typed.items() if value}, encoding=charset)
        return self.post(body.encode("ascii"), says or f"{FORM_TYPE}; charset={charset}")

    def post(self, body: bytes, content_type: str = FORM_TYPE) -> HttpResponse:
        path = f"/f/{self.channel.token}"
        return self.client.generic("POST", path, body, content_type=content_type)


class Program:
    """A program that signs what it sends."""

    def __init__(self, channel: Channel, secret: str) -> None:
        self.channel, self.secret = channel, secret
        self.client = Client(headers={"accept-language": "zh-CN"})

    def send(self, told: Any, **options: Any) -> HttpResponse:
        """Send JSON."""
        return self.post(json.dumps(told, ensure_ascii=False).encode(), **options)

    def post(
        self,
        body: bytes,
        *,
        nonce: str = "",
        age_s: float = 0,
        secret: str = "",
        content_type: str = "application/json",
        address: str = "webhook",
    ) -> HttpResponse:
        """Send bytes; signed now, with the channel's secret, under a nonce of its own."""
        stamp = str(int(from_now().timestamp() - age_s))
        nonce = nonce or f"nonce-{next(_numbers):06}"
        signature = webhook.sign(secret or self.secret, stamp=stamp, nonce=nonce, body=body)
        return self.client.generic(
            "POST",
            f"/api/capture/{address}/{self.channel.token}",
            body,
            content_type=content_type,
            headers={
                "x-closeloop-timestamp": stamp,
                "x-closeloop-nonce": nonce,
                "x-closeloop-signature": signature,
            },
        )


def errors_on(page: HttpResponse) -> list[str]:
    """What a form's page says is wrong, field by field."""
    return re.findall(r'<p class="wrong"[^>]*>([^<]+)</p>', page.content.decode())


def number_of(ticket: str) -> str:
    """The number that a ticket carries."""
    return str(signing.loads(ticket, salt=tickets.SALT)["number"])
