"""Who a contact is in WeCom: found by number, by name and company, by their lead, or by hand."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.customers.models import Contact
from closeloop.identity.actor import Actor
from closeloop.leads.models import Identity
from closeloop.phonecheck import queries, set_up
from closeloop.phonecheck.errors import ExternalTaken
from closeloop.phonecheck.models import ContactLink, ExternalUser, LinkedBy
from closeloop.records.models import Record

EXTERNAL_USER = "external_user"


def link_known(contacts: Sequence[Contact]) -> None:
    """Link contacts of whom it is sure who they are: nobody else may be meant on either side.

    By a noted number; else by name and company, among those whom the contact's owner has added.
    """
    if not set_up.ways().uses_wecom or not contacts:
        return
    ids = [each.pk for each in contacts]
    linked = set(
        ContactLink.objects.filter(contact_id__in=ids).values_list("contact_id", flat=True)
    )
    waiting = [each for each in contacts if each.pk not in linked]
    if not waiting:
        return
    for how, found in ((LinkedBy.MOBILE, _numbered), (LinkedBy.NAME, _named)):
        waiting = _link(waiting, found(waiting), how)


def link_by_hand(contact: Record, external_id: str | None, *, actor: Actor) -> None:
    """Say who a contact is in WeCom, or that nobody there is; raises ExternalNotFound and
    ExternalTaken.
    """
    external = None
    if external_id is not None:
        external = queries.candidate(contact, external_id, actor=actor)
        held = ContactLink.objects.filter(external=external).exclude(contact=contact)
        if held.exists():
            raise ExternalTaken({"external_id": external_id})
    ContactLink.objects.filter(contact=contact).delete()
    if external is not None:
        ContactLink.objects.create(
            contact=contact, external=external, how=LinkedBy.HAND, by_id=actor.person_id
        )
    verb = "contact.wecom_linked" if external else "contact.wecom_unlinked"
    activity.record(
        Happening(verb, record_id=contact.pk, record_type=contact.type, unit_id=contact.unit_id),
        actor=actor,
    )


def follow_conversion(lead_id: int, contact_id: int) -> None:
    """The contact made of a lead is whom the lead was in WeCom."""
    known = Identity.objects.filter(lead_id=lead_id, kind=EXTERNAL_USER).values_list(
        "value", flat=True
    )
    external = ExternalUser.objects.filter(external_id__in=list(known), link=None).first()
    if external is not None and not ContactLink.objects.filter(contact_id=contact_id).exists():
        _create({contact_id: external}, LinkedBy.LEAD)


def _link(
    contacts: Sequence[Contact], found: Mapping[int, Sequence[ExternalUser]], how: LinkedBy
) -> list[Contact]:
    """Link where one fits one; gives the contacts who are left."""
    taken = Counter(external.pk for people in found.values() for external in people)
    made = {
        contact_id: people[0]
        for contact_id, people in found.items()
        if len(people) == 1 and taken[people[0].pk] == 1
    }
    _create(made, how)
    return [each for each in contacts if each.pk not in made]


def _create(made: Mapping[int, ExternalUser], how: LinkedBy) -> None:
    """Whoever was linked by somebody else at this moment stays as they are."""
    ContactLink.objects.bulk_create(
        [
            ContactLink(contact_id=contact_id, external=external, how=how)
            for contact_id, external in made.items()
        ],
        ignore_conflicts=True,
    )


def _free() -> QuerySet[ExternalUser]:
    return ExternalUser.objects.filter(link=None, gone_at=None, erased_at=None)


def _numbered(contacts: Sequence[Contact]) -> Mapping[int, Sequence[ExternalUser]]:
    """Who has each contact's number noted."""
    phones = sorted({each.phone for each in contacts if each.phone})
    by_number: dict[str, list[ExternalUser]] = {}
    for external in _free().filter(mobiles__overlap=phones):
        for number in external.mobiles:
            by_number.setdefault(number, []).append(external)
    return {each.pk: by_number.get(each.phone or "", ()) for each in contacts}


def _named(contacts: Sequence[Contact]) -> Mapping[int, Sequence[ExternalUser]]:
    """Who has each contact's name and company, and was added by the contact's owner.

    Contacts of one customer with the same name are nobody for sure.
    """
    by_name: dict[str, list[ExternalUser]] = {}
    for external in _free().filter(names__overlap=sorted({each.name for each in contacts})):
        for name in external.names:
            by_name.setdefault(name, []).append(external)
    wanted = [each for each in contacts if by_name.get(each.name)]
    namesakes = Contact.objects.filter(
        name__in={each.name for each in wanted},
        customer_id__in={each.customer_id for each in wanted},
        deleted_at=None,
    )
    same: Counter[tuple[str, int | None]] = Counter(namesakes.values_list("name", "customer_id"))
    return {
        each.pk: [one for one in by_name[each.name] if _is_of(one, each)]
        for each in wanted
        if same[each.name, each.customer_id] == 1
    }


def _is_of(external: ExternalUser, contact: Contact) -> bool:
    customer, owner = contact.customer, contact.owner_id
    if customer is None or owner is None:
        return False
    is_there = {customer.name, customer.short_name} & set(external.companies)
    return bool(is_there) and owner in {each["person_id"] for each in external.followers}
