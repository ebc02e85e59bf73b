"""The kinds of channels: what each needs to be set up, and how it is reached (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FILLED_IN = ("form_submitted",)


class Kind(StrEnum):
    """How leads come."""

    FORM = "form"
    WEBHOOK = "webhook"
    MAIL = "mail"
    REST = "rest"
    WECHAT_OFFICIAL = "wechat_official"
    WECOM_CONTACT = "wecom_contact"
    OCEAN_ENGINE = "ocean_engine"
    BAIDU = "baidu"
    TENCENT_ADS = "tencent_ads"


@dataclass(frozen=True)
class KindSpec:
    """What a kind of channel needs.

    `made` is the secret that the product makes and shows once; `entered` are secrets that the
    provider gave and a person enters; `settings` are plain ones. `required` of these must be there
    before the channel can be switched on.
    """

    kind: Kind
    settings: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    made: str = ""
    required: tuple[str, ...] = ()
    has_mapping: bool = False
    """Whether paths of its payload can be assigned to fields."""
    tells: tuple[str, ...] = ()
    """Yes-or-no fields of the lead that coming this way makes true, where the company has them."""
    source: str = "other"
    """The lead's source where the channel names no other."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """All secrets, sealed and never told again."""
        return (*self.entered, *((self.made,) if self.made else ()))


_ALL = (
    KindSpec(
        Kind.FORM,
        settings=("allows_plain_posts", "shown_on"),
        tells=FILLED_IN,
        source="website",
    ),
    KindSpec(
        Kind.WEBHOOK, settings=("external_id",), made="secret", has_mapping=True, source="website"
    ),
    KindSpec(
        Kind.MAIL,
        settings=("host", "port", "security", "user", "folder"),
        entered=("password",),
        made="secret",
        source="website",
    ),
    KindSpec(Kind.REST, source="website"),
    KindSpec(
        Kind.WECHAT_OFFICIAL,
        settings=("app_id",),
        entered=("callback_token", "callback_key"),
        required=("app_id", "callback_token"),
        source="wechat_official",
    ),
    KindSpec(
        Kind.WECOM_CONTACT,
        settings=("corp_id",),
        entered=("callback_token", "callback_key"),
        required=("corp_id", "callback_token", "callback_key"),
        has_mapping=True,
        source="wechat_official",
    ),
    KindSpec(
        Kind.OCEAN_ENGINE,
        settings=("external_id",),
        entered=("app_secret",),
        required=("app_secret",),
        has_mapping=True,
        tells=FILLED_IN,
        source="feed_ad",
    ),
    KindSpec(
        Kind.BAIDU,
        settings=("external_id",),
        made="token",
        has_mapping=True,
        tells=FILLED_IN,
        source="search_ad",
    ),
    KindSpec(
        Kind.TENCENT_ADS,
        settings=("external_id",),
        made="token",
        has_mapping=True,
        tells=FILLED_IN,
        source="feed_ad",
    ),
)
KINDS: Mapping[str, KindSpec] = {each.kind.value: each for each in _ALL}
