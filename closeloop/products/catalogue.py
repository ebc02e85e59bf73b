"""Products as a record type."""

from closeloop.products.models import Product
from closeloop.records.types import RecordType

PRODUCT = RecordType(
    key="product",
    name={"zh-CN": "产品", "en-US": "Product"},
    plural={"zh-CN": "产品", "en-US": "Products"},
    icon="appstore",
    model=Product,
    columns={
        "name": "name",
        "code": "code",
        "unit_of_measure": "unit_of_measure",
        "price": "price",
        "family": "family",
        "is_active": "is_active",
    },
    list_columns=("name", "code", "family", "price", "unit_of_measure", "is_active"),
    card_fields=("code", "family", "price"),
    search_fields=("code",),
)
