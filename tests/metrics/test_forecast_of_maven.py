"""A real pipeline: the error of its forecasts, made month by month from what was known then."""

import csv
import sys
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from closeloop.engine import forecast as engine
from closeloop.engine.forecast import Course, Ladder, Span

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "2_opportunities" / "maven_sales_pipeline.csv"
pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data are not beside the checkout"),
]
LIST_PRICES = {
    "GTX Basic": 550, "GTXPro": 4821, "GTX Pro": 4821, "MG Special": 55, "MG Advanced": 3393,
    "GTX Plus Pro": 5482, "GTX Plus Basic": 1096, "GTK 500": 26768,
}  # fmt: skip
"""What the company asks for its products: what an open deal is worth."""
LADDER = Ladder(
    won=frozenset({"Won"}),
    lost=frozenset({"Lost"}),
    days={"Engaging": 45},
    chances={"Engaging": 0.6315},
)
MONTHS = [date(2016 + month // 12, month % 12 + 1, 1) for month in range(9, 25)]


@pytest.fixture(scope="module")
def courses():
    """Every deal that began, with its list price, and what it was sold for once it was won."""
    with DATA.open(encoding="ascii", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["engage_date"]]
    return [course(number, row) for number, row in enumerate(rows)]


def course(number, row):
    begun, price = day(row["engage_date"]), Decimal(LIST_PRICES[row["product"]])
    stays, amounts = [("Engaging", begun)], [(begun, price)]
    if row["close_date"]:
        closed = day(row["close_date"]) + 0.5
        stays.append((row["deal_stage"], closed))
        amounts.append((closed, Decimal(row["close_value"])))
    return Course(id=number, begun=begun, stays=stays, amounts=amounts)


def day(text):
    return float(date.fromisoformat(text).toordinal())


@pytest.mark.parametrize(
    ("months", "gone", "at_most"), [(1, 10, 0.25), (1, 20, 0.13), (3, 30, 0.08), (3, 60, 0.09)]
)
def test_its_forecasts_err_less_than_the_period_before(courses, months, gone, at_most):
    past = engine.past_of(courses, LADDER, until=float(MONTHS[-1].toordinal()))
    firsts = [float(each.toordinal()) for each in MONTHS[::months]]
    spans = [Span(since, until, since + gone) for since, until in pairwise(firsts)]
    proved = engine.prove(courses, past, LADDER, spans=spans)
    sys.stdout.write(
        f"maven, {months} month(s), day {gone}: error {proved.error:.1%},"
        f" as the period before {proved.previous_error:.1%},"
        f" {proved.within} of {proved.compared} within the 80 % interval\n"
    )
    assert proved.error <= at_most
    assert proved.error < proved.previous_error / 1.5
    assert proved.within >= 0.6 * proved.compared
