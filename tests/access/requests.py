"""What a sample of a request is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.access.world import Target

Body = Callable[[Target], Mapping[str, Any]]


@dataclass(frozen=True)
class Sample:
    """A request about a target.

    `shows_records`: the answer names every record that one may see (checked, so that the matrix
    does not pass by seeing nothing). `is_personal`: the answer also names what one has asked for
    oneself, whatever has become of the scope since.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Body | None = None
    is_form: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    shows_records: bool = False
    is_personal: bool = False


READ = Sample()
NAME = {"zh-CN": "样例", "en-US": "Sample"}


def say(**values: Any) -> Body:
    """A body that is the same for every target."""
    return lambda _target: values


EMPTY = say()
