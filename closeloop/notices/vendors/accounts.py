"""The company's accounts with providers, and the ids by which people are known there.

`integrations` lies above, keeps both, and plugs itself in (`config.wiring`).
"""

from collections.abc import Callable, Collection, Mapping

from closeloop.notices.vendors.directory import Client


def _no_client(_provider: str) -> Client | None:
    return None


def _nobody(_provider: str, _person_ids: Collection[int]) -> Mapping[int, str]:
    return {}


class Accounts:
    """What a channel asks before it sends: the account's client, and the addresses of people."""

    def __init__(self) -> None:
        self.client_of: Callable[[str], Client | None] = _no_client
        """The client of a provider (wecom, dingtalk, feishu); None while it is not set up."""
        self.user_ids_of: Callable[[str, Collection[int]], Mapping[int, str]] = _nobody
        """The provider's id of each person who is linked to one."""


accounts = Accounts()
