"""What is recorded of figures that somebody took along."""

from collections.abc import Mapping
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor


def note_export(noted: Mapping[str, Any], *, actor: Actor) -> None:
    """Record which figures left as a file, in which form."""
    activity.record(Happening(verb="figures.exported", data=dict(noted)), actor=actor)
