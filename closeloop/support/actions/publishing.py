"""The configuration of support: published as frozen versions, brought by a pack."""

from collections.abc import Mapping
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import setups as versions
from closeloop.identity.actor import Actor
from closeloop.support import queries, setups
from closeloop.support.models import Setup


def publish(
    definition: Mapping[str, Any],
    *,
    expected_number: int | None,
    is_shipped: bool = False,
    actor: Actor,
) -> None:
    """Publish a definition as the next version; one that says the same stays as it is.

    Raises SetupInvalid with every problem, EditConflict where another version holds by now.
    """
    queries.require_sound(definition)
    version = versions.publish_next(
        Setup,
        definition,
        revision=setups.REVISION,
        expected_number=expected_number,
        is_shipped=is_shipped,
        published_by_id=actor.user_id,
    )
    if version is not None:
        data = {"version": version.number, "rules": len(version.definition.get("rules", ()))}
        activity.record(Happening(verb="support.configured", data=data), actor=actor)


def install(definition: Mapping[str, Any], *, actor: Actor) -> None:
    """What a pack brings; once the company has published its own, that stays.

    Raises SetupInvalid with every problem.
    """
    if not versions.is_own(Setup):
        publish(definition, expected_number=None, is_shipped=True, actor=actor)
