"""Companies of the registry: from a file, or asked of its provider."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.customers.models import Contact, Customer
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.phonecheck import about as facts
from closeloop.phonecheck import numbers, set_up
from closeloop.phonecheck.actions import checking
from closeloop.phonecheck.errors import TableLacksColumns
from closeloop.phonecheck.models import RegisteredCompany
from closeloop.phonecheck.plugs import plugs
from closeloop.phonecheck.registries import Company

FILE = "file"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("企业名称", "公司名称", "单位名称", "名称", "company", "company name", "name"),
    "credit_code": ("统一社会信用代码", "信用代码", "社会信用代码", "credit code", "credit_code"),
    "numbers": ("电话", "联系电话", "企业电话", "电话号码", "手机", "手机号", "phone", "phones"),
    "more": ("更多电话", "其他电话", "更多号码", "年报电话", "more phones"),
    "person": ("联系人", "法定代表人", "法人", "contact", "legal representative"),
    "person_number": ("联系人电话", "法定代表人电话", "法人电话", "联系人手机", "contact phone"),
}
"""Names of columns in exports of the usual providers."""


@dataclass(frozen=True)
class Found:
    """What became of a table."""

    taken: int
    left_out: int


def keep_companies(stream: IO[bytes], *, actor: Actor) -> Found:
    """Take an export of the registry; a company that is known is replaced.

    Raises TableLacksColumns and what the reading of tables raises.
    """
    companies: dict[str, Company] = {}
    left_out = 0
    for row in plugs.rows_of(stream):
        company = _company(_by_meaning(row))
        if company is None:
            left_out += 1
        else:
            companies[company.name] = company
    kept = _keep(companies.values(), origin=FILE)
    found = Found(len(kept), left_out)
    activity.record(
        Happening("phonecheck.registry_read", data={"taken": found.taken, "left": left_out}),
        actor=actor,
    )
    _check_those(kept, actor=actor)
    return found


def to_look_up(customer_id: int) -> str | None:
    """By what a customer is asked for: its code, else its name; None where it is known by now."""
    customer = Customer.objects.filter(pk=customer_id, deleted_at=None).first()
    if customer is None or not facts.customers_to_ask([Contact(phone="1", customer=customer)]):
        return None
    return customer.credit_code or customer.name


def keep_found(customer_id: int, company: Company | None, *, provider: str) -> None:
    """Keep what the provider says of a customer, also that it knows nothing; judge anew."""
    customer = Customer.objects.filter(pk=customer_id).first()
    if customer is None:
        return
    told = company or Company(customer.name, customer.credit_code or "")
    if company is not None and company.name != customer.name and not customer.credit_code:
        told = Company(customer.name)
        company = None
    _keep([told], origin=provider, is_found=company is not None)
    ids = facts.contacts_of_customers([customer_id])
    checking.check_changed(ids, actor=SYSTEM)


def _check_those(kept: Sequence[RegisteredCompany], *, actor: Actor) -> None:
    if kept and set_up.ways().uses_registry:
        checking.check_changed(facts.contacts_of_companies(kept), actor=actor)


def _keep(
    companies: Iterable[Company], *, origin: str, is_found: bool = True
) -> list[RegisteredCompany]:
    now = timezone.now()
    rows = [
        RegisteredCompany(
            name=each.name,
            credit_code=each.credit_code,
            numbers=list(each.numbers),
            people=[{"name": who, "number": number} for who, number in each.people],
            origin=origin,
            is_found=is_found,
            read_at=now,
        )
        for each in companies
    ]
    return RegisteredCompany.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["credit_code", "numbers", "people", "origin", "is_found", "read_at"],
    )


def _by_meaning(row: Mapping[str, object]) -> dict[str, Any]:
    """A row's cells by what they mean; raises TableLacksColumns."""
    named = {str(name).strip().lower(): cell for name, cell in row.items()}
    found = {
        key: next((named[alias] for alias in aliases if alias in named), None)
        for key, aliases in COLUMNS.items()
    }
    lacking = [
        COLUMNS[key][0] for key in ("name", "numbers") if not set(COLUMNS[key]) & named.keys()
    ]
    if lacking:
        raise TableLacksColumns({"columns": "、".join(lacking)})
    return found


def _company(cells: Mapping[str, Any]) -> Company | None:
    name = str(cells["name"] or "").strip()
    if not name:
        return None
    who = str(cells["person"] or "").strip()
    own = numbers.canonical(cells["person_number"])
    return Company(
        name=name[:200],
        credit_code=str(cells["credit_code"] or "").strip().upper()[:40],
        numbers=tuple(numbers.all_in(cells["numbers"], cells["more"])),
        people=((who[:100], own),) if who and own else (),
    )
