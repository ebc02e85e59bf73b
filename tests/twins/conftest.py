"""Twins that are there for one test."""

import pytest

from closeloop.notices.vendors.tokens import tokens
from tests.twins.accounts import TWINS, client_for, furnish


@pytest.fixture(autouse=True)
def _no_old_tokens():
    tokens.clear()


@pytest.fixture(params=sorted(TWINS))
def provider(request):
    return request.param


@pytest.fixture
def twin(provider):
    with TWINS[provider]() as running:
        furnish(provider, running)
        yield running


@pytest.fixture
def client(provider, twin):
    return client_for(provider, twin.url)
