"""Prepared statements: one trip for several, the last one with the commit, errors as Django's."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DataError, ProgrammingError

from closeloop.edge import revisions, statements
from closeloop.edge.models import Revision
from closeloop.edge.postgresql import prepared
from closeloop.edge.statements import Statement

ADD = "INSERT INTO edge_revision (name, number) VALUES (%s, 1)"
COUNT = "SELECT count(*) FROM edge_revision WHERE name = %(name)s"


def count(name):
    return statements.row(COUNT, {"name": name})[0]


@transaction.atomic
def write_twice(name):
    Revision.objects.create(name="before")
    statements.later(Statement(ADD, [name]))


@transaction.atomic
def write_and_fail(name):
    statements.later(Statement(ADD, [name]))
    raise LookupError


@transaction.atomic
def write_and_count(name):
    statements.later(Statement(ADD, [name]))
    return Revision.objects.count()


@pytest.mark.django_db
def test_statements_of_one_trip_see_what_those_before_them_wrote():
    assert statements.together(
        Statement(ADD, ["a"]),
        Statement(COUNT, {"name": "a"}),
        Statement("SELECT 7 %% 4, %s::text", ["50 %"]),
    ) == [[], [(1,)], [(3, "50 %")]]


@pytest.mark.django_db
def test_a_failed_statement_of_a_trip_undoes_the_others_and_leaves_the_connection_in_order():
    with pytest.raises(DataError), transaction.atomic():
        statements.together(Statement(ADD, ["a"]), Statement("SELECT 1 / %s::int", [0]))
    assert count("a") == 0


@pytest.mark.django_db
def test_a_statement_is_prepared_once_for_values_of_one_type(monkeypatch):
    monkeypatch.setattr(prepared, "MOST_KEPT", 2)
    asked = "SELECT name, statement FROM pg_prepared_statements WHERE name LIKE 'closeloop%%'"
    for number in range(3):
        statements.row("SELECT 'kept', %s::text", [str(number)])
        statements.row(f"SELECT 'number {number}'", [])
    kept = {statement for _, statement in statements.rows(asked, [])}
    assert "SELECT 'kept', $1::text" in kept
    assert "SELECT 'number 0'" not in kept


@pytest.mark.django_db(transaction=True)
def test_what_was_put_off_commits_with_the_transaction(django_assert_num_queries):
    with django_assert_num_queries(3), transaction.atomic():  # BEGIN, the statement, COMMIT
        statements.later(Statement(ADD, ["last"]))
    connection.close()
    assert count("last") == 1


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_was_put_off_and_fails_undoes_the_transaction():
    revisions.bump("taken")
    with pytest.raises(IntegrityError):
        write_twice("taken")
    assert not Revision.objects.filter(name="before").exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_put_off_in_a_transaction_that_is_rolled_back_is_forgotten():
    with transaction.atomic():
        statements.later(Statement(ADD, ["last"]))
        transaction.set_rollback(True)
    with transaction.atomic():
        statements.row("SELECT 1", [])
    assert count("last") == 0


@pytest.mark.django_db
def test_whatever_asks_next_sees_what_was_put_off():
    cursor = connection.cursor()
    statements.later(Statement(ADD, ["a"]))
    assert count("a") == 1
    statements.later(Statement(ADD, ["b"]))
    assert Revision.objects.filter(name="b").exists()
    statements.later(Statement(ADD, ["c"]))
    cursor.execute(COUNT, {"name": "c"})
    assert cursor.fetchone() == (1,)
    statements.later(Statement(ADD, ["d"]))
    with connection.cursor().copy(
        "COPY (SELECT name FROM edge_revision WHERE name = 'd') TO STDOUT"
    ) as copy:
        assert [bytes(each) for each in copy] == [b"d\n"]


@pytest.mark.django_db(transaction=True)
def test_what_was_put_off_is_undone_with_its_savepoint_and_only_with_it():
    with transaction.atomic():
        statements.later(Statement(ADD, ["kept"]))
        with pytest.raises(LookupError):
            write_and_fail("undone")
        with transaction.atomic():
            statements.later(Statement(ADD, ["kept too"]))
    assert [count(name) for name in ("kept", "undone", "kept too")] == [1, 0, 1]


@pytest.mark.django_db(transaction=True)
def test_a_statement_put_off_that_fails_tells_whoever_asks_next():
    revisions.bump("taken")
    with pytest.raises(IntegrityError):
        write_and_count("taken")


@pytest.mark.django_db
def test_values_that_no_placeholder_asks_for_are_left_out_or_refused():
    assert statements.row("SELECT 1", {"unused": 2}) == (1,)
    with pytest.raises(ProgrammingError, match="1 placeholders, 2 values"):
        statements.row("SELECT %s::int", [1, 2])
    with pytest.raises(ProgrammingError, match="2 placeholders, 1 values"):
        statements.row("SELECT %s::int, %s::int", [1])
    assert statements.row("SELECT %s::int", [3]) == (3,)
