"""Which version prepared a database: starting again takes no migration, a new version does."""

import pytest
from django.db import connection

from closeloop.config import preparation
from closeloop.edge import actions


@pytest.fixture
def product(tmp_path):
    folder = tmp_path / "closeloop" / "app" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0001_initial.py").write_text("one")
    (tmp_path / preparation.LOCK).write_text("django==1")
    return tmp_path / "closeloop"


@pytest.mark.parametrize(
    "change",
    [
        lambda product: (product / "app" / "migrations" / "0002_more.py").write_text("two"),
        lambda product: (product / "app" / "migrations" / "0001_initial.py").write_text("eno"),
        lambda product: (product / "app" / "pack.yaml").write_text("key: a"),
        lambda product: (product.parent / preparation.LOCK).write_text("django==2"),
    ],
)
def test_every_change_of_the_product_is_another_version(product, change):
    before = preparation.digest_of_product(product)
    assert preparation.digest_of_product(product) == before
    change(product)
    assert preparation.digest_of_product(product) != before


@pytest.fixture
def address():
    """The address of the test's own database, whose other sessions see what was committed."""
    given = connection.settings_dict
    words = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"]}
    known = " ".join(f"{key}='{value}'" for key, value in words.items() if value)
    return f"{known} dbname='{given['NAME']}'"


@pytest.mark.django_db(transaction=True)
def test_only_the_version_that_prepared_a_database_need_not_do_so_again(address):
    assert not preparation.is_prepared(address, "a")
    actions.note_preparation("a")
    assert preparation.is_prepared(address, "a")
    actions.note_preparation("b")
    assert not preparation.is_prepared(address, "a")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM edge_preparation")
        cursor.execute("ALTER TABLE edge_preparation RENAME TO edge_elsewhere")
    try:
        assert not preparation.is_prepared(address, "b")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE edge_elsewhere RENAME TO edge_preparation")
