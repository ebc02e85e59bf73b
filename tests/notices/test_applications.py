"""Cards of the company's own application, set up in the integrations, against the twins."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from closeloop.notices import configuration
from closeloop.notices.addresses import addresses
from closeloop.notices.channels.applications import DINGTALK, FEISHU, WECOM
from closeloop.notices.models import Delivery
from closeloop.notices.vendors.tokens import tokens
from tests.builders.asking import client_as
from tests.builders.people import make_user
from tests.notices.working import after, tell, work
from tests.twins.accounts import TWINS, client_for, furnish, ids, settings_for
from tests.twins.loopback import SILENCE, Answer

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(params=sorted(TWINS))
def platform(request):
    return request.param


@pytest.fixture
def twin(platform, monkeypatch, clock):
    """A platform whose account is set up, and whose token is known."""
    tokens.clear()
    with TWINS[platform]() as running:
        furnish(platform, running)
        known = {platform: settings_for(platform, running.url)}
        monkeypatch.setattr(
            configuration.provided, "vendor_settings", lambda key: known.get(key, {})
        )
        configuration.forget()
        client_for(platform, running.url).check()
        yield running
    tokens.clear()


@pytest.fixture
def person(platform, twin, monkeypatch):
    """Somebody who is linked to an account on the platform."""
    linked = make_user()
    (address,) = ids(platform, "zhang")
    resolve = {linked.pk: address}.get
    monkeypatch.setitem(
        addresses._resolvers,
        platform,
        lambda people: {each: resolve(each) for each in people if resolve(each)},
    )
    return linked


def row():
    return Delivery.objects.exclude(channel="in_app").get()


def test_a_card_reaches_the_person_with_a_link_for_the_phone(platform, twin, person, settings):
    settings.PUBLIC_URL = "https://crm.example"
    tell(person, channels=(platform,), link="/approvals/12")
    work()
    assert (row().state, row().provider_id != "") == ("sent", True)
    ((address, card),) = twin.delivered
    assert address == ids(platform, "zhang")[0]
    assert "https://crm.example/m/approvals/12" in json.dumps(card, ensure_ascii=False)


def test_an_answer_that_got_lost_is_asked_again_and_one_card_comes(platform, twin, person, clock):
    tell(person, channels=(platform,))
    twin.lost_answers = [SILENCE]
    work()
    assert (row().state, len(twin.delivered)) == ("failed", 1)
    after(clock, MINUTE)
    assert (row().state, row().attempts, len(twin.delivered)) == ("sent", 2, 1)


def test_beyond_the_providers_memory_a_person_decides(platform, twin, person, clock):
    tell(person, channels=(platform,))
    twin.lost_answers = [SILENCE]
    work()
    asked = len(twin.asked)
    after(clock, 30 * HOUR)
    assert (row().state, len(twin.asked)) == ("unknown", asked)


def test_a_platform_that_is_busy_is_asked_later(platform, twin, person, clock):
    tell(person, channels=(platform,))
    twin.script = [Answer({}, status=503)]
    work()
    assert (row().state, twin.delivered) == ("failed", [])
    after(clock, MINUTE)
    assert (row().state, len(twin.delivered)) == ("sent", 1)


def test_who_is_not_linked_has_no_address(platform, twin, person):
    tell(make_user(), channels=(platform,))
    assert (row().state, row().error_code) == ("skipped", "no_address")


def test_an_administrator_may_switch_the_application_off(platform, twin, person):
    admin = client_as(make_user(role="administrator"))
    told = admin.put(f"/channels/{platform}", {"is_on": False}).json()
    assert (told["is_on"], told["is_complete"], told["fields"]) == (False, True, [])
    tell(person, channels=(platform,))
    work()
    assert (row().error_code, twin.delivered) == ("channel_off", [])


def test_no_secret_of_an_integration_comes_out(platform, twin, person):
    admin = client_as(make_user(role="administrator"))
    secrets = {value for key, value in settings_for(platform, "").items() if "secret" in key}
    assert secrets
    assert not any(secret in admin.get("/channels").content.decode() for secret in secrets)


@pytest.mark.parametrize(
    ("channel", "first", "again", "is_dropped"),
    [
        (WECOM, "2026-11-23T10:00", "2026-11-23T13:59", True),
        (WECOM, "2026-11-23T10:00", "2026-11-23T14:00", False),
        (FEISHU, "2026-11-23T10:00", "2026-11-23T10:59", True),
        (FEISHU, "2026-11-23T10:00", "2026-11-23T11:00", False),
        (DINGTALK, "2026-11-23T01:00", "2026-11-23T15:54", True),
        (DINGTALK, "2026-11-23T15:50", "2026-11-23T15:56", False),
        (DINGTALK, "2026-11-23T15:50", "2026-11-23T16:01", False),
    ],
)
def test_how_long_a_provider_remembers(channel, first, again, is_dropped):
    """DingTalk's day ends at 16:00 UTC."""
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (first, again)]
    assert channel.drops_repetition(*moments) is is_dropped
