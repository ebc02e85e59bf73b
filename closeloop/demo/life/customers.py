"""Customers and their contacts: how they are found, and who decides in them."""

from __future__ import annotations

from random import Random
from typing import Any

from closeloop.demo import texts
from closeloop.demo.company import DOMAIN, INDUSTRIES, Mix
from closeloop.demo.life.persons import Person
from closeloop.demo.life.world import Account, World, draw
from closeloop.identity.actor import Actor

ROLES = Mix(
    {
        "user": 26, "technical": 20, "purchasing": 20, "decision_maker": 14, "influencer": 10,
        "finance": 7, "opponent": 3,
    }
)  # fmt: skip
_ATTITUDES = Mix(
    {"champion": 10, "friendly": 30, "neutral": 32, "doubtful": 12, "against": 4, "unknown": 12}
)
_LEVELS = Mix({"key_account": 6, "a": 20, "b": 40, "c": 34})
_BEDS = {
    "public_tertiary_hospital": ("from_500_to_999", "above_1000"),
    "public_secondary_hospital": ("from_100_to_499", "from_500_to_999"),
    "private_hospital": ("below_100", "from_100_to_499"),
    "primary_care": ("below_100",),
}
_PUBLIC = {
    "public_tertiary_hospital", "public_secondary_hospital", "primary_care", "cdc",
    "research_institute",
}  # fmt: skip
_DEPARTMENTS = ("laboratory", "imaging", "icu", "surgery", "equipment", "purchasing")


def invent_customer(
    world: World, rng: Random, *, region: str, name: str = "", industry: str = ""
) -> dict[str, Any]:
    """The values of a customer; some fields stay empty, as in life."""
    industry = industry or draw(rng, INDUSTRIES)
    name = name or world.names.institution(industry=industry, region=region)
    values: dict[str, Any] = {
        "name": name,
        "industry": industry,
        "region": region,
        "level": draw(rng, _LEVELS),
        "ownership": "public" if industry in _PUBLIC else "private",
        "bed_count": rng.choice(_BEDS.get(industry, ("not_applicable",))),
    }
    if rng.random() < 0.8:
        values["phone"] = world.names.landline(region)
    if rng.random() < 0.6:
        values["credit_code"] = world.names.credit_code()
    if rng.random() < 0.5:
        values["departments"] = sorted(rng.sample(_DEPARTMENTS, rng.randint(1, 3)))
    if rng.random() < 0.5:
        values["address"] = f"{name[:2]}市{rng.choice('东西南北中')}环路 {rng.randint(1, 400)} 号"
    if rng.random() < 0.7:
        values["short_name"] = short_of(name)
    return values


def short_of(name: str) -> str:
    """A customer's short name."""
    for ending in ("医疗器械有限公司", "医疗科技有限公司", "有限公司", "社区卫生服务中心"):
        name = name.removesuffix(ending)
    return name.replace("大学附属", "附").replace("市", "", 1)[:20]


def invent_contact(
    world: World, rng: Random, *, customer_id: int, role: str, is_primary: bool = False
) -> dict[str, Any]:
    """The values of a contact who plays a part in the customer's decisions."""
    values: dict[str, Any] = {
        "name": world.names.person(),
        "customer": customer_id,
        "title": rng.choice(texts.TITLES[role]),
        "phone": world.names.mobile(),
        "chain_role": role,
        "attitude": "against" if role == "opponent" else draw(rng, _ATTITUDES),
        "is_primary": is_primary,
        "department": texts.DEPARTMENTS[role],
    }
    if rng.random() < 0.35:
        values["email"] = f"contact{rng.randrange(10**6):06d}@mail.example"
    if rng.random() < 0.4:
        values["wechat"] = f"wx_demo_{rng.randrange(10**6):06d}"
    return values


def take_in(world: World, customer_id: int, values: dict[str, Any], *, owner: Person) -> Account:
    """Let an owner know a customer that has just been made."""
    return world.add_account(
        Account(
            id=customer_id,
            name=values["name"],
            short=values.get("short_name") or short_of(values["name"]),
            industry=values["industry"],
            region=values.get("region") or owner.region,
            owner_id=owner.id,
        )
    )


def add_contact(
    world: World,
    account: Account,
    *,
    role: str,
    owner: Person,
    by: Actor | None = None,
    via: str = "screen",
) -> None:
    """Add a contact who plays a part."""
    is_first = not account.contacts
    values = invent_contact(
        world, owner.rng, customer_id=account.id, role=role, is_primary=is_first
    )
    contact_id = world.ledger.create(
        "contact", values, by=by or owner.actor, at=world.now, via=via, owner_id=owner.id
    )
    account.contacts.append(contact_id)
    account.roles.add(role)


def new_role(account: Account, rng: Random) -> str | None:
    """A part that nobody at the customer plays yet, or None."""
    left = {key: share for key, share in ROLES.weights.items() if key not in account.roles}
    return draw(rng, Mix(left)) if left else None


def mail_of(username: str) -> str:
    """A colleague's mail address."""
    return f"{username}@{DOMAIN}"
