"""Joins the record to the people below it."""

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig

from closeloop.activity import actions
from closeloop.identity.actor import Actor
from closeloop.identity.recording import recorder


class ActivityApp(AppConfig):
    """Takes what `identity` records."""

    name = "closeloop.activity"

    def ready(self) -> None:
        """Plug the record in."""
        recorder.plugged = _record


def _record(verb: str, data: Mapping[str, Any], actor: Actor) -> None:
    actions.record(actions.Happening(verb=verb, data=data), actor=actor)
