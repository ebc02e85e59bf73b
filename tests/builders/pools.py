"""Pools with the rules that a test asks for, and records that lie in them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.pool import actions as pools
from closeloop.pool.models import Pool
from tests.builders.people import actor_of
from tests.builders.records import make_lead


@transaction.atomic
def set_rules(record_type: str = "lead", **changes: Any) -> Pool:
    """The company's pool of a type, with some of its shipped rules changed."""
    pool = Pool.objects.get(record_type=record_type, unit=None)
    current = pool.versions.get(is_current=True).definition
    pools.write_draft(pool.pk, merged(current, changes), actor=SYSTEM)
    pools.publish_draft(pool.pk, actor=SYSTEM)
    return pool


def merged(definition: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A definition with some parts changed; a change of None takes a part away."""
    found = {**definition, **changes}
    return {key: value for key, value in found.items() if value is not None}


@transaction.atomic
def pooled_lead(owner: User, name: str = "孙主任", **values: Any) -> int:
    """A lead that its owner has given back."""
    lead = make_lead(owner, name, **values)
    pools.release("lead", lead, reason="nothing_needed", actor=actor_of(owner))
    return lead
