"""A company that can send mail to a twin, and a clock that is told."""

from datetime import UTC, datetime

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.notices import actions, configuration
from tests.demo.told_clock import ToldClock
from tests.notices.working import Post
from tests.twins.smtp import USER, SmtpTwin

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai."""


@pytest.fixture(autouse=True)
def _channels_afresh():
    """Forget what another test's transaction had set up."""
    configuration.forget()
    yield
    configuration.forget()


@pytest.fixture
def clock(db, monkeypatch):
    """A clock that stands at Monday, 10:00 in Shanghai, until it is told otherwise."""
    told = ToldClock(monkeypatch)
    told.tell(MONDAY)
    return told


@pytest.fixture
def server():
    with SmtpTwin() as running:
        yield running


@pytest.fixture
def post(db, server):
    """Mail is on and leads to the twin."""
    return set_up(server)


@pytest.fixture
def committed_post(transactional_db, server):
    """The same where transactions commit."""
    return set_up(server)


def set_up(server):
    settings = {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "from_address": USER,
    }
    actions.set_channel("mail", is_on=True, settings=settings, actor=SYSTEM)
    return Post(server)
