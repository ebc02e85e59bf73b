"""Tencent Cloud SMS (API 2021-01-11) by its own SDK.

Sources: cloud.tencent.com/document/product/382/55981 (SendSms, error codes). A request may be
answered per number: `SendStatusSet[0].Code` decides.
"""

from collections.abc import Mapping

import phonenumbers
from requests import exceptions
from tencentcloud.common import credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models, sms_client

from closeloop.notices.channels.outcomes import GiveUp, TryLater, Uncertain
from closeloop.notices.channels.protocol import Receipt, Settings
from closeloop.notices.vendors.exchanges import never_left

HOST = "sms.tencentcloudapi.com"
TIMEOUT_S = 10
AT_ONCE = 100
PAUSES_S: Mapping[str, int | None] = {
    "RequestLimitExceeded": None,
    "LimitExceeded.DeliveryFrequencyLimit": None,
    "LimitExceeded.PhoneNumberThirtySecondLimit": 30,
    "LimitExceeded.PhoneNumberOneHourLimit": 3600,
    "LimitExceeded.PhoneNumberDailyLimit": 6 * 3600,
    "LimitExceeded.AppDailyLimit": 6 * 3600,
    "LimitExceeded.AppMainlandChinaDailyLimit": 6 * 3600,
}
"""Limits that pass, with the pause in seconds where they say how long."""
PERHAPS_SENT = frozenset({"InternalError.Timeout", "InternalError.SendAndRecvFail"})
"""Tencent's own time ran out on the way to the carrier."""
_UNREADABLE = frozenset({"ServerNetworkError", "JSONDecodeError", "KeyError", "TypeError"})
"""What the SDK says when a gateway answered in Tencent's place."""


def send(number: phonenumbers.PhoneNumber, values: Mapping[str, str], settings: Settings) -> str:
    """Send one text; gives the serial number. Raises TryLater, GiveUp, Uncertain."""
    request = models.SendSmsRequest()
    request.PhoneNumberSet = [
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    ]
    request.SmsSdkAppId = settings["app_id"]
    request.SignName = settings["sign_name"]
    request.TemplateId = settings["template"]
    request.TemplateParamSet = list(values.values())
    try:
        response = _client(settings).SendSms(request)
    except TencentCloudSDKException as failure:
        raise _outcome(failure) from failure
    status = response.SendStatusSet[0]
    if status.Code != "Ok":
        raise _refused(status.Code, status.Message)
    return str(status.SerialNo)


def receipts(settings: Settings) -> dict[str, Receipt]:
    """What the carriers have reported since the last call, by serial number.

    The queue gives each report once. Source: cloud.tencent.com/document/product/382/55980.
    """
    found: dict[str, Receipt] = {}
    while True:
        request = models.PullSmsSendStatusRequest()
        request.Limit, request.SmsSdkAppId = AT_ONCE, settings["app_id"]
        try:
            told = _client(settings).PullSmsSendStatus(request).PullSmsSendStatusSet or []
        except TencentCloudSDKException as failure:
            raise _outcome(failure) from failure
        for each in told:
            is_delivered = each.ReportStatus == "SUCCESS"
            found[each.SerialNo] = Receipt(is_delivered, str(each.Description or ""))
        if len(told) < AT_ONCE:
            return found


def _client(settings: Settings) -> sms_client.SmsClient:
    """The endpoint may name a scheme, for a twin or a proxy that speaks plain HTTP."""
    scheme, _, host = (settings.get("endpoint") or HOST).rpartition("://")
    profile = HttpProfile(protocol=scheme or "https", endpoint=host, reqTimeout=TIMEOUT_S)
    keys = credential.Credential(settings["access_key_id"], settings["access_key_secret"])
    return sms_client.SmsClient(keys, settings["region"], ClientProfile(httpProfile=profile))


def _outcome(failure: TencentCloudSDKException) -> Exception:
    code, detail = str(failure.code), str(failure.message)
    if code == "ClientNetworkError":
        cause = failure.__context__
        if isinstance(cause, exceptions.ConnectionError) and never_left(cause):
            return TryLater("no_connection", type(cause).__name__)
        return Uncertain("timeout", type(cause).__name__)
    if code in _UNREADABLE:
        return Uncertain("tencent_unreadable", detail[:200])
    return _refused(code, detail)


def _refused(code: str, detail: str) -> Exception:
    name = f"tencent_{code}"
    if code in PERHAPS_SENT:
        return Uncertain(name, detail)
    if code in PAUSES_S:
        return TryLater(name, detail, after_s=PAUSES_S[code])
    if code.startswith("InternalError"):
        return TryLater(name, detail)
    return GiveUp(name, detail)
