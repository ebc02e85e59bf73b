"""What is there when a story begins, committed, so that the server sees it."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from closeloop.edge import work

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")


def stored(
    make: Callable[Arguments, Made], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Made:
    """What the builder makes, in a transaction of its own."""
    with work.one_transaction():
        return make(*args, **kwargs)
