"""天眼查: 企业基本信息（含企业联系方式）, asked by name or unified social credit code.

Source: open.tianyancha.com/open/818 (baseinfoV2): the token stands in the header Authorization;
`error_code` 0 is an answer, 300000 says that there is nothing. Phones stand in `phoneNumber`, and
in `phoneSourceList` where the account may see where each comes from.
"""

from collections.abc import Mapping
from typing import Any

from closeloop.notices.channels.outcomes import GiveUp, TryLater
from closeloop.notices.vendors import exchanges
from closeloop.phonecheck import numbers
from closeloop.phonecheck.registries.protocol import Company

KEY = "tianyancha"
HOST = "open.api.tianyancha.com"
BASE_URL = f"https://{HOST}"
PATH = "/services/open/ic/baseinfoV2/2.0"
NOTHING = 300000
LATER = frozenset({300001, 300004, 300012})
"""The request failed, too many at once, the report is being made."""


class Tianyancha:
    """The client of one account."""

    def __init__(self, base_url: str, key: str) -> None:
        self._base = base_url.rstrip("/")
        self._key = key

    def company(self, keyword: str) -> Company | None:
        """The company of a name or code."""
        told = exchanges.ask(
            "GET",
            f"{self._base}{PATH}",
            query={"keyword": keyword},
            headers={"Authorization": self._key},
        )
        code = int(told.get("error_code") or 0)
        if code == NOTHING:
            return None
        if code:
            kind = TryLater if code in LATER else GiveUp
            raise kind(f"{KEY}_{code}", str(told.get("reason") or ""))
        result = told.get("result")
        return _company(result) if isinstance(result, dict) else None


def _company(told: Mapping[str, Any]) -> Company:
    listed = told.get("phoneSourceList") or ()
    more = [each.get("phoneNumber") for each in listed if isinstance(each, dict)]
    return Company(
        name=str(told.get("name") or ""),
        credit_code=str(told.get("creditCode") or ""),
        numbers=tuple(numbers.all_in(told.get("phoneNumber"), *more)),
    )
