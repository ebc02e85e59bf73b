"""Robots that speak to a group: WeCom, DingTalk and Feishu by a plain request, others by Apprise.

Apprise 2.2 takes the HTTP status for the answer: these three say no with status 200 and a code in
the body, which Apprise reports as sent, and their addresses are fixed in it, so that neither a
private deployment nor a twin can stand in. For every other robot it knows, Apprise is used as it
is; it says only yes or no, and a no leaves open what happened.

Sources: developer.work.weixin.qq.com/document/path/91770 (WeCom),
open.dingtalk.com/document/robots/custom-robot-access (DingTalk),
open.feishu.cn/document/client-docs/bot-v3/add-custom-bot (Feishu).
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any

import apprise
from django.utils import timezone

from closeloop.notices.channels.outcomes import GiveUp, TryLater, Uncertain
from closeloop.notices.channels.protocol import (
    FieldKind,
    Outgoing,
    Outward,
    Sent,
    SettingField,
    Settings,
)
from closeloop.notices.vendors import exchanges, texts

HOSTS = {
    "wecom": "qyapi.weixin.qq.com",
    "dingtalk": "oapi.dingtalk.com",
    "feishu": "open.feishu.cn",
}
BUSY = {
    "wecom": frozenset({-1, 45009, 45033}),
    "dingtalk": frozenset({-1, 130101, 410100}),
    "feishu": frozenset({11232}),
}
"""Codes that ask to come back later; every other one will not heal."""
PAUSE_S = {"wecom": 60, "dingtalk": 600, "feishu": 60}
"""Each robot takes so many messages a minute (20, 20, 100); DingTalk then rests for ten minutes."""
MARKDOWN_BYTES = 4000
_OWN = ("wecom", "dingtalk", "feishu")


class Robot(Outward):
    """One group's robot; it speaks once, whoever is told."""

    key = "robot"
    is_personal = False
    fields: tuple[SettingField, ...] = (
        SettingField("platform", FieldKind.CHOICE, default="wecom", choices=(*_OWN, "apprise")),
        SettingField("token", FieldKind.SECRET, only_for={"platform": _OWN}),
        SettingField(
            "secret",
            FieldKind.SECRET,
            is_required=False,
            only_for={"platform": ("dingtalk", "feishu")},
        ),
        SettingField("base_url", is_required=False, only_for={"platform": _OWN}),
        SettingField("apprise_url", FieldKind.SECRET, only_for={"platform": ("apprise",)}),
    )

    def send(self, message: Outgoing, settings: Settings) -> Sent:
        """Speak to the group once."""
        platform = settings["platform"]
        if platform == "apprise":
            return _by_apprise(message, settings["apprise_url"])
        host = settings.get("base_url") or f"https://{HOSTS[platform]}"
        path, query, body = _ASKS[platform](message, settings)
        told = exchanges.ask(
            "POST", f"{host.rstrip('/')}{path}", query=query, body=body, is_repeatable=False
        )
        _check(platform, told)
        return Sent()


Asked = tuple[str, Mapping[str, str], Mapping[str, Any]]


def _wecom(message: Outgoing, settings: Settings) -> Asked:
    content = texts.cut_bytes(_markdown(message, colour="warning"), MARKDOWN_BYTES)
    body = {"msgtype": "markdown", "markdown": {"content": content}}
    return "/cgi-bin/webhook/send", {"key": settings["token"]}, body


def _dingtalk(message: Outgoing, settings: Settings) -> Asked:
    query = {"access_token": settings["token"]}
    if settings.get("secret"):
        stamp = str(int(timezone.now().timestamp() * 1000))
        secret = settings["secret"].encode()
        signed = hmac.new(secret, stamp.encode() + b"\n" + secret, hashlib.sha256).digest()
        query |= {"timestamp": stamp, "sign": base64.b64encode(signed).decode()}
    text = texts.cut_bytes(_markdown(message), MARKDOWN_BYTES)
    return (
        "/robot/send",
        query,
        {"msgtype": "markdown", "markdown": {"title": message.title, "text": text}},
    )


def _feishu(message: Outgoing, settings: Settings) -> Asked:
    line: list[dict[str, str]] = [{"tag": "text", "text": f"{message.name}：{message.body} "}]
    if message.phone_link:
        line.append({"tag": "a", "text": message.phone_link, "href": message.phone_link})
    post = {"zh_cn": {"title": message.title, "content": [line]}}
    body: dict[str, Any] = {"msg_type": "post", "content": {"post": post}}
    if settings.get("secret"):
        stamp = str(int(timezone.now().timestamp()))
        key = f"{stamp}\n{settings['secret']}".encode()
        signed = hmac.new(key, b"", hashlib.sha256).digest()
        body |= {"timestamp": stamp, "sign": base64.b64encode(signed).decode()}
    return f"/open-apis/bot/v2/hook/{settings['token']}", {}, body


_ASKS: Mapping[str, Callable[[Outgoing, Settings], Asked]] = {
    "wecom": _wecom,
    "dingtalk": _dingtalk,
    "feishu": _feishu,
}


def _markdown(message: Outgoing, *, colour: str = "") -> str:
    title = message.title
    if message.is_red and colour:
        title = f'<font color="{colour}">{title}</font>'
    parts = [f"**{title}**", f"{message.name}：{message.body}"]
    if message.phone_link:
        parts.append(f"[{message.phone_link}]({message.phone_link})")
    return "\n\n".join(parts)


def _check(platform: str, told: Mapping[str, Any]) -> None:
    code = int(told.get("errcode", told.get("code", 0)) or 0)
    if code == 0:
        return
    name = f"{platform}_{code}"
    detail = str(told.get("errmsg") or told.get("msg") or "")
    if code in BUSY[platform]:
        raise TryLater(name, detail, after_s=PAUSE_S[platform])
    raise GiveUp(name, detail)


def _by_apprise(message: Outgoing, url: str) -> Sent:
    robot = apprise.Apprise()
    if not robot.add(url):
        raise GiveUp("apprise_url_invalid")
    body = "\n".join(part for part in (message.body, message.phone_link) if part)
    if not robot.notify(title=message.title, body=body or message.title):
        raise Uncertain("apprise_failed")
    return Sent()
