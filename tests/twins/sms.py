"""Tencent Cloud's and Alibaba Cloud's SMS as they are documented, signatures included."""

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import quote

from tests.twins.loopback import Answer, Asked, Twin

KEY_ID, KEY_SECRET = "AKIDsample", "sms-secret"
APP_ID, SIGN_NAME, TEMPLATE = "1400006666", "星河", "1110"


class TencentSmsTwin(Twin):
    """`codes` holds what the next numbers are answered instead of Ok; `reports`, what the carriers
    have said and nobody has pulled, as (serial number, SUCCESS or FAIL).
    """

    routes = {"POST /": "take"}

    def __init__(self) -> None:
        super().__init__()
        self.delivered: list[tuple[str, list[str]]] = []
        self.codes: list[str] = []
        self.reports: list[tuple[str, str]] = []

    def take(self, asked: Asked) -> Any:
        if not _is_signed_tc3(asked):
            return _tencent_error("AuthFailure.SignatureFailure", "not signed as documented")
        if asked.headers["x-tc-action"] == "PullSmsSendStatus":
            return self._pulled(asked.body["Limit"])
        given = asked.body
        if given["TemplateId"] != TEMPLATE:
            return _tencent_error("FailedOperation.TemplateIncorrectOrUnapproved", "no such one")
        number = given["PhoneNumberSet"][0]
        code = self.codes.pop(0) if self.codes else "Ok"
        if code == "Ok":
            self.delivered.append((number, given["TemplateParamSet"]))
        status = {
            "SerialNo": f"5000:{len(self.asked)}" if code == "Ok" else "",
            "PhoneNumber": number,
            "Fee": 1,
            "SessionContext": "",
            "Code": code,
            "Message": "send success" if code == "Ok" else code,
            "IsoCode": "CN",
        }
        return {"Response": {"SendStatusSet": [status], "RequestId": f"r{len(self.asked)}"}}

    def _pulled(self, limit: int) -> Any:
        """Each report goes out once."""
        given, self.reports = self.reports[:limit], self.reports[limit:]
        rows = [
            {
                "UserReceiveTime": 1763863200,
                "CountryCode": "86",
                "SubscriberNumber": "13800138000",
                "PhoneNumber": "+8613800138000",
                "SerialNo": serial,
                "ReportStatus": status,
                "Description": "用户短信接收成功" if status == "SUCCESS" else "空号",
                "SessionContext": "",
            }
            for serial, status in given
        ]
        return {"Response": {"PullSmsSendStatusSet": rows, "RequestId": "r"}}


class AliyunSmsTwin(Twin):
    """`codes` holds what the next requests are answered instead of OK."""

    routes = {"POST /": "take"}

    def __init__(self) -> None:
        super().__init__()
        self.delivered: list[tuple[str, dict[str, str]]] = []
        self.codes: list[str] = []
        self.reports: list[tuple[str, str]] = []

    def take(self, asked: Asked) -> Any:
        if not _is_signed_acs3(asked):
            return Answer(_aliyun("SignatureDoesNotMatch", "not signed as documented"), 400)
        if asked.headers["x-acs-action"] == "QuerySendDetails":
            return self._details(asked.query["BizId"])
        if asked.query["TemplateCode"] != TEMPLATE:
            return _aliyun("isv.SMS_TEMPLATE_ILLEGAL", "模版不合法")
        if self.codes:
            code = self.codes.pop(0)
            return _aliyun(code, code)
        values = json.loads(asked.query["TemplateParam"])
        self.delivered.append((asked.query["PhoneNumbers"], values))
        return {**_aliyun("OK", "OK"), "BizId": f"900619{len(self.asked)}"}

    def _details(self, biz_id: str) -> Any:
        status = {"SUCCESS": 3, "FAIL": 2}.get(dict(self.reports).get(biz_id, ""), 1)
        row = {
            "PhoneNum": "13800138000",
            "SendStatus": status,
            "ErrCode": {1: "", 2: "MOBILE_NOT_EXIST", 3: "DELIVERED"}[status],
            "TemplateCode": TEMPLATE,
            "Content": "【星河】",
            "SendDate": "2026-11-23 10:00:00",
            "ReceiveDate": "2026-11-23 10:00:02",
            "OutId": "",
        }
        details = {"SmsSendDetailDTO": [row]}
        return {**_aliyun("OK", "OK"), "TotalCount": 1, "SmsSendDetailDTOs": details}


def _tencent_error(code: str, message: str) -> dict[str, Any]:
    return {"Response": {"Error": {"Code": code, "Message": message}, "RequestId": "r"}}


def _aliyun(code: str, message: str) -> dict[str, Any]:
    return {"Code": code, "Message": message, "RequestId": "F655A8D5"}


def _is_signed_tc3(asked: Asked) -> bool:
    """TC3-HMAC-SHA256; source: cloud.tencent.com/document/api/382/52072."""
    mark, parts = _parts(asked.headers["authorization"])
    names = parts["SignedHeaders"].split(";")
    lines = "".join(f"{name}:{asked.headers[name].strip()}\n" for name in names)
    body = hashlib.sha256(asked.raw).hexdigest()
    request = "\n".join(["POST", "/", "", lines, ";".join(names), body])
    key_id, day, service, end = parts["Credential"].split("/")
    to_sign = "\n".join(
        [mark, asked.headers["x-tc-timestamp"], f"{day}/{service}/{end}", _sha256(request)]
    )
    key = f"TC3{KEY_SECRET}".encode()
    for step in (day, service, end):
        key = hmac.new(key, step.encode(), hashlib.sha256).digest()
    return key_id == KEY_ID and parts["Signature"] == _hmac(key, to_sign)


def _is_signed_acs3(asked: Asked) -> bool:
    """ACS3-HMAC-SHA256; source: tests/twins/fixtures/aliyun_sms/signature.json."""
    mark, parts = _parts(asked.headers["authorization"])
    names = parts["SignedHeaders"].split(";")
    lines = "".join(f"{name}:{asked.headers[name]}\n" for name in names)
    query = "&".join(
        f"{quote(name, safe='~')}={quote(value, safe='~')}"
        for name, value in sorted(asked.query.items())
    )
    body = hashlib.sha256(asked.raw).hexdigest()
    request = "\n".join(["POST", "/", query, lines, ";".join(names), body])
    to_sign = f"{mark}\n{_sha256(request)}"
    is_complete = {"host", "x-acs-action", "x-acs-date", "x-acs-signature-nonce"} <= set(names)
    signature = _hmac(KEY_SECRET.encode(), to_sign)
    return is_complete and parts["Credential"] == KEY_ID and parts["Signature"] == signature


def _parts(authorization: str) -> tuple[str, dict[str, str]]:
    mark, _, rest = authorization.partition(" ")
    return mark, dict(part.strip().split("=", 1) for part in rest.split(","))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _hmac(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
