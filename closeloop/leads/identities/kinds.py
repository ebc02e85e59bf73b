"""What identifies a person, in its one canonical form (pure).

A mobile number, a mail address and a WeChat id belong to one person. A landline is shared by a
company, so it identifies only together with the name. Ids at channels (OpenID, UnionID, WeCom's
external user id) are given by those who issue them and never typed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

PHONE, LANDLINE, EMAIL, WECHAT = "phone", "landline", "email", "wechat"
UNIONID, EXTERNAL_USER, OPENID = "unionid", "external_user", "openid"
STRENGTH = (PHONE, UNIONID, EXTERNAL_USER, OPENID, EMAIL, WECHAT, LANDLINE)
"""The surest first: where two leads fit, the one that the surest names is taken."""
TYPED = {PHONE: "phone", LANDLINE: "phone", EMAIL: "email", WECHAT: "wechat"}
"""The lead's field in which each typed kind lies."""
_SHARED = ("400", "800", "0")


@dataclass(frozen=True, order=True)
class Known:
    """One thing by which a person is known. `name` counts for landlines alone."""

    kind: str
    value: str
    name: str = ""

    @property
    def key(self) -> str:
        """The thing as one text, for locks and for telling two apart."""
        return "\x1f".join((self.kind, self.value, self.name))


def of_values(values: Mapping[str, Any]) -> tuple[Known, ...]:
    """What identifies the person in a lead's values, which are in canonical form."""
    name = str(values.get("name") or "").strip().casefold()
    found = []
    phone = str(values.get("phone") or "")
    if phone:
        is_shared = phone.startswith(_SHARED)
        found.append(Known(LANDLINE, phone, name) if is_shared else Known(PHONE, phone))
    if values.get("email"):
        found.append(Known(EMAIL, str(values["email"]).casefold()))
    if values.get("wechat"):
        found.append(Known(WECHAT, str(values["wechat"]).strip().casefold()))
    return tuple(found)


def of_ids(ids: Mapping[str, str]) -> tuple[Known, ...]:
    """What identifies the person in ids that a channel gave, such as `openid:wx12` -> `oABC`."""
    return tuple(Known(kind, value) for kind, value in sorted(ids.items()) if value)


def strongest(kinds: Iterable[str]) -> int:
    """The place of the surest of some kinds, 0 the surest; `openid:wx12` counts as `openid`."""
    places = [STRENGTH.index(kind.partition(":")[0]) for kind in kinds]
    return min(places, default=len(STRENGTH))
