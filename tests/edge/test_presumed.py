"""What is presumed is asked before anything else, and nothing is told or kept where it fails."""

import pytest
from django.db import IntegrityError, connection, transaction

from closeloop.edge import statements
from closeloop.edge.models import Revision
from closeloop.edge.statements import Outdated, Statement

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "INSERT INTO edge_revision (name, number) VALUES (%s, 1)"
ASKED = Statement("SELECT 1", [])
HOLDS, FAILS = [(1,)], [(2,)]


@pytest.fixture(autouse=True)
def _nothing_presumed():
    yield
    statements.forget_presumed()


def by_orm():
    Revision.objects.create(name="a")


def by_cursor():
    with connection.cursor() as cursor:
        cursor.execute(ADD, ["a"])


def by_copy():
    with connection.cursor() as cursor, cursor.copy("COPY edge_revision FROM STDIN") as copy:
        copy.write_row(("a", 1))


def at_once():
    statements.rows(ADD, ["a"])


def put_off():
    statements.later(Statement(ADD, ["a"]))


def within_a_savepoint():
    with transaction.atomic(), transaction.atomic():
        statements.later(Statement(ADD, ["a"]))


WAYS = [by_orm, by_cursor, by_copy, at_once, put_off, within_a_savepoint]


@pytest.mark.parametrize("write", WAYS)
def test_in_a_transaction_nothing_is_kept_where_it_fails(write):
    statements.presume(ASKED, FAILS)
    with pytest.raises(Outdated), transaction.atomic():
        write()
    assert not Revision.objects.filter(name="a").exists()


@pytest.mark.parametrize("write", WAYS)
def test_in_a_transaction_everything_goes_on_where_it_holds(write):
    statements.presume(ASKED, HOLDS)
    with transaction.atomic():
        write()
    assert Revision.objects.filter(name="a").exists()


@pytest.mark.parametrize("write", WAYS)
def test_without_a_transaction_nothing_is_written_where_it_fails(write):
    statements.presume(ASKED, FAILS)
    with pytest.raises(Outdated):
        write()
    assert not Revision.objects.filter(name="a").exists()


def test_a_question_of_the_same_trip_is_not_answered():
    answers = []
    statements.presume(ASKED, FAILS)
    with pytest.raises(Outdated), transaction.atomic():
        answers += statements.rows("SELECT 7", [])
    assert answers == []
    assert statements.rows("SELECT 7", []) == [(7,)]


def test_it_is_told_before_an_error_of_what_goes_with_it():
    statements.presume(ASKED, FAILS)
    with pytest.raises(Outdated), transaction.atomic():
        statements.rows("SELECT 1 / %s::int", [0])


def test_where_the_trip_fails_before_it_is_told_it_is_asked_again():
    statements.presume(Statement("SELECT 1 / number FROM edge_revision WHERE name = 'a'"), HOLDS)
    Revision.objects.none()
    with pytest.raises(Outdated):
        statements.confirm()
    statements.presume(Statement("SELECT no_such_column", []), HOLDS)
    for _ in range(2):
        with pytest.raises(Exception, match="no_such_column"):
            statements.confirm()


def test_after_a_rollback_it_is_still_to_be_confirmed():
    statements.presume(ASKED, FAILS)
    with pytest.raises(LookupError), transaction.atomic():
        raise LookupError
    with pytest.raises(Outdated):
        statements.confirm()


def test_it_is_asked_once():
    statements.presume(ASKED, HOLDS)
    with transaction.atomic():
        assert statements.rows("SELECT 7", []) == [(7,)]
        with connection.execute_wrapper(lambda *_: pytest.fail("asked again")):
            statements.confirm()


def test_what_fails_otherwise_fails_as_ever():
    statements.presume(ASKED, HOLDS)
    with pytest.raises(IntegrityError), transaction.atomic():
        statements.together(Statement(ADD, ["a"]), Statement(ADD, ["a"]))
    assert not Revision.objects.filter(name="a").exists()
