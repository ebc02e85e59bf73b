"""Addresses: the API, health, and the web client for everything else."""

from django.urls import include, path, re_path

from closeloop.capture.pages import views as forms
from closeloop.config import health, shell
from closeloop.config.api import api
from closeloop.edge import problems
from closeloop.edge.addresses import Addresses
from closeloop.nurture.pages import files as library
from closeloop.nurture.pages import views as outside

urlpatterns = [
    Addresses("api/", *api.urls),
    re_path(r"^api/.*$", problems.nowhere),
    path("accounts/", include("closeloop.integrations.urls")),
    path("f/<str:token>", forms.form),
    path("f/<str:token>/embed.js", forms.script),
    path("u/<str:token>", outside.unsubscribe),
    path("n/<str:token>", library.file),
    path("healthz", health.alive),
    path("readyz", health.ready),
    re_path(r"^m(?:/.*)?$", shell.phone),
    re_path(r"^(?!api/|assets/|static/).*$", shell.desktop),
]
