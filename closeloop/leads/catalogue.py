"""Leads as a record type."""

from closeloop.leads.models import Lead
from closeloop.records.types import RecordType

LEAD = RecordType(
    key="lead",
    name={"zh-CN": "线索", "en-US": "Lead"},
    plural={"zh-CN": "线索", "en-US": "Leads"},
    icon="aim",
    model=Lead,
    columns={
        "name": "name",
        "company": "company",
        "phone": "phone",
        "email": "email",
        "wechat": "wechat",
        "source": "source",
        "industry": "industry",
        "region": "region",
        "intent_level": "intent_level",
        "product_interest": "product_interest",
        "budget_range": "budget_range",
        "score": "score",
        "grade": "grade",
    },
    list_columns=(
        "name",
        "company",
        "score",
        "grade",
        "phone",
        "source",
        "industry",
        "intent_level",
    ),
    card_fields=("company", "source", "score", "grade"),
    search_fields=("company",),
    won_by="conversion",
)
