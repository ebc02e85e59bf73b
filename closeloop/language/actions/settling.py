"""Setting the language model up; it stays off until somebody switches it on."""

from collections.abc import Mapping
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import sealing
from closeloop.identity.actor import Actor
from closeloop.language import errors, queries
from closeloop.language.models import Setup

PLAIN = (
    "is_on",
    "base_url",
    "model",
    "timeout_s",
    "calls_a_day",
    "tokens_a_day",
    "for_everybody",
    "unit_ids",
    "person_ids",
)


def change_setup(wanted: Mapping[str, Any], *, revision: int | None, actor: Actor) -> Setup:
    """Change what is named; a key is sealed and never told again, an empty one is forgotten.

    Raises SetupMoved, SetupIncomplete where it is to be on without address, model and key.
    """
    Setup.objects.get_or_create(pk=queries.ONE)
    held = Setup.objects.select_for_update().get(pk=queries.ONE)
    if revision is not None and revision != held.revision:
        raise errors.SetupMoved({"revision": held.revision})
    changed = [name for name in PLAIN if name in wanted and getattr(held, name) != wanted[name]]
    for name in changed:
        setattr(held, name, wanted[name])
    if wanted.get("key") is not None:
        key = wanted["key"]
        held.sealed_key = sealing.seal(key, purpose=queries.PURPOSE) if key else ""
        changed.append("key")
    needed = (("base_url", held.base_url), ("model", held.model), ("key", held.sealed_key))
    missing = [name for name, value in needed if not value]
    if held.is_on and missing:
        raise errors.SetupIncomplete(
            {"errors": [{"field": name, "code": "required"} for name in missing]}
        )
    held.revision += 1
    held.save()
    data = {"fields": changed, "is_on": held.is_on, "model": held.model}
    activity.record(Happening(verb="language.changed", data=data), actor=actor)
    return held
