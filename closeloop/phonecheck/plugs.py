"""What the check is told of the apps beside it (`config.phonecheck_plugs`)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Protocol

from closeloop.notices.channels.outcomes import GiveUp
from closeloop.notices.vendors.wecom_customers import ContactPage


class Customers(Protocol):
    """The part of WeCom's client that the check reads with."""

    def contacts_of(self, user_ids: Collection[str], *, cursor: str = "") -> ContactPage:
        """One page of everybody outside whom these colleagues have added."""


def _unreached() -> Customers:
    raise GiveUp("account_missing")


@dataclass
class Plugs:
    """`wecom`: the client of the company's account, or GiveUp. `people_at`: who has these ids
    there; `ids_there`: everybody's. `rows_of`: a table as rows by the columns' names.
    """

    wecom: Callable[[], Customers] = _unreached
    people_at: Callable[[Collection[str]], Mapping[str, int]] = lambda _ids: {}
    ids_there: Callable[[], Collection[str]] = tuple
    rows_of: Callable[[IO[bytes]], Iterable[Mapping[str, object]]] = lambda _stream: ()


plugs = Plugs()
