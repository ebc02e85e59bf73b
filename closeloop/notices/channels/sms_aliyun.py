"""Alibaba Cloud SMS (Dysmsapi 2017-05-25) by one signed request.

Sources: help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature (signing),
help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms (SendSms, error codes).
"""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from zoneinfo import ZoneInfo

import phonenumbers
from django.utils import timezone

from closeloop.notices.channels.outcomes import GiveUp, TryLater
from closeloop.notices.channels.protocol import Receipt, Settings
from closeloop.notices.vendors import exchanges

HOST = "dysmsapi.aliyuncs.com"
VERSION = "2017-05-25"
ALGORITHM = "ACS3-HMAC-SHA256"
CHINA = 86
WAITING, DELIVERED = 1, 3
_CHINA_TIME = ZoneInfo("Asia/Shanghai")
PAUSES_S: Mapping[str, int] = {"isv.BUSINESS_LIMIT_CONTROL": 3600, "isv.DAY_LIMIT_CONTROL": 21600}
"""Limits of one number (1 a minute, 5 an hour, 10 a day) and of the account, in seconds."""
BUSY = frozenset({"isp.SYSTEM_ERROR", "ServiceUnavailable", "InternalError"})


def send(number: phonenumbers.PhoneNumber, values: Mapping[str, str], settings: Settings) -> str:
    """Send one text; gives the BizId. Raises TryLater, GiveUp, Uncertain."""
    query = {
        "PhoneNumbers": _written(number),
        "SignName": settings["sign_name"],
        "TemplateCode": settings["template"],
        "TemplateParam": json.dumps(values, ensure_ascii=False, separators=(",", ":")),
    }
    return str(_ask("SendSms", query, settings, is_repeatable=False).get("BizId", ""))


def receipt(
    number: phonenumbers.PhoneNumber, biz_id: str, sent_at: datetime, settings: Settings
) -> Receipt | None:
    """What the carrier reported about one text; None while it has not.

    Source: help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-querysenddetails.
    """
    query = {
        "PhoneNumber": _written(number),
        "BizId": biz_id,
        "SendDate": sent_at.astimezone(_CHINA_TIME).strftime("%Y%m%d"),
        "PageSize": "10",
        "CurrentPage": "1",
    }
    told: Any = _ask("QuerySendDetails", query, settings).get("SmsSendDetailDTOs") or {}
    for row in told.get("SmsSendDetailDTO") or ():
        if int(row["SendStatus"]) != WAITING:
            return Receipt(int(row["SendStatus"]) == DELIVERED, str(row.get("ErrCode", "")))
    return None


def _ask(
    action: str, query: Mapping[str, str], settings: Settings, *, is_repeatable: bool = True
) -> Mapping[str, Any]:
    scheme, _, host = (settings.get("endpoint") or HOST).rpartition("://")
    base_url = f"{scheme or 'https'}://{host}"
    headers = signed(
        action,
        VERSION,
        query,
        host=urlsplit(base_url).netloc,
        key_id=settings["access_key_id"],
        secret=settings["access_key_secret"],
        at=timezone.now(),
        nonce=uuid.uuid4().hex,
    )
    return _checked(
        exchanges.ask(
            "POST",
            f"{base_url}/?{_canonical(query)}",
            headers=headers,
            is_repeatable=is_repeatable,
        )
    )


def signed(
    action: str,
    version: str,
    query: Mapping[str, str],
    *,
    host: str,
    key_id: str,
    secret: str,
    at: datetime,
    nonce: str,
) -> dict[str, str]:
    """The headers of a request without a body, its signature among them."""
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    asked = "\n".join(
        ["POST", "/", _canonical(query), lines, names, headers["x-acs-content-sha256"]]
    )
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(asked.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    authorization = f"{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}"
    return {**headers, "Authorization": authorization}


def _canonical(query: Mapping[str, str]) -> str:
    return urlencode(sorted(query.items()), quote_via=quote, safe="")


def _written(number: phonenumbers.PhoneNumber) -> str:
    """Chinese numbers without their country, others with it and no plus sign."""
    national = str(number.national_number)
    return national if number.country_code == CHINA else f"00{number.country_code}{national}"


def _checked(told: Mapping[str, Any]) -> Mapping[str, Any]:
    code, detail = str(told.get("Code", "")), str(told.get("Message", ""))
    if code == "OK":
        return told
    name = f"aliyun_{code}"
    if code in PAUSES_S:
        raise TryLater(name, detail, after_s=PAUSES_S[code])
    if code in BUSY or code.startswith("Throttling"):
        raise TryLater(name, detail)
    raise GiveUp(name, detail)
