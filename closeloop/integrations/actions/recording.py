"""Entries about integrations."""

from collections.abc import Mapping
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import messages
from closeloop.identity.actor import Actor


def record(verb: str, key: str, data: Mapping[str, Any], *, actor: Actor) -> None:
    """Record something about a provider."""
    told = {"provider": key, "name": name_of(key)[messages.DEFAULT], **data}
    activity.record(Happening(verb=verb, data=told), actor=actor)


def name_of(key: str) -> dict[str, str]:
    """A provider's name in both languages."""
    return messages.catalogue()[f"integration.{key}"]
