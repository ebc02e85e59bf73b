"""How each provider's sign-in is spoken, with addresses from the account's settings."""

from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.http import HttpRequest

from closeloop.integrations import queries
from closeloop.notices.channels.outcomes import Unsent
from closeloop.notices.vendors.dingtalk import DingTalk
from closeloop.notices.vendors.wecom import WeCom


class WeComClient(OAuth2Client):  # type: ignore[misc]
    """WeCom's own names for what OAuth asks (document/path/98152 and 91022)."""

    def get_redirect_url(
        self, authorization_url: str, scope: list[str], extra_params: dict[str, str]
    ) -> str:
        """Where the browser goes: a page with a code to scan, or WeCom's own consent."""
        asked = {
            **extra_params,
            "appid": self.consumer_key,
            "redirect_uri": self.callback_url,
            "state": self.state or "",
        }
        if authorization_url.endswith("/authorize"):
            silent = {"response_type": "code", "scope": "snsapi_base"}
            return f"{authorization_url}?{urlencode({**asked, **silent})}#wechat_redirect"
        return f"{authorization_url}?{urlencode({'login_type': 'CorpApp', **asked})}"


class WeComAdapter(OAuth2Adapter):  # type: ignore[misc]
    """Signing in with WeCom: the company's own token exchanges the code for a user id."""

    provider_id = "wecom"
    client_class = WeComClient
    access_token_url = ""

    @property
    def authorize_url(self) -> str:
        """Within WeCom the consent page, elsewhere the page with a code to scan."""
        settings = self.get_provider().app.settings
        if "wxwork" in self.request.headers.get("User-Agent", "").lower():
            return f"{settings['inner_login_url'].rstrip('/')}/connect/oauth2/authorize"
        return f"{settings['login_url'].rstrip('/')}/wwlogin/sso/login"

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: OAuth2Client,
        pkce_code_verifier: str | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """The code itself: WeCom gives no token in a person's name."""
        return {"access_token": request.GET["code"]}

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Whom the code stands for."""
        client = queries.client_of("wecom")
        assert isinstance(client, WeCom)
        try:
            person = client.person_of_code(token.token)
        except Unsent as failed:
            raise OAuth2Error(str(failed)) from failed
        told = {**vars(person), "uid": person.user_id or "outside"}
        return self.get_provider().sociallogin_from_response(request, told)


class DingTalkAdapter(DingTalkOAuth2Adapter):  # type: ignore[misc]
    """Signing in with DingTalk: allauth's exchange, then the company's own user id."""

    @property
    def authorize_url(self) -> str:
        """DingTalk's sign-in page."""
        return f"{self._setting('login_url')}/oauth2/auth"

    @property
    def access_token_url(self) -> str:
        """Where a code becomes a token in the person's name."""
        return f"{self._setting('new_base_url')}/v1.0/oauth2/userAccessToken"

    @property
    def profile_url(self) -> str:
        """Where that token says whose it is."""
        return f"{self._setting('new_base_url')}/v1.0/contact/users/me"

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Whom the token stands for; outsiders have an account, but no user id here."""
        told = _ask(self.profile_url, {"x-acs-dingtalk-access-token": token.token})
        client = queries.client_of("dingtalk")
        assert isinstance(client, DingTalk)
        try:
            told["user_id"] = client.user_id_of_union(str(told["unionId"]))
        except Unsent as failed:
            raise OAuth2Error(str(failed)) from failed
        return self.get_provider().sociallogin_from_response(request, told)

    def _setting(self, name: str) -> str:
        return str(self.get_provider().app.settings[name]).rstrip("/")


class FeishuAdapter(OAuth2Adapter):  # type: ignore[misc]
    """Signing in with Feishu by its current addresses (access-token/get-user-access-token-v3).

    allauth's own adapter speaks `authen/v1`, which Feishu calls historical.
    """

    provider_id = "feishu"

    @property
    def authorize_url(self) -> str:
        """Feishu's consent page."""
        return f"{self._setting('accounts_url')}/open-apis/authen/v1/authorize"

    @property
    def access_token_url(self) -> str:
        """Where a code becomes a token in the person's name."""
        return f"{self._setting('accounts_url')}/oauth/v3/token"

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Whom the token stands for."""
        address = f"{self._setting('base_url')}/open-apis/authen/v1/user_info"
        told = _ask(address, {"Authorization": f"Bearer {token.token}"})
        if told.get("code") != 0:
            raise OAuth2Error(f"Feishu said {told.get('code')}")
        return self.get_provider().sociallogin_from_response(request, told["data"])

    def _setting(self, name: str) -> str:
        return str(self.get_provider().app.settings[name]).rstrip("/")


def _ask(address: str, headers: dict[str, str]) -> dict[str, Any]:
    with get_adapter().get_requests_session() as session:
        answer = session.get(address, headers=headers)
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
    return told
