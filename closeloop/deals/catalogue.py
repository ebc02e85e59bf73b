"""Deals as a record type, with the facts that only deals have."""

from closeloop.deals.models import Deal
from closeloop.engine.facts import PRODUCT_LINE, ROLES_COVERED
from closeloop.records.types import FactSource, RecordType

_FACTS = {
    ROLES_COVERED: FactSource(
        "(SELECT count(DISTINCT c.chain_role) FROM customers_contact c"
        " WHERE c.customer_id = r.customer_id AND c.deleted_at IS NULL"
        " AND c.chain_role IS NOT NULL)"
    ),
    "customer.industry": FactSource(
        "(SELECT c.industry FROM customers_customer c WHERE c.id = r.customer_id)"
    ),
    PRODUCT_LINE: FactSource(
        "coalesce((SELECT p.family FROM products_product p WHERE p.id = r.product_id), '')"
    ),
}

DEAL = RecordType(
    key="deal",
    name={"zh-CN": "商机", "en-US": "Deal"},
    plural={"zh-CN": "商机", "en-US": "Deals"},
    icon="fund",
    model=Deal,
    columns={
        "name": "name",
        "customer": "customer_id",
        "amount": "amount",
        "currency": "currency",
        "expected_close": "expected_close",
        "product": "product_id",
        "competitor": "competitor",
        "source": "source",
        "intent_level": "intent_level",
        "budget_range": "budget_range",
        "seal_status": "seal_status",
        "lost_reason": "lost_reason",
        "lead": "lead_id",
    },
    references={"customer": "customer", "product": "product", "lead": "lead"},
    amount_field="amount",
    due_field="expected_close",
    list_columns=("name", "customer", "amount", "expected_close", "intent_level", "source"),
    card_fields=("customer", "amount", "expected_close"),
    parent_field="customer",
    default_sort="-amount",
    facts=_FACTS.get,
    choices_of={PRODUCT_LINE: ("product", "family")},
)
