"""allauth's adapter: providers come from the accounts, and only known people come in."""

from typing import Any

import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from closeloop.engine.refusals import Refusal
from closeloop.identity import sessions
from closeloop.integrations import actions, queries
from closeloop.integrations.queries import SetUp
from closeloop.integrations.signing_in.people import vouched_for

log = structlog.get_logger("closeloop.integrations")
OIDC_KIND = "openid_connect"
HOME, PHONE_HOME = "/", "/m"


class Door(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who may enter: those who are linked, or known by phone or mail. Nobody signs up."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The providers that are on and let people in, in the form that allauth knows."""
        apps = [_app_of(found) for found in queries.sign_ins()]
        return [
            app
            for app in apps
            if provider in (None, app.provider, app.provider_id)
            and client_id in (None, app.client_id)
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: people are added by administrators or a sync."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Open the session, or say at the sign-in page why not."""
        where = _wanted(request, sociallogin.state)
        found = vouched_for(sociallogin)
        try:
            person = (
                actions.person_who_signs_in(
                    found.provider, found.external_id, phone=found.phone, emails=found.emails
                )
                if found.external_id
                else None
            )
            sessions.sign_in_through(request, user=person, provider=found.provider, who=found.name)
        except Refusal as refusal:
            raise _back(where, refusal.code) from None
        raise ImmediateHttpResponse(HttpResponseRedirect(where))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None,
        extra_context: Any = None,
    ) -> None:  # fmt: skip
        """Say at the sign-in page that the provider did not vouch, and in the log why."""
        log.warning(
            "sign-in not vouched", provider=provider.id, error=str(error), said=str(exception)[:500]
        )
        state = (extra_context or {}).get("state")
        code = "sign_in_cancelled" if str(error) == "cancelled" else "sign_in_not_vouched"
        raise _back(_wanted(request, state), code)


def _app_of(found: SetUp) -> SocialApp:
    key, given = found.provider.key, found.settings
    client_id = given.get("client_id") or given.get("corp_id") or given.get("app_id") or ""
    secret = given.get("client_secret") or given.get("secret") or given.get("app_secret") or ""
    is_oidc = key == "oidc"
    return SocialApp(
        provider=OIDC_KIND if is_oidc else key,
        provider_id=key if is_oidc else "",
        name=given.get("name", key),
        client_id=client_id,
        secret=secret,
        settings=dict(given),
    )


def _wanted(request: HttpRequest, state: dict[str, Any] | None) -> str:
    given = str((state or {}).get("next") or "")
    is_ours = url_has_allowed_host_and_scheme(
        given, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return given if given and is_ours else HOME


def _back(where: str, code: str) -> ImmediateHttpResponse:
    home = PHONE_HOME if where == PHONE_HOME or where.startswith(f"{PHONE_HOME}/") else HOME
    query = urlencode({"sign_in": code, **({"next": where} if where != home else {})})
    return ImmediateHttpResponse(HttpResponseRedirect(f"{home}?{query}"))
