"""What each kind of channel sends, checked and read (pure): a call in, payloads out."""

from collections.abc import Mapping

from closeloop.capture.adapters import ads, mail, webhook, wechat
from closeloop.capture.adapters.setup import Reader, Setup
from closeloop.capture.kinds import Kind

READERS: Mapping[str, Reader] = {
    Kind.WEBHOOK: webhook.READER,
    Kind.MAIL: mail.READER,
    Kind.WECHAT_OFFICIAL: wechat.OFFICIAL,
    Kind.WECOM_CONTACT: wechat.CONTACT,
    Kind.OCEAN_ENGINE: ads.OCEAN_ENGINE,
    Kind.BAIDU: ads.BAIDU,
    Kind.TENCENT_ADS: ads.TENCENT,
}

__all__ = ["READERS", "Reader", "Setup"]
