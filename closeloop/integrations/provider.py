"""The providers by the names that allauth's registry looks for (a module called `provider`)."""

from typing import Any

from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider

from closeloop.integrations.signing_in.adapters import DingTalkAdapter, FeishuAdapter, WeComAdapter


class WeComProvider(OAuth2Provider):  # type: ignore[misc]
    """WeCom (企业微信)."""

    id = "wecom"
    name = "WeCom"
    account_class = ProviderAccount
    oauth2_adapter_class = WeComAdapter

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The user id in the company."""
        return str(data["uid"])

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing is taken over: people are added elsewhere."""
        return {}

    def get_auth_params(self) -> dict[str, str]:
        """The application, beside what every sign-in asks."""
        return {"agentid": str(self.app.settings["agent_id"])}


class DingTalkProvider(OAuth2Provider):  # type: ignore[misc]
    """DingTalk (钉钉)."""

    id = "dingtalk"
    name = "DingTalk"
    account_class = ProviderAccount
    oauth2_adapter_class = DingTalkAdapter

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The account's id, the same for every application of the company."""
        return str(data["unionId"])

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing is taken over: people are added elsewhere."""
        return {}

    def get_default_scope(self) -> list[str]:
        """Who it is."""
        return ["openid"]

    def get_auth_params(self) -> dict[str, str]:
        """DingTalk asks before it tells who somebody is."""
        return {"prompt": "consent"}


class FeishuProvider(OAuth2Provider):  # type: ignore[misc]
    """Feishu (飞书)."""

    id = "feishu"
    name = "Feishu"
    account_class = ProviderAccount
    oauth2_adapter_class = FeishuAdapter

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The app's own name for the person."""
        return str(data["open_id"])

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing is taken over: people are added elsewhere."""
        return {}


provider_classes = [WeComProvider, DingTalkProvider, FeishuProvider]
