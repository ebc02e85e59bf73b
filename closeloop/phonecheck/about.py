"""Everything that must be known to judge some contacts' phones, in a handful of queries."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from closeloop.customers.models import Contact
from closeloop.engine.phonecheck import Noted, Registered
from closeloop.phonecheck.models import Check, ContactLink, ExternalUser, RegisteredCompany


@dataclass(frozen=True)
class About:
    """One contact and what the sources hold about them."""

    contact: Contact
    noted: Noted | None
    company: Registered | None
    others: int
    before: Check | None


def about(contacts: Sequence[Contact]) -> list[About]:
    """What the sources hold about contacts."""
    ids = [each.pk for each in contacts]
    links = ContactLink.objects.filter(contact_id__in=ids).select_related("external")
    linked = {each.contact_id: each.external for each in links}
    checks = {each.contact_id: each for each in Check.objects.filter(contact_id__in=ids)}
    companies = _companies(contacts)
    givers = _givers({each.phone for each in contacts if each.phone})
    found = []
    for contact in contacts:
        own = companies.get(contact.customer_id or 0)
        elsewhere = givers[contact.phone or ""]
        if own is not None and contact.phone in own.numbers:
            elsewhere -= 1
        found.append(
            About(
                contact=contact,
                noted=_noted(linked.get(contact.pk)),
                company=_registered(own),
                others=elsewhere,
                before=checks.get(contact.pk),
            )
        )
    return found


def contacts_among(ids: Collection[int]) -> list[Contact]:
    """Contacts that were not removed, with their customers."""
    found = Contact.objects.filter(pk__in=ids, deleted_at=None)
    return list(found.select_related("customer").order_by("pk"))


def unchecked() -> list[int]:
    """Contacts whose phone was never judged, or was another one then."""
    judged = Check.objects.filter(contact=OuterRef("pk"), phone=OuterRef("phone"))
    found = Contact.objects.filter(~Exists(judged), deleted_at=None, phone__isnull=False)
    return list(found.exclude(phone="").order_by("pk").values_list("pk", flat=True))


def contacts_of_customers(customer_ids: Collection[int]) -> list[int]:
    """The contacts of some customers."""
    found = Contact.objects.filter(customer_id__in=customer_ids, deleted_at=None)
    return list(found.order_by("pk").values_list("pk", flat=True))


def contacts_of_companies(companies: Sequence[RegisteredCompany]) -> list[int]:
    """The contacts of customers that are these companies, or who have one of their numbers."""
    named = Q(customer__name__in=[each.name for each in companies])
    coded = Q(
        customer__credit_code__in=[each.credit_code for each in companies if each.credit_code]
    )
    numbers = {number for each in companies for number in each.numbers}
    found = Contact.objects.filter(named | coded | Q(phone__in=numbers), deleted_at=None)
    return list(found.order_by("pk").values_list("pk", flat=True))


def contacts_of_people(people: Sequence[ExternalUser]) -> list[int]:
    """The contacts who are linked to some people in WeCom, or may be them."""
    linked = ContactLink.objects.filter(external__in=people).values_list("contact_id", flat=True)
    mobiles = {number for each in people for number in each.mobiles}
    names = {name for each in people for name in each.names}
    companies = {company for each in people for company in each.companies}
    may_be = Contact.objects.filter(deleted_at=None).filter(
        Q(phone__in=mobiles)
        | Q(name__in=names)
        & (Q(customer__name__in=companies) | Q(customer__short_name__in=companies))
    )
    return sorted({*linked, *may_be.values_list("pk", flat=True)})


def customers_to_ask(contacts: Sequence[Contact]) -> list[int]:
    """The customers of contacts about whom nothing from the registry is kept."""
    known = _companies(contacts, with_unfound=True)
    with_phone = {each.customer_id for each in contacts if each.phone and each.customer_id}
    return sorted(pk for pk in with_phone if pk not in known)


def _companies(
    contacts: Sequence[Contact], *, with_unfound: bool = False
) -> Mapping[int, RegisteredCompany]:
    customers = {each.customer_id: each.customer for each in contacts if each.customer}
    codes = {each.credit_code for each in customers.values() if each.credit_code}
    names = {each.name for each in customers.values()}
    rows = RegisteredCompany.objects.filter(Q(credit_code__in=codes) | Q(name__in=names))
    if not with_unfound:
        rows = rows.filter(is_found=True)
    by_code, by_name = {}, {}
    for row in rows.order_by("read_at", "pk"):
        by_name[row.name] = row
        if row.credit_code:
            by_code[row.credit_code] = row
    found = {}
    for pk, customer in customers.items():
        own = by_code.get(customer.credit_code or "") or by_name.get(customer.name)
        if own is not None and pk is not None:
            found[pk] = own
    return found


def _givers(phones: Collection[str]) -> Counter[str]:
    """How many companies have given each number."""
    rows = RegisteredCompany.objects.filter(numbers__overlap=sorted(phones), is_found=True)
    given = rows.values_list("numbers", flat=True)
    return Counter(number for numbers in given for number in numbers if number in phones)


def _noted(external: ExternalUser | None) -> Noted | None:
    if external is None:
        return None
    return Noted(tuple(external.mobiles), is_gone=external.gone_at is not None)


def _registered(row: RegisteredCompany | None) -> Registered | None:
    if row is None:
        return None
    people = tuple((each["name"], each["number"]) for each in row.people)
    return Registered(tuple(row.numbers), people)
