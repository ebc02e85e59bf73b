"""What people did where our script does not run: a form by webhook, a mail opened, an event."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.behaviour.actions.collecting import Collected, collect
from closeloop.behaviour.intake import Given, record_token
from closeloop.behaviour.kinds import KINDS
from closeloop.identity.actor import Actor


@dataclass(frozen=True)
class Act:
    """One thing that somebody did; `at` None is now. `data` is flat: texts, numbers, yes or no."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None


def note(record_id: int, acts: Sequence[Act], *, actor: Actor) -> Collected:
    """Keep what the person of a record did. Raises KeyError for a kind that there is not."""
    now = timezone.now()
    token = record_token(record_id)
    return collect(
        [
            Given(
                kind=KINDS[act.kind].key,
                at=act.at or now,
                data=json.dumps({"by": actor.kind.value, **act.data}, ensure_ascii=False),
                visitor=token,
            )
            for act in acts
        ]
    )
