"""Which app meets which: the one place where what lies below is told of what lies above."""

from closeloop.customers.catalogue import CONTACT, CUSTOMER
from closeloop.customrecords import catalogue as customrecords
from closeloop.deals.catalogue import DEAL
from closeloop.demo import company
from closeloop.edge.router import policy
from closeloop.leads.catalogue import LEAD
from closeloop.org import me
from closeloop.org.policy import check_permission
from closeloop.products.catalogue import PRODUCT
from closeloop.records.types import registry


def join() -> None:
    """Plug record types, their facts and the permission check together."""
    for record_type in (LEAD, CUSTOMER, CONTACT, DEAL, PRODUCT):
        registry.register(record_type)
    registry.user_defined = customrecords.user_defined
    policy.check = check_permission
    me.provided.record_type_keys = registry.keys
    me.provided.demo_password = lambda: company.PASSWORD
