"""Every route is found by its words as Django finds it by trying one after another."""

import re

import pytest
from django.urls import Resolver404, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

from closeloop.config.api import api
from closeloop.edge.addresses import Addresses

PATTERNS, APP, NAMESPACE = api.urls
INDEXED = Addresses("api/", PATTERNS, APP, NAMESPACE)
ONE_BY_ONE = URLResolver(
    RoutePattern("api/", is_endpoint=False), PATTERNS, app_name=APP, namespace=NAMESPACE
)
ROUTES = sorted({str(pattern.pattern) for pattern in PATTERNS})


@pytest.mark.parametrize("value", ["7", "board", "move", "a b"])
@pytest.mark.parametrize("route", ROUTES)
def test_an_address_leads_where_it_would_lead_one_by_one(route, value):
    address = "api/" + re.sub("<[^>]+>", value, route)
    assert led(INDEXED, address) == led(ONE_BY_ONE, address)


def led(resolver, address):
    """Where an address leads, None for nowhere (a word where a number must stand)."""
    try:
        return {**vars(resolver.resolve(address)), "tried": None}
    except Resolver404:
        return None


@pytest.mark.parametrize("address", ["api/nowhere", "api/records", "api/records/a/b/move/", "x"])
def test_an_address_that_leads_nowhere_is_refused(address):
    with pytest.raises(Resolver404):
        INDEXED.resolve(address)


def test_a_route_that_cannot_be_found_by_its_words_is_not_taken():
    loose = URLPattern(RoutePattern("<path:rest>"), lambda request: None)
    with pytest.raises(ValueError, match="<path:rest>"):
        Addresses("api/", [loose], "api", "api")
