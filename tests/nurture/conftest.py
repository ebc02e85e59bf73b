"""A company with the standard pack, mail that reaches a twin, and a clock that is told."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from closeloop.notices import configuration
from tests.demo.told_clock import ToldClock
from tests.notices.conftest import set_up
from tests.nurture.given import make_template, queued
from tests.twins.smtp import SmtpTwin

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai."""


@pytest.fixture(autouse=True)
def _channels_afresh():
    configuration.forget()
    yield
    configuration.forget()


@pytest.fixture
def server():
    with SmtpTwin() as running:
        yield running


@pytest.fixture
def post(company, server):
    """Mail is on and leads to the twin; there is one template."""
    found = set_up(server)
    make_template()
    return found


@pytest.fixture
def clock(company, monkeypatch):
    """A clock that stands at Monday, 10:00 in Shanghai, until it is told otherwise."""
    connection.check_constraints()
    told = ToldClock(monkeypatch)
    told.tell(MONDAY)
    return told


@pytest.fixture
def committed_post(transactional_db, company, server):
    """The same where transactions commit; jobs of tests before are taken away."""
    queued()
    found = set_up(server)
    make_template()
    return found
