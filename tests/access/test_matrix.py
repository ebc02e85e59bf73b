"""Every endpoint as every role and in every scope, generated from the API itself."""

import pytest

from closeloop.edge.router import OWN_SESSION, PUBLIC
from closeloop.org.access import Verb
from closeloop.org.roles import SHIPPED
from tests.access.asking import ENDPOINTS, Asker, problem_of, text_of
from tests.access.samples import SAMPLES, sample_of
from tests.access.world import PLACES, SEEN, World, build, mark, record_types
from tests.builders.activity import verbs
from tests.builders.kept import kept
from tests.builders.people import access_of, make_role, make_user

pytestmark = pytest.mark.django_db
CLOSED = [each for each in ENDPOINTS if each.permission != PUBLIC]
SCOPED = [each for each in ENDPOINTS if each.is_about_a_record]
LISTS = [each for each in CLOSED if each.method == "GET" and not each.is_about_a_record]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the documents of the kept company lie."""
    return tmp_path_factory.mktemp("stored")


@pytest.fixture(autouse=True)
def _stored(folder, settings):
    """Keep documents in a folder of these tests."""
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}


@pytest.fixture
def world(db, _stored) -> World:
    return kept(build)


def in_scope(world, scope):
    """Somebody in the team, whose own records are those of the place `own`."""
    grants = {("*", verb.value): scope for verb in Verb}
    role = make_role(grants, units=[world.units["far"]])
    user = world.owners["own"]
    user.positions.all().delete()
    user.positions.create(unit=world.units["own"], role=role)
    return user


def test_every_endpoint_has_a_sample():
    names = {each.name for each in ENDPOINTS}
    missing = [
        f"{each.method} {each.path}: add {each.name!r} to SAMPLES in tests/access/samples.py"
        for each in ENDPOINTS
        if each.name not in SAMPLES
    ]
    assert missing == []
    assert sorted(set(SAMPLES) - names) == []


def test_nobody_passes_without_signing_in(world):
    nobody, target = Asker(None), world.target("own", asker=world.owners["own"])
    answers = {
        each.name: nobody.ask(each, sample_of(each.name), target).status_code for each in CLOSED
    }
    assert answers == {each.name: 401 for each in CLOSED}


def test_a_temporary_password_opens_nothing_but_its_change(world):
    user = make_user(role="administrator", must_change_password=True)
    target = world.target("own", asker=user)
    codes = {
        each.name: problem_of(Asker(user).ask(each, sample_of(each.name), target)).get("code")
        for each in CLOSED
        if each.permission != OWN_SESSION
    }
    assert set(codes.values()) == {"password_change_due"}


@pytest.mark.parametrize("role", [shipped.key for shipped in SHIPPED])
def test_a_role_passes_where_it_holds_the_permission_and_nowhere_else(world, role):
    user = make_user(role=role, unit=world.units["own"])
    access, asker = access_of(user), Asker(user)
    target = world.target("own", asker=user)
    passed, expected = {}, {}
    for each in ENDPOINTS:
        answer = asker.ask(each, sample_of(each.name), target)
        assert answer.status_code < 500, (each, text_of(answer))
        passed[each.name] = not is_kept_out(each, answer)
        expected[each.name] = is_permitted(access, each, target.record_type)
    assert passed == expected


@pytest.mark.parametrize("scope", SEEN)
def test_what_lies_outside_the_scope_cannot_be_reached(world, scope):
    user = in_scope(world, scope)
    asker, hidden = Asker(user), [place for place in PLACES if place not in SEEN[scope]]
    before = verbs()
    betrayed = [
        (each.name, place, answer.status_code)
        for place in hidden
        for each in SCOPED
        if not (sample_of(each.name).is_personal and place == "own")
        for answer in [asker.ask(each, sample_of(each.name), world.target(place, asker=user))]
        if answer.status_code not in {403, 404} or mark(place) in text_of(answer)
    ]
    assert betrayed == []
    assert verbs() == before


@pytest.mark.parametrize("scope", SEEN)
def test_what_lies_within_the_scope_can_be_reached(world, scope):
    user = in_scope(world, scope)
    asker = Asker(user)
    refused = [
        (each.name, place, answer.status_code, text_of(answer))
        for place in SEEN[scope]
        for each in SCOPED
        for answer in [asker.ask(each, sample_of(each.name), world.target(place, asker=user))]
        if answer.status_code in {401, 404, 500} and not lacks_one(each)
    ]
    assert refused == []


@pytest.mark.parametrize("scope", SEEN)
def test_no_list_shows_what_lies_outside_the_scope(world, scope):
    user = in_scope(world, scope)
    asker = Asker(user)
    shown = {
        (each.name, record_type): marks_in(asker.ask(each, sample_of(each.name), target))
        for each in LISTS
        for record_type in types_for(each)
        for target in [world.target("own", record_type=record_type, asker=user)]
    }
    too_much = {
        what: places - {*SEEN[scope], *["own"] * sample_of(what[0]).is_personal}
        for what, places in shown.items()
    }
    too_little = {
        what: set(SEEN[scope]) - places
        for what, places in shown.items()
        if sample_of(what[0]).shows_records
    }
    assert {what: places for what, places in too_much.items() if places} == {}
    assert {what: places for what, places in too_little.items() if places} == {}


def is_kept_out(endpoint, answer):
    """Whether the guard at the endpoint's door refused, not something behind it."""
    problem = problem_of(answer)
    asked = endpoint.permission
    guarded = {asked, f"{asked}:deal"}
    return problem.get("code") == "not_allowed" and problem.get("permission") in guarded


def is_permitted(access, endpoint, record_type):
    """What the role's grants say about the permission that the endpoint declares."""
    kind, _, rest = endpoint.permission.partition(":")
    if kind == "admin":
        return any(access.can(capability) for capability in rest.split("|"))
    verb, _, named = rest.partition(":")
    return kind != "record" or bool(access.reach(named or record_type, verb))


def lacks_one(endpoint):
    """A text has no thumbnail: the one 404 within a scope."""
    return endpoint.name == "file_thumbnail"


def types_for(endpoint):
    return record_types() if "record_type" in endpoint.parameters else ["deal"]


def marks_in(answer):
    assert answer.status_code < 500, text_of(answer)
    text = text_of(answer)
    return {place for place in PLACES if mark(place) in text}
