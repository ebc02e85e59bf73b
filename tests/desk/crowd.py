"""Thirty deals and as many repairs with random values, over all teams of the company."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from closeloop.fields import queries as fields
from closeloop.fields.specs import FieldSpec
from closeloop.identity.models import User
from tests.builders.company import Company
from tests.builders.people import make_user
from tests.builders.records import make_customer, make_record

TEXTS = (
    "",
    "甲",
    "乙醇",
    "alpha",
    "Beta",
    "beta ",
    "阿尔法",
    "Ω",
    "10",
    "9",
    "%",
    "_",
    "it's",
    '"',
)
DATES = ("2026-01-31", "2026-11-20", "2026-11-21", "2024-02-29", "1999-12-31")
NUMBERS = ("0", "0.01", "99.5", "100", "1000000", "123456789012.34")


def make_crowd(company: Company, *, size: int = 30, seed: int = 7) -> list[User]:
    """Fills the company; gives the people who own something, one a team and the seller."""
    random = Random(seed)
    owners = [company.seller, company.colleague, company.stranger]
    owners += [make_user(role="salesperson", unit=company.teams[place]) for place in (1, 3)]
    customers = [make_customer(random.choice(owners)) for _ in range(5)]
    for record_type in ("deal", "repair"):
        specs = fields.specs_of(record_type)
        for number in range(size):
            values = _values(specs, random, customers, owners)
            values["name"] = f"{random.choice(TEXTS)} {number % 9}"
            make_record(record_type, values, owner=random.choice(owners))
    return owners


def _values(
    specs: Mapping[str, FieldSpec], random: Random, customers: list[int], owners: list[User]
) -> dict[str, Any]:
    return {
        key: _value(spec, random, customers, owners)
        for key, spec in specs.items()
        if spec.is_required or random.random() < 0.7
        if not any(choice.when for choice in spec.choices)
    }


def _value(spec: FieldSpec, random: Random, customers: list[int], owners: list[User]) -> Any:
    choices = [choice.key for choice in spec.choices]
    made: dict[str, Any] = {
        "choice": lambda: random.choice(choices),
        "choices": lambda: random.sample(choices, random.randint(0, 2)),
        "date": lambda: random.choice(DATES),
        "money": lambda: random.choice(NUMBERS),
        "number": lambda: random.choice(NUMBERS),
        "boolean": lambda: random.random() < 0.5,
        "person": lambda: random.choice(owners).pk,
        "record": lambda: {"customer": random.choice(customers)}.get(spec.target),
        "datetime": lambda: f"{random.choice(DATES)}T08:00:00+08:00",
    }
    return made.get(spec.type, lambda: random.choice(TEXTS))()


def place_of(spec: FieldSpec | None, value: Any) -> Any:
    """Where a value stands in a list's order: nothing before the least of its kind."""
    kind = spec.type if spec else ""
    if kind in {"money", "number"}:
        return Decimal(str(value or 0))
    if kind in {"person", "record"}:
        return int(value or 0)
    return bool(value) if kind == "boolean" else str(value or "")
