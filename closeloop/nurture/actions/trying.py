"""Sending a template to oneself, to see it where others will; nothing of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from closeloop.engine.nurture import Channel
from closeloop.identity.models import User
from closeloop.notices.channels.outcomes import Uncertain, Unsent
from closeloop.nurture import channels, composing, templates
from closeloop.nurture.actions.templating import require_valid
from closeloop.nurture.channels import Parcel


@dataclass(frozen=True)
class Tried:
    """What came of a test message."""

    is_sent: bool
    is_uncertain: bool = False
    code: str = ""
    detail: str = ""


def send_test(definition: Mapping[str, Any], *, language: str, to: User) -> Tried:
    """Send a template to oneself now. Raises TemplateInvalid.

    WeCom's mass messages reach customers alone, so none can be sent to a colleague.
    """
    require_valid(definition)
    template = templates.read(definition)
    if template.channel is Channel.WECOM:
        return Tried(False, code="customers_only")
    if not channels.is_ready(template.channel):
        return Tried(False, code="channel_off")
    address = to.email if template.channel is Channel.MAIL else to.phone
    if not address:
        return Tried(False, code="no_address")
    words = composing.sample_words(to, template, language)
    said = composing.compose(template, words, language)
    parcel = Parcel(template.channel, address, to.name, said, key=f"test-{to.pk}-{template.key}")
    try:
        channels.send(parcel)
    except Unsent as failure:
        is_uncertain = isinstance(failure, Uncertain)
        return Tried(False, is_uncertain, code=failure.code, detail=failure.detail)
    return Tried(True)
