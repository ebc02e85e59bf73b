"""Handing messages to the workers, in the transaction that makes them."""

from collections.abc import Sequence

from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

DELIVER = "nurture.deliver"
TOGETHER = 20
"""How many messages one job sends: a worker that is killed leaves no more of them to others."""


def queue(message_ids: Sequence[int]) -> None:
    """Have messages sent once this transaction commits."""
    task = app.configure_task(DELIVER)
    ids: list[JSONValue] = list(message_ids)
    for start in range(0, len(ids), TOGETHER):
        task.defer(message_ids=ids[start : start + TOGETHER])
