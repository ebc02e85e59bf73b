"""Saying how field work is read: the company's own thresholds beside those of the pack."""

from collections.abc import Mapping

from closeloop.fields import actions as fields
from closeloop.fieldwork.insight import settings
from closeloop.fieldwork.insight.settings import Settings
from closeloop.identity.actor import Actor


def tune_insight(numbers: Mapping[str, int], *, actor: Actor) -> Settings:
    """Set thresholds; what is not named stays."""
    before = settings.current()
    held = {key: numbers.get(key, getattr(before, key)) for key in settings.NUMBERS}
    items = [{"key": key, "number": number} for key, number in held.items()]
    fields.define_choices(settings.OWN, items, actor=actor)
    return settings.current()
