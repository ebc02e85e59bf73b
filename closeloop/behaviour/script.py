"""The script that pages load, with the settings of their site."""

import json
import re
from functools import cache
from importlib import resources

from django.conf import settings

from closeloop.behaviour.models import Site
from closeloop.edge import messages

_SPACED = re.compile(r" ?(=>|===?|&&|\|\||[=+?:,{}<>]) ?")
_PLACE = "SETTINGS"


def script_of(site: Site, language: str) -> str:
    """The script for a site's pages; it asks for consent in the page's language."""
    return _squeezed().replace(_PLACE, json.dumps(_settings(site, language), ensure_ascii=False))


def snippet_of(site: Site) -> str:
    """What is put into the pages of a site."""
    return f'<script async src="{settings.PUBLIC_URL}/api/track/{site.key}.js"></script>'


def _settings(site: Site, language: str) -> dict[str, object]:
    found: dict[str, object] = {"url": f"{settings.PUBLIC_URL}/api/track/{site.key}"}
    if site.respects_dnt:
        found["dnt"] = 1
    if site.asks_consent:
        text = site.consent_text.get(language) or messages.say("behaviour.consent", language)
        answers = [messages.say(f"behaviour.consent_{each}", language) for each in ("yes", "no")]
        found |= {"ask": 1, "text": [text, *answers]}
    return found


@cache
def _squeezed() -> str:
    """The script without indentation and without spaces around signs (its texts have none)."""
    source = resources.files("closeloop.behaviour").joinpath("script.js").read_text("utf-8")
    lines = "\n".join(line.strip() for line in source.splitlines())
    return _SPACED.sub(r"\1", lines)
