"""The providers: what an administrator enters for each, and the client that it makes (pure)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from closeloop.notices.vendors import dingtalk, feishu, wecom
from closeloop.notices.vendors.directory import Client

Settings = Mapping[str, str]
_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s?#]*")
_DIGITS = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Field:
    """One setting; its name is the message `integration.<provider>.<key>`.

    `part` says what needs it: account, sync, sign_in, callback. Only those of the account are
    required.
    """

    key: str
    part: str = "account"
    is_secret: bool = False
    is_required: bool = False
    default: str = ""
    form: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Provider:
    """One provider. `client` is None where there is nothing but signing in."""

    key: str
    fields: tuple[Field, ...]
    client: Callable[[Settings], Client] | None
    has_callback: bool = True

    @property
    def secrets(self) -> frozenset[str]:
        """The settings that are never told."""
        return frozenset(field.key for field in self.fields if field.is_secret)

    @property
    def defaults(self) -> dict[str, str]:
        """What holds where nothing is entered."""
        return {field.key: field.default for field in self.fields}

    def missing(self, settings: Settings) -> list[str]:
        """The required settings that are not there."""
        return [field.key for field in self.fields if field.is_required and not settings[field.key]]

    def wrong(self, settings: Settings) -> list[str]:
        """The settings whose form is wrong."""
        return [
            field.key
            for field in self.fields
            if field.form and settings[field.key] and not field.form.fullmatch(settings[field.key])
        ]


def _required(key: str, *, secret: bool = False, form: re.Pattern[str] | None = None) -> Field:
    return Field(key, is_required=True, is_secret=secret, form=form)


def _address(key: str, host: str, *, part: str = "account") -> Field:
    return Field(key, part=part, default=f"https://{host}", form=_ADDRESS, is_required=True)


_SYNC = (Field("root_unit_id", part="sync", form=_DIGITS), Field("new_role", part="sync"))
_TOKEN_AND_KEY = (
    Field("callback_token", part="callback", is_secret=True),
    Field("callback_key", part="callback", is_secret=True, form=re.compile(r"[A-Za-z0-9+/]{43}")),
)


def _wecom(settings: Settings) -> Client:
    return wecom.WeCom(wecom.Settings(**_of(wecom.Settings, settings)))


def _dingtalk(settings: Settings) -> Client:
    return dingtalk.DingTalk(dingtalk.Settings(**_of(dingtalk.Settings, settings)))


def _feishu(settings: Settings) -> Client:
    return feishu.Feishu(feishu.Settings(**_of(feishu.Settings, settings)))


def _of(kind: type[Any], settings: Settings) -> dict[str, str]:
    return {field.name: settings[field.name] for field in fields(kind)}


WECOM = Provider(
    "wecom",
    (
        _required("corp_id"),
        _required("agent_id", form=_DIGITS),
        _required("secret", secret=True),
        Field("contacts_secret", part="sync", is_secret=True),
        *_SYNC,
        *_TOKEN_AND_KEY,
        _address("base_url", wecom.HOST),
        _address("login_url", "login.work.weixin.qq.com", part="sign_in"),
        _address("inner_login_url", "open.weixin.qq.com", part="sign_in"),
    ),
    _wecom,
)
DINGTALK = Provider(
    "dingtalk",
    (
        _required("client_id"),
        _required("client_secret", secret=True),
        _required("agent_id", form=_DIGITS),
        Field("corp_id"),
        *_SYNC,
        *_TOKEN_AND_KEY,
        _address("base_url", dingtalk.HOST),
        _address("new_base_url", dingtalk.NEW_HOST),
        _address("login_url", "login.dingtalk.com", part="sign_in"),
    ),
    _dingtalk,
)
FEISHU = Provider(
    "feishu",
    (
        _required("app_id"),
        _required("app_secret", secret=True),
        *_SYNC,
        Field("callback_token", part="callback", is_secret=True),
        Field("callback_key", part="callback", is_secret=True),
        _address("base_url", feishu.HOST),
        _address("accounts_url", feishu.ACCOUNTS_HOST, part="sign_in"),
    ),
    _feishu,
)
OIDC = Provider(
    "oidc",
    (
        Field("name", default="SSO"),
        Field("server_url", is_required=True, form=_ADDRESS),
        _required("client_id"),
        _required("client_secret", secret=True),
    ),
    None,
    has_callback=False,
)
PROVIDERS: Mapping[str, Provider] = {one.key: one for one in (WECOM, DINGTALK, FEISHU, OIDC)}
