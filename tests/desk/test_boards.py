"""Boards: their counts and sums are the records', whatever was done to these."""

from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import SYSTEM
from tests.builders.asking import client_as
from tests.builders.records import make_deal

pytestmark = pytest.mark.django_db
RAISE = "UPDATE deals_deal SET amount = amount + 1, owner_id = %s"
DROP = "UPDATE deals_deal SET deleted_at = now() WHERE id = %s"
FEW = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["make", "price", "hand", "close", "remove", "restore", "sql", "drop", "fold"]
        ),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=14,
)


def test_the_tallies_are_the_records_after_any_operations(company):
    owners = [company.seller, company.colleague, company.stranger]
    made = [make_deal(owner, amount="100") for owner in owners]

    def step(what, number):
        record_id, owner = made[number % len(made)], owners[number % 3]
        {
            "make": lambda: made.append(make_deal(owner, amount=str(number))),
            "price": lambda: desk.change_record(
                "deal", record_id, {"amount": str(number * 7)}, expected_version=None, actor=SYSTEM
            ),
            "hand": lambda: desk.assign_record("deal", record_id, owner_id=owner.pk, actor=SYSTEM),
            "close": lambda: desk.move_record(
                "deal", record_id, MoveAsk(to_stage="lost", outcome_reason="price"), actor=SYSTEM
            ),
            "remove": lambda: desk.remove_record("deal", record_id, actor=SYSTEM),
            "restore": lambda: desk.restore_record("deal", record_id, actor=SYSTEM),
            "sql": lambda: run(
                "UPDATE deals_deal SET amount = amount + 1, owner_id = %s", owner.pk
            ),
            "drop": lambda: run(
                "UPDATE deals_deal SET deleted_at = now() WHERE id = %s", record_id
            ),
            "fold": desk.fold_tallies,
        }[what]()

    @FEW
    @given(steps=STEPS)
    def check(steps):
        for what, number in steps:
            try:
                step(what, number)
            except Refusal:
                continue
            finally:
                assert tallied() == counted()

    check()


def test_a_board_counts_what_its_reader_may_see(company):
    for owner, amount in ((company.seller, "10"), (company.seller, "5.5"), (company.stranger, "7")):
        make_deal(owner, amount=amount)
    sums = {
        user.name: first_column(client_as(user).get("/records/deal/board"))
        for user in (company.seller, company.manager, company.director, company.colleague)
    }
    assert sums == {
        "张伟": (2, Decimal("15.5"), 2),
        "王经理": (2, Decimal("15.5"), 2),
        "周总监": (3, Decimal("22.5"), 3),
        "李娜": (0, Decimal(0), 0),
    }


def test_a_filtered_board_counts_what_the_filter_leaves(company):
    for amount in ("10", "500"):
        make_deal(company.seller, amount=amount)
    tree = '{"combinator":"and","rules":[{"field":"amount","operator":">","value":100}]}'
    answer = client_as(company.seller).get("/records/deal/board", filter=tree)
    assert first_column(answer) == (1, Decimal(500), 1)


def test_the_next_cards_of_a_column_are_the_stages_list(company):
    for number in range(5):
        make_deal(company.seller, amount=str(number))
    desk_of = client_as(company.seller)
    column = desk_of.get("/records/deal/board", limit=2).json()["columns"][0]
    more = desk_of.get(
        "/records/deal", stage=column["stage"], cursor=column["next_cursor"], limit=10
    ).json()["items"]
    shown = [card["values"]["amount"] for card in column["items"] + more]
    assert shown == ["4.00", "3.00", "2.00", "1.00", "0.00"]


def first_column(answer):
    column = answer.json()["columns"][0]
    return column["count"], Decimal(column["amount"]), len(column["items"])


def tallied():
    return rows(
        "SELECT stage, unit_id, owner_id, sum(count), sum(amount) FROM desk_tally"
        " WHERE record_type = 'deal' GROUP BY 1, 2, 3"
        " HAVING sum(count) <> 0 OR sum(amount) <> 0 ORDER BY 1, 2, 3"
    )


def counted():
    return rows(
        "SELECT stage, unit_id, owner_id, count(*), coalesce(sum(amount), 0) FROM deals_deal"
        " WHERE deleted_at IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )


def rows(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def run(query, *params):
    with connection.cursor() as cursor:
        cursor.execute(query, params)
