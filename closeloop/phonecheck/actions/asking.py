"""Having the registry's provider asked about customers of whom nothing is kept."""

from collections.abc import Sequence

from procrastinate.contrib.django import app

from closeloop.customers.models import Contact
from closeloop.phonecheck import about as facts
from closeloop.phonecheck.set_up import Ways

LOOK_UP = "phonecheck.look_up"
MOST_ASKED = 50
"""Of one import or bulk change; every question to a provider costs money."""


def look_up_later(contacts: Sequence[Contact], ways: Ways) -> None:
    """Ask about them once this transaction commits, about the same one never twice at a time."""
    if not ways.asks_provider:
        return
    for customer_id in facts.customers_to_ask(contacts)[:MOST_ASKED]:
        task = app.configure_task(LOOK_UP, lock=f"{LOOK_UP}.{customer_id}")
        task.defer(customer_id=customer_id)
