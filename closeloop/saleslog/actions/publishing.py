"""The configuration of the sales log: published as frozen versions, brought by a pack."""

import json
from collections.abc import Mapping
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.edge.etags import EditConflict
from closeloop.identity.actor import Actor
from closeloop.saleslog import errors, queries, setups
from closeloop.saleslog.models import Setup


def publish(
    definition: Mapping[str, Any],
    *,
    expected_number: int | None,
    is_shipped: bool = False,
    actor: Actor,
) -> Setup:
    """Publish a definition as the next version; one that says the same stays as it is.

    Raises LogSetupInvalid with every problem, EditConflict where another version holds by now.
    """
    revisions.bump(setups.REVISION)
    newest = Setup.objects.select_for_update().filter(is_current=True).first()
    number = newest.number if newest else 0
    if expected_number is not None and expected_number != number:
        raise EditConflict({"version": number, "conflict": []})
    found = setups.find_problems(
        definition, roles=queries.known_roles(), support=queries.known_support()
    )
    if found:
        raise errors.LogSetupInvalid(found)
    content = json.loads(json.dumps(dict(definition)))
    if newest is not None and newest.definition == content:
        return newest
    Setup.objects.filter(is_current=True).update(is_current=False)
    version = Setup.objects.create(
        number=number + 1,
        definition=content,
        is_shipped=is_shipped,
        published_by_id=actor.user_id,
    )
    data = {"version": version.number, "types": len(content["types"])}
    activity.record(Happening(verb="saleslog.configured", data=data), actor=actor)
    return version


def install(definition: Mapping[str, Any], *, actor: Actor) -> Setup:
    """What a pack brings; once the company has published its own, that stays.

    Raises LogSetupInvalid with every problem.
    """
    newest = Setup.objects.filter(is_current=True).first()
    if newest is not None and not newest.is_shipped:
        return newest
    return publish(definition, expected_number=None, is_shipped=True, actor=actor)
