"""How often the screens people live in ask the database: as often for one row as for twenty."""

import pytest

from closeloop.edge.postgresql.prepared import Prepared
from closeloop.process.models import Instance
from tests.builders.asking import client_as
from tests.builders.records import make_deal, open_lock

pytestmark = pytest.mark.django_db
SIGNED_IN = 1
"""The session with its person, the revisions of the configuration and the kept answer."""


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/records/deal", SIGNED_IN + 4),  # the page, its count, the names, the clocks
        ("/records/deal?sort=-id&stage=first_contact", SIGNED_IN + 4),
        ("/records/deal/board", SIGNED_IN + 4),  # the cards, the sums, the names, the clocks
        ("/search?q=商机&clocks=true", SIGNED_IN + 3),  # the hits, the names, the clocks
    ],
)
def test_a_list_asks_as_often_for_one_row_as_for_twenty(
    company, rows, address, queries, django_assert_num_queries
):
    for _ in range(rows):
        make_deal(company.seller)
    desk = client_as(company.seller)
    desk.get(address)
    with django_assert_num_queries(queries):
        assert desk.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 20])
def test_a_page_asks_as_often_whatever_else_there_is(company, rows, django_assert_num_queries):
    deal, *_others = [make_deal(company.seller) for _ in range(rows)]
    desk = client_as(company.seller)
    desk.get(f"/records/deal/{deal}")
    with django_assert_num_queries(SIGNED_IN + 7):
        # the row, the names, the clocks, the instance; its facts, its stages, its visits
        assert desk.get(f"/records/deal/{deal}").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_move_is_one_lock_one_read_and_one_write(company, monkeypatch, django_assert_num_queries):
    deal, other = make_deal(company.seller), make_deal(company.seller)
    for each in (deal, other):
        open_lock("deal", each, "first_talk")
    desk = client_as(company.seller)
    desk.post(f"/records/deal/{other}/move", {"to_stage": "first_talk"})
    trips = []
    run = Prepared.run

    def counted(self, statements, **special):
        trips.append(len(statements))
        return run(self, statements, **special)

    monkeypatch.setattr(Prepared, "run", counted)
    with django_assert_num_queries(SIGNED_IN + 12):
        # the transaction; lock, clocks, demanded updates, read; the write, a clock closed, two
        # reset, one opened, the answer to keep; the end of the transaction
        answer = desk.post(f"/records/deal/{deal}/move", {"to_stage": "first_talk"})
    assert answer.status_code == 200
    assert trips == [SIGNED_IN + 4, 6], "all that is read is one trip, all writes are another"
    assert Instance.objects.get(pk=deal).stage == "first_talk"
