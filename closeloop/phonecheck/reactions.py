"""When a contact's phone is judged: when it, its person or its company is saved, on any path."""

from collections.abc import Collection, Sequence

from closeloop.activity.happenings import Happening
from closeloop.identity.actor import Actor
from closeloop.phonecheck import about, actions, set_up

CONTACT_VERBS = frozenset({"contact.created", "contact.changed", "contact.restored"})
CUSTOMER_CHANGED, CONVERTED, IMPORTED = "customer.changed", "lead.converted", "import.finished"
VERBS = CONTACT_VERBS | {CUSTOMER_CHANGED, CONVERTED, IMPORTED}
OF_CONTACT = frozenset({"phone", "name", "customer"})
OF_CUSTOMER = frozenset({"name", "short_name", "credit_code"})


def wanted() -> Collection[str]:
    """The verbs that the check listens to: none while no source is on."""
    return VERBS if set_up.ways().is_on else ()


def react(happenings: Sequence[Happening], actor: Actor) -> None:
    """Judge those whom it concerns. An import writes past the reactions: a worker judges it."""
    contacts, customers = [], []
    for each in happenings:
        if each.verb == IMPORTED:
            actions.check_the_rest_later()
        elif each.record_id is None:
            continue
        elif each.verb == CONVERTED:
            contacts += _converted(each)
        elif each.verb in CONTACT_VERBS and _touches(each, OF_CONTACT):
            contacts.append(each.record_id)
        elif each.verb == CUSTOMER_CHANGED and _touches(each, OF_CUSTOMER):
            customers.append(each.record_id)
    if customers:
        contacts += about.contacts_of_customers(customers)
    actions.check_changed(list(dict.fromkeys(contacts)), actor=actor)


def _touches(happening: Happening, keys: Collection[str]) -> bool:
    changes = happening.data.get("changes")
    return changes is None or bool(set(keys) & set(changes))


def _converted(happening: Happening) -> list[int]:
    contact_id = happening.data.get("contact_id")
    if contact_id is None or happening.record_id is None:
        return []
    actions.follow_conversion(happening.record_id, int(contact_id))
    return [int(contact_id)]
