"""Must show: over real logs every figure is what SQL over the raw files says, and over tables."""

from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from django.conf import settings

from closeloop.metrics.periods import Period
from closeloop.metrics.queries import Asked, figures
from closeloop.org import actions as org
from closeloop.sla import actions as sla
from tests.builders.people import actor_of, make_unit, make_user
from tests.builders.records import make_deal
from tests.demo import replays
from tests.demo.counting import count
from tests.demo.told_clock import ToldClock
from tests.metrics import audit_sql
from tests.metrics.auditing import Auditor

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
MAVEN = DATA / "2_opportunities"
LOG = DATA / "3_event_logs_approvals" / "bpic2020_domestic_declarations.csv.xz"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data are not beside the checkout"),
]
SHAPES = (("unit", "month"), ("person",), ("kind",))
EVERY = pytest.mark.parametrize(
    "every", [80, pytest.param(1, marks=pytest.mark.long)], ids=["some", "all"]
)
"""Some rows of a log in each run, all of them in the long ones."""
PIPELINE = """
    SELECT {by} AS what, count(*) FILTER ({which}), count(*) FILTER ({among})
    FROM read_csv('{folder}/maven_sales_pipeline.csv') d
    JOIN read_csv('{folder}/maven_sales_teams.csv') t USING (sales_agent)
    WHERE engage_date IS NOT NULL AND list_contains($chosen, opportunity_id) AND {mine}
    GROUP BY what HAVING count(*) FILTER ({among}) > 0
"""
OF_GATES = {"fields_missing"}
"""What the gates of the standard process ask for, which these deals are free of."""
RAW = {
    "new_deals": ("true", "true", "engage_date"),
    "deals_won": ("deal_stage = 'Won'", "deal_stage = 'Won'", "close_date"),
    "win_rate": ("deal_stage = 'Won'", "deal_stage IN ('Won', 'Lost')", "close_date"),
}
"""Upper and lower part of each figure in the words of the file, and the day that counts."""


@pytest.fixture(autouse=True)
def clock(db, monkeypatch):
    told = ToldClock(monkeypatch)
    told.tell(datetime(2019, 9, 1, tzinfo=UTC))
    org.install_roles()
    replays.install_without_gates({"approval_step": {"hours": 24}})
    return told


def audited(tmp_path, clock, viewers, period):
    count()
    auditor = Auditor(tmp_path, zone=settings.TIME_ZONE, now=clock.now)
    found = []
    for viewer in viewers(auditor):
        for key in set(audit_sql.METRICS) - OF_GATES:
            for by in SHAPES:
                if audit_sql.METRICS[key].is_now and set(by) & {"day", "week", "month"}:
                    continue
                found += auditor.differences(key, period, by, viewer)
    return found


@EVERY
def test_a_real_pipeline_is_counted_as_its_file_says(tmp_path, clock, every):
    deals = replays.rows_of(MAVEN / "maven_sales_pipeline.csv")[::every]
    company = replays.company_of(replays.rows_of(MAVEN / "maven_sales_teams.csv"))
    replays.live_pipeline(company, deals)
    sla.adopt(with_past=True, until=clock.now)
    seller = company.sellers["Moses Frase"]
    place = seller.positions.get().unit_id
    period = Period(date(2016, 10, 1), date(2019, 9, 1))

    def viewers(auditor):
        return (
            auditor.everybody(actor_of(company.ops)),
            auditor.manager(actor_of(company.managers["West"]), company.regions["West"].pk),
            auditor.seller(actor_of(seller), place),
        )

    assert audited(tmp_path, clock, viewers, period) == []
    scopes = {
        company.ops: "true",
        company.managers["West"]: "regional_office = 'West'",
        seller: "sales_agent = 'Moses Frase'",
    }
    names = {user.pk: name for name, user in company.sellers.items()}
    chosen = [deal["opportunity_id"] for deal in deals]
    for user, mine in scopes.items():
        for key, (which, among, day) in RAW.items():
            given = {"folder": MAVEN, "which": which, "among": among, "mine": mine}
            for by, column in (
                ("month", f"date_trunc('month', {day})::DATE"),
                ("person", "sales_agent"),
            ):
                sql = PIPELINE.format(by=column, **given)
                raw = {
                    what: (upper, lower)
                    for what, upper, lower in duckdb.execute(sql, {"chosen": chosen}).fetchall()
                }
                told = figures(Asked(key, period, by=(by,)), actor=actor_of(user))
                ours = {
                    names.get(row.keys[0], row.keys[0]): (
                        int(row.figure.numerator),
                        int(row.figure.denominator or row.figure.numerator),
                    )
                    for row in told.rows
                }
                assert {what: each for what, each in ours.items() if each[1]} == raw


@EVERY
def test_real_approvals_are_counted_as_their_log_says(tmp_path, clock, every):
    answers = replays.answers_of(replays.rows_of(LOG))[:: 2 * every - 1]
    top = make_unit("总部")
    unit, other = make_unit("一部", parent=top), make_unit("二部", parent=top)
    asker = make_user("员工", role="salesperson", unit=unit)
    ops = make_user("运营", role="sales_ops", unit=top)
    stranger = make_user("别人", role="manager", unit=other)
    manager = make_user("经理", role="manager", unit=unit)
    deal = make_deal(asker)
    replays.live_answers(answers, unit=unit, asker=asker, deal=deal)
    sla.adopt(with_past=True, until=clock.now)
    period = Period(date(2016, 12, 1), date(2019, 9, 1))
    seen = [each for each in answers if each.at <= clock.now]

    def viewers(auditor):
        return (
            auditor.everybody(actor_of(ops)),
            auditor.manager(actor_of(manager), unit.pk),
            auditor.seller(actor_of(asker), unit.pk),
        )

    assert audited(tmp_path, clock, viewers, period) == []
    in_time = sum((each.at - each.since).total_seconds() < 86_400 for each in seen)
    for user in (ops, manager):
        told = figures(Asked("process_on_time", period), actor=actor_of(user)).total
        assert (told.numerator, told.denominator) == (in_time, len(seen))
        assert Fraction(told.value).limit_denominator(10**6) == Fraction(in_time, len(seen))
    assert figures(Asked("process_on_time", period), actor=actor_of(stranger)).total.value is None
