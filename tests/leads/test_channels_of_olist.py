"""A real funnel: the board's figures by channel are those that DuckDB counts in the raw files."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import yaml

from closeloop.identity.actor import SYSTEM
from closeloop.transfer import actions
from tests.builders.asking import client_as
from tests.builders.people import make_user
from tests.transfer.running import draft, nobody

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "4_funnel_transactions_payments"
LEADS = DATA / "olist_marketing_qualified_leads_dataset.csv"
DEALS = DATA / "olist_closed_deals_dataset.csv"
RECIPES = ROOT / "docs" / "imports"
EVER = {"from": "2017-01-01", "to": "2018-12-31"}
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data are not beside the checkout"),
]
BY_ORIGIN = f"""
    SELECT coalesce(l.origin, 'import'), count(*), count(d.mql_id),
        coalesce(sum(d.declared_monthly_revenue), 0)
    FROM read_csv('{LEADS}') l LEFT JOIN read_csv('{DEALS}') d USING (mql_id) GROUP BY 1
"""
BY_MONTH = f"""
    SELECT date_trunc('month', l.first_contact_date)::date, count(*), count(d.mql_id)
    FROM read_csv('{LEADS}') l LEFT JOIN read_csv('{DEALS}') d USING (mql_id) GROUP BY 1
"""
OF_ONE = f"""
    SELECT l.mql_id FROM read_csv('{LEADS}') l JOIN read_csv('{DEALS}') d USING (mql_id)
    WHERE l.origin = 'paid_search'
"""


def brought(table: Path, recipe: str) -> int:
    how = yaml.safe_load((RECIPES / f"{recipe}.yaml").read_text("utf-8"))
    job = draft(
        table.read_bytes(),
        how["columns"],
        record_type=how["type"],
        constants=how["constants"],
        policy=how["policy"],
        opening=how["opening"],
    )
    actions.start(job, actor=SYSTEM, defer=nobody)
    done = actions.run(job.pk, actor=SYSTEM)
    assert done.refused == 0
    return done.created


def test_the_board_and_its_funnel_are_what_the_raw_files_say(company):
    assert brought(LEADS, "olist_marketing_qualified_leads") == 8000
    assert brought(DEALS, "olist_closed_deals") == 842
    chief = client_as(make_user("冯管理", role="administrator", unit=company.head_office))

    board = chief.get("/channel-board", **EVER).json()
    ours = {
        row["key"]: (row["counts"]["leads"], row["counts"]["won"], Decimal(row["amount"]))
        for row in board["channels"]
    }
    theirs = {
        origin: (leads, won, Decimal(str(amount)))
        for origin, leads, won, amount in duckdb.sql(BY_ORIGIN).fetchall()
    }
    assert ours == theirs
    counts = board["whole"]["counts"]
    assert (counts["leads"], counts["mql"], counts["sql"], counts["won"]) == (8000, 8000, 842, 842)
    assert Decimal(board["whole"]["amount"]) == sum(amount for *_, amount in theirs.values())

    funnel = chief.get("/channel-board/funnel", **EVER).json()
    months = {
        month["month"]: (month["links"][1]["reached"], month["links"][1]["passed"])
        for month in funnel["months"]
    }
    raw = duckdb.sql(BY_MONTH).fetchall()
    assert months == {str(month): (leads, won) for month, leads, won in raw}

    asked = {**EVER, "figure": "won", "channel": "paid_search", "limit": "100"}
    titles: list[str] = []
    page = {"next_cursor": ""}
    while page["next_cursor"] is not None:
        page = chief.get("/channel-board/leads", **asked, cursor=page["next_cursor"]).json()
        titles += [item["title"] for item in page["items"]]
    assert sorted(titles) == sorted(title for (title,) in duckdb.sql(OF_ONE).fetchall())
