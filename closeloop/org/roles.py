"""The roles that the product brings (data): what each may do and how far it reaches.

Grants add up: a grant on one record type only ever widens what `*` (every type) gives. Salespeople
read the customers of their whole unit, so that nobody courts a colleague's customer unknowingly.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from closeloop.org.access import Capability, Verb

ANY = "*"
Name = Mapping[str, str]
Grants = Mapping[tuple[str, str], str]
"""(record type, verb) -> scope."""


@dataclass(frozen=True)
class ShippedRole:
    """A role as it is installed."""

    key: str
    name: Name
    grants: Grants
    capabilities: tuple[str, ...] = (Capability.VIEW_PROCESS,)


def _same(scope: str, *verbs: Verb, record_type: str = ANY) -> dict[tuple[str, str], str]:
    return {(record_type, verb): scope for verb in verbs}


_PRODUCTS = _same("all", Verb.READ, record_type="product")
_CAPABILITIES = tuple(Capability)

SHIPPED = (
    ShippedRole(
        "salesperson",
        {"zh-CN": "销售", "en-US": "Salesperson"},
        {
            **_same("self", Verb.READ, Verb.CREATE, Verb.EDIT, Verb.MOVE),
            **_same("unit", Verb.READ, record_type="customer"),
            **_same("unit", Verb.READ, record_type="contact"),
            **_PRODUCTS,
        },
    ),
    ShippedRole(
        "manager",
        {"zh-CN": "销售经理", "en-US": "Sales manager"},
        {**_same("subtree", *Verb), **_PRODUCTS},
        (
            Capability.VIEW_PROCESS,
            Capability.RUN_IMPORT,
            Capability.SHARE_VIEWS,
            Capability.HAND_OVER,
        ),
    ),
    ShippedRole(
        "director",
        {"zh-CN": "销售总监", "en-US": "Sales director"},
        {**_same("subtree", Verb.READ, Verb.EDIT, Verb.ASSIGN, Verb.EXPORT), **_PRODUCTS},
        (Capability.VIEW_PROCESS, Capability.SHARE_VIEWS, Capability.HAND_OVER),
    ),
    ShippedRole(
        "sales_ops",
        {"zh-CN": "销售运营", "en-US": "Sales operations"},
        _same("all", *Verb),
        _CAPABILITIES,
    ),
    ShippedRole(
        "presales",
        {"zh-CN": "售前支持", "en-US": "Presales"},
        {
            **_same("all", Verb.READ, record_type="deal"),
            **_same("unit", Verb.EDIT, record_type="deal"),
            **_same("all", Verb.READ, record_type="customer"),
            **_same("all", Verb.READ, record_type="contact"),
            **_PRODUCTS,
        },
    ),
    ShippedRole("legal", {"zh-CN": "法务", "en-US": "Legal"}, _same("all", Verb.READ)),
    ShippedRole(
        "sales_bp",
        {"zh-CN": "销售 BP", "en-US": "Sales business partner"},
        _same("subtree", Verb.READ, Verb.EXPORT),
        (Capability.VIEW_PROCESS, Capability.SHARE_VIEWS),
    ),
    ShippedRole("finance", {"zh-CN": "财务", "en-US": "Finance"}, _same("all", Verb.READ)),
    ShippedRole(
        "integrator",
        {"zh-CN": "接口集成", "en-US": "Integrator"},
        _same("all", Verb.READ, Verb.CREATE, Verb.EDIT, Verb.MOVE, Verb.EXPORT),
        (Capability.VIEW_PROCESS, Capability.RUN_IMPORT),
    ),
    ShippedRole(
        "administrator",
        {"zh-CN": "管理员", "en-US": "Administrator"},
        _same("all", *Verb),
        _CAPABILITIES,
    ),
)
PROGRAM = "integrator"
"""The role of accounts that programs use: whoever holds nothing else is no person."""
ADMINISTRATION = frozenset({Capability.MANAGE_USERS, Capability.MANAGE_ROLES})
"""What somebody must always hold, so that the company cannot lock itself out."""
