"""Customers and contacts as record types."""

from closeloop.customers.models import Contact, Customer
from closeloop.records.types import RecordType

CUSTOMER = RecordType(
    key="customer",
    name={"zh-CN": "客户", "en-US": "Customer"},
    plural={"zh-CN": "客户", "en-US": "Customers"},
    icon="bank",
    model=Customer,
    columns={
        "name": "name",
        "short_name": "short_name",
        "credit_code": "credit_code",
        "industry": "industry",
        "region": "region",
        "level": "level",
        "phone": "phone",
        "website": "website",
        "address": "address",
        "source": "source",
        "parent": "parent_id",
    },
    references={"parent": "customer"},
    list_columns=("name", "industry", "region", "level", "phone", "source"),
    card_fields=("industry", "region", "level"),
    search_fields=("short_name",),
)
CONTACT = RecordType(
    key="contact",
    name={"zh-CN": "联系人", "en-US": "Contact"},
    plural={"zh-CN": "联系人", "en-US": "Contacts"},
    icon="contacts",
    model=Contact,
    columns={
        "name": "name",
        "customer": "customer_id",
        "title": "title",
        "phone": "phone",
        "email": "email",
        "wechat": "wechat",
        "chain_role": "chain_role",
        "attitude": "attitude",
        "is_primary": "is_primary",
    },
    references={"customer": "customer"},
    list_columns=("name", "customer", "title", "chain_role", "attitude", "phone"),
    card_fields=("customer", "title", "chain_role"),
    parent_field="customer",
)
