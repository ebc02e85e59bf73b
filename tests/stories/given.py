"""What is there when a story begins, committed, so that the server sees it."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from closeloop.edge import work
from closeloop.identity.models import User
from tests.builders.company import Company
from tests.builders.people import PASSWORD, make_user

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")


def stored(
    make: Callable[Arguments, Made], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Made:
    """What the builder makes, in a transaction of its own."""
    with work.one_transaction():
        return make(*args, **kwargs)


def sunli(company: Company, name: str = "孙丽", **more: Any) -> User:
    """A salesperson of the first team who signs in as `sunli` with PASSWORD."""
    unit = company.teams[0]
    given = {"username": "sunli", "password": PASSWORD, **more}
    return make_user(name, role="salesperson", unit=unit, **given)
