"""Prepared statements: one trip for several, the last one with the commit, errors as Django's."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DataError

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
    statements.run_last(ADD, [name])


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
def test_the_last_statement_commits_with_the_transaction(django_assert_num_queries):
    with django_assert_num_queries(3), transaction.atomic():  # BEGIN, the statement, COMMIT
        statements.run_last(ADD, ["last"])
    connection.close()
    assert count("last") == 1


@pytest.mark.django_db(transaction=True)
def test_a_last_statement_that_fails_undoes_the_transaction():
    revisions.bump("taken")
    with pytest.raises(IntegrityError):
        write_twice("taken")
    assert not Revision.objects.filter(name="before").exists()


@pytest.mark.django_db(transaction=True)
def test_the_last_statement_of_a_transaction_that_is_rolled_back_is_forgotten():
    with transaction.atomic():
        statements.run_last(ADD, ["last"])
        transaction.set_rollback(True)
    with transaction.atomic():
        statements.row("SELECT 1", [])
    assert count("last") == 0
