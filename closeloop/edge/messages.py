"""The sentences that the server says, by code and language, from every app's `messages.json`."""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources

from django.apps import apps

DEFAULT = "zh-CN"
ENGLISH = "en-US"


def say(code: str, language: str, data: Mapping[str, object] | None = None) -> str:
    """The sentence for a code; missing placeholders stay readable, an unknown code is itself."""
    texts = catalogue().get(code)
    if texts is None:
        return code
    template = texts.get(language) or texts[DEFAULT]
    return template.format_map(_Lenient(data or {}))


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every sentence of every installed app: code -> language -> template."""
    merged: dict[str, dict[str, str]] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("closeloop."):
            continue
        source = resources.files(config.name) / "messages.json"
        if source.is_file():
            merged.update(json.loads(source.read_text(encoding="utf-8")))
    return merged


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"
