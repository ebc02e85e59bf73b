"""SMS by Tencent Cloud or Alibaba Cloud. Neither has a key that drops repetitions.

Both send templates that the carrier has approved: the setting `params` names what fills their
variables, in order (`title,path`); a template for English readers may be given beside.
"""

from collections.abc import Callable, Mapping, Sequence

import phonenumbers

from closeloop.notices.channels import sms_aliyun, sms_tencent
from closeloop.notices.channels.outcomes import GiveUp
from closeloop.notices.channels.protocol import (
    FieldKind,
    Outgoing,
    Outward,
    Pending,
    Receipt,
    Sent,
    SettingField,
    Settings,
)
from closeloop.notices.vendors import texts

HOME = "CN"
LONGEST_VALUE = 35
"""Characters of one variable, the limit of both providers for texts."""
_TENCENT = {"provider": ("tencent",)}
_VALUES: Mapping[str, Callable[[Outgoing], str]] = {
    "title": lambda message: texts.cut(message.title, LONGEST_VALUE),
    "body": lambda message: texts.cut(" ".join(message.body.split()), LONGEST_VALUE),
    "name": lambda message: texts.cut(message.name, LONGEST_VALUE),
    "link": lambda message: message.phone_link,
    "path": lambda message: message.phone_link.partition("/m/")[2],
}


class Sms(Outward):
    """Short messages to the phone that stands with the person."""

    key = "sms"
    has_receipts = True
    fields: tuple[SettingField, ...] = (
        SettingField(
            "provider", FieldKind.CHOICE, default="tencent", choices=("tencent", "aliyun")
        ),
        SettingField("access_key_id"),
        SettingField("access_key_secret", FieldKind.SECRET),
        SettingField("app_id", only_for=_TENCENT),
        SettingField("region", default="ap-guangzhou", only_for=_TENCENT),
        SettingField("sign_name"),
        SettingField("template"),
        SettingField("template_en", is_required=False),
        SettingField("params", default="title"),
        SettingField("endpoint", is_required=False),
    )

    def send(self, message: Outgoing, settings: Settings) -> Sent:
        """Send one text; gives the provider's serial number."""
        names = [name.strip() for name in settings["params"].split(",") if name.strip()]
        unknown = [name for name in names if name not in _VALUES]
        if unknown:
            raise GiveUp("sms_params_unknown", ", ".join(unknown))
        values = {name: _VALUES[name](message) for name in names}
        send = _PROVIDERS[settings["provider"]]
        return Sent(provider_id=send(phone(message.address), values, _template(message, settings)))

    def receipts(self, pending: Sequence[Pending], settings: Settings) -> Mapping[str, Receipt]:
        """What the carriers reported: all of a queue (Tencent), or asked one by one (Aliyun)."""
        if settings["provider"] == "tencent":
            return sms_tencent.receipts(settings)
        found = {
            each.provider_id: sms_aliyun.receipt(
                phone(each.address), each.provider_id, each.sent_at, settings
            )
            for each in pending
        }
        return {provider_id: receipt for provider_id, receipt in found.items() if receipt}


def phone(written: str) -> phonenumbers.PhoneNumber:
    """The number as written, Chinese where it names no country; raises GiveUp."""
    try:
        number = phonenumbers.parse(written, HOME)
    except phonenumbers.NumberParseException as failure:
        raise GiveUp("phone_invalid", str(failure)) from failure
    if not phonenumbers.is_valid_number(number):
        raise GiveUp("phone_invalid", written)
    return number


def _template(message: Outgoing, settings: Settings) -> Settings:
    """The settings with the template in the reader's language."""
    english = settings.get("template_en")
    chosen = english if message.locale.startswith("en") and english else settings["template"]
    return {**settings, "template": chosen}


_PROVIDERS = {"tencent": sms_tencent.send, "aliyun": sms_aliyun.send}
