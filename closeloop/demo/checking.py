"""The demo company checks phones: a few contacts whom WeCom or the registry knows otherwise."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from closeloop.customers.models import Contact
from closeloop.demo.organising import Colleague, Organisation
from closeloop.identity.actor import SYSTEM
from closeloop.integrations import queries as linked
from closeloop.notices.vendors.wecom_customers import Followed
from closeloop.phonecheck import actions
from closeloop.phonecheck.models import Check
from closeloop.phonecheck.set_up import Ways
from closeloop.records.models import Record

WECOM = "wecom"
SELLERS, EACH = 4, 6
LANDLINE = "0512-6588{number:04d}"
ANOTHER = "1390000{number:04d}"
COLUMNS = ("企业名称", "电话", "更多电话", "法定代表人", "法人电话")
WHY = "已回拨确认，是本人换的新号"


def check_phones(organisation: Organisation) -> None:
    """Switch both sources on, keep what they know of some contacts, and judge every phone."""
    sellers = [team.sellers[0] for team in organisation.teams[:SELLERS]]
    known = [(seller, _contacts_of(seller)) for seller in sellers]
    ways = Ways(uses_wecom=True, uses_registry=True)
    actions.set_up_sources(ways, key=None, actor=SYSTEM)
    _note(known)
    _register([contact for _, contacts in known for contact in contacts[:3]])
    with_phone = Contact.objects.filter(deleted_at=None, phone__isnull=False)
    for begin in range(0, with_phone.count(), actions.AT_ONCE):
        ids = with_phone.order_by("pk").values_list("pk", flat=True)
        actions.check(list(ids[begin : begin + actions.AT_ONCE]), actor=SYSTEM)
    _keep_one(sellers[0])


def _contacts_of(seller: Colleague) -> list[Contact]:
    found = Contact.objects.filter(
        owner_id=seller.actor.person_id,
        deleted_at=None,
        phone__isnull=False,
        customer__isnull=False,
    )
    seen: dict[int | None, Contact] = {}
    for contact in found.select_related("customer").order_by("pk"):
        seen.setdefault(contact.customer_id, contact)
    return list(seen.values())[:EACH]


def _note(known: Sequence[tuple[Colleague, Sequence[Contact]]]) -> None:
    """What colleagues have noted: the same number, another one, or none."""
    people = [seller.actor.person_id for seller, _ in known]
    ids = linked.addresses_at(WECOM, people)
    told = []
    for seller, contacts in known:
        for place, contact in enumerate(contacts[:4]):
            other = ANOTHER.format(number=contact.pk % 10_000)
            mobiles = ((contact.phone or "",), (other,), (), (contact.phone or "", other))[place]
            told.append(
                Followed(
                    contact_id=f"wmDemo{contact.pk:08d}",
                    follower=ids.get(seller.actor.person_id, ""),
                    names=(contact.name,),
                    companies=(contact.customer.name,) if contact.customer else (),
                    mobiles=mobiles,
                )
            )
    actions.keep_contacts(told, read=sorted(ids.values()))
    actions.note_reading(WECOM)


def _register(contacts: Sequence[Contact]) -> None:
    """An export of the registry with the companies of these contacts."""
    sheet = io.StringIO()
    table = csv.writer(sheet)
    table.writerow(COLUMNS)
    for place, contact in enumerate(contacts):
        name = contact.customer.name if contact.customer else ""
        own = LANDLINE.format(number=contact.pk % 10_000)
        other = ANOTHER.format(number=contact.pk % 10_000)
        row = (
            (name, own, contact.phone, "", ""),
            (name, own, "", contact.name, other),
            (name, contact.phone, "", "", ""),
        )[place % 3]
        table.writerow(row)
    actions.keep_companies(io.BytesIO(sheet.getvalue().encode()), actor=SYSTEM)


def _keep_one(seller: Colleague) -> None:
    open_ones = Check.objects.filter(is_mismatch=True, contact__owner_id=seller.actor.person_id)
    for check in open_ones.order_by("pk")[:1]:
        actions.keep(Record.objects.get(pk=check.contact_id), why=WHY, actor=seller.actor)
