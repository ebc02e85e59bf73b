"""The addresses below /accounts/ by which people enter through a provider."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import path

from closeloop.integrations.signing_in.adapters import DingTalkAdapter, FeishuAdapter, WeComAdapter

View = Callable[..., HttpResponseBase]


def only_while_on(view: View) -> View:
    """Lead back to the sign-in page where the provider lets nobody in."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (SocialApp.DoesNotExist, Http404):
            return HttpResponseRedirect("/?sign_in=sign_in_not_offered")

    return checked


_OWN = [
    pattern
    for adapter in (WeComAdapter, DingTalkAdapter, FeishuAdapter)
    for key in [adapter.provider_id]
    for pattern in (
        path(
            f"{key}/login/",
            only_while_on(OAuth2LoginView.adapter_view(adapter)),
            name=f"{key}_login",
        ),
        path(
            f"{key}/login/callback/",
            only_while_on(OAuth2CallbackView.adapter_view(adapter)),
            name=f"{key}_callback",
        ),
    )
]
urlpatterns = [
    *_OWN,
    path("<provider_id>/login/", only_while_on(openid_connect.login), name="openid_connect_login"),
    path(
        "<provider_id>/login/callback/",
        only_while_on(openid_connect.callback),
        name="openid_connect_callback",
    ),
]
