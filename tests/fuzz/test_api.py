"""Whatever is sent to the API, it answers as it says it would, and only what one may see."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from closeloop.org.access import Verb
from tests.access.asking import ENDPOINTS
from tests.access.world import PLACES, build, mark
from tests.builders.people import client_of, make_role, make_user
from tests.fuzz.fuzzing import Fuzzed, Reader, fuzz, load_operations, one_connection
from tests.fuzz.inputs import supplied

pytestmark = pytest.mark.django_db
EXAMPLES = 6
EXAMPLES_OF_A_LONG_RUN = 400
NAMED = {"key": "deal", "number": 1, "item": "first_contact.background", "field_key": "source"}
"""What a path names beside records; the rest comes of the world's targets."""
NAMES = sorted(endpoint.name for endpoint in ENDPOINTS)


@pytest.fixture(scope="module")
def fuzzed(django_db_setup, django_db_blocker, tmp_path_factory):
    """The API's description, three readers in the small company, and what their requests name."""
    storage = {
        **settings.STORAGES["default"],
        "OPTIONS": {"location": tmp_path_factory.mktemp("s")},
    }
    lightly = override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={**settings.STORAGES, "default": storage},
    )
    with lightly, one_connection(), django_db_blocker.unblock(), transaction.atomic():
        world = build()
        own = world.owners["own"]
        own.positions.all().delete()
        own.positions.create(unit=world.units["own"], role=make_role(in_scope("self")))
        team = make_role(in_scope("subtree"), capabilities=["import.run", "views.share"])
        readers = [
            reader(own, hidden=["colleague", "below", "far"]),
            reader(make_user("经理", role=team, unit=world.units["own"]), hidden=["far"]),
            reader(make_user("管理员", role="administrator"), hidden=[]),
        ]
        targets = [
            {**world.target(place, asker=world.owners["own"]).ids, **NAMED}
            for place in ("own", "far")
        ]
        ids = [record_id for place in PLACES for record_id in world.records[place].values()]
        yield Fuzzed(load_operations(), readers, targets, supplied(ids))
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", NAMES)
def test_the_answers_keep_to_the_description_and_the_scope(fuzzed, name):
    fuzz(fuzzed.operations[name], fuzzed, examples=EXAMPLES)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_the_answers_keep_to_it_in_a_long_run(fuzzed, name):
    fuzz(fuzzed.operations[name], fuzzed, examples=EXAMPLES_OF_A_LONG_RUN)


def in_scope(scope):
    return {("*", verb.value): scope for verb in Verb}


def reader(user, *, hidden):
    client = client_of(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return Reader(user.name, session, tuple(mark(place) for place in hidden))
