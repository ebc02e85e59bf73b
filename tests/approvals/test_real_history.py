"""Real event logs as approvals: the report says what SQL over the raw files says, to the second."""

import lzma
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
import yaml

from closeloop.approvals import actions, importing, reporting
from closeloop.approvals.models import Ask, Case
from closeloop.approvals.reporting import Period
from closeloop.identity.actor import SYSTEM

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "3_event_logs_approvals"
RECIPES = ROOT / "docs" / "imports"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data are not beside the checkout"),
]
EVER = (datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))

# What counts as an answer, of which step, is written again here, not taken from the mapping.
DECLARATIONS = """
    SELECT line, "case:concept:name" AS key, "time:timestamp"::timestamptz AS moment,
        "concept:name" = 'Declaration SUBMITTED by EMPLOYEE' AS opens,
        CASE WHEN "concept:name" LIKE '%APPROVED by%' THEN 'agreed' ELSE 'refused' END AS says,
        CASE regexp_extract("concept:name", ' by (.*)$', 1)
            WHEN 'PRE_APPROVER' THEN 'pre_approver' WHEN 'ADMINISTRATION' THEN 'administration'
            WHEN 'BUDGET OWNER' THEN 'budget_owner' WHEN 'SUPERVISOR' THEN 'supervisor'
            WHEN 'MISSING' THEN 'missing' END AS node, "org:role" AS person
    FROM log WHERE "concept:name" = 'Declaration SUBMITTED by EMPLOYEE'
        OR ("concept:name" LIKE 'Declaration %APPROVED by %')
        OR ("concept:name" LIKE 'Declaration REJECTED by %'
            AND "concept:name" NOT LIKE '%EMPLOYEE')
"""
LOANS = """
    SELECT * EXCLUDE (name, passed), name IN ('A_SUBMITTED', 'A_CANCELLED') AS opens,
        CASE WHEN name = 'A_DECLINED' THEN 'refused' ELSE 'agreed' END AS says,
        CASE name WHEN 'A_PREACCEPTED' THEN 'preacceptance' WHEN 'A_ACCEPTED' THEN 'acceptance'
            WHEN 'A_FINALIZED' THEN 'finalisation' WHEN 'A_APPROVED' THEN 'approval'
            WHEN 'A_DECLINED'
            THEN ['preacceptance', 'acceptance', 'finalisation', 'approval'][1 + passed] END AS node
    FROM (
        SELECT line, "case:concept:name" AS key, "time:timestamp"::timestamptz AS moment,
            "concept:name" AS name, coalesce("org:resource", 'unknown') AS person,
            count(*) FILTER ("concept:name" IN ('A_PREACCEPTED', 'A_ACCEPTED', 'A_FINALIZED'))
                OVER (PARTITION BY "case:concept:name" ORDER BY line) AS passed
        FROM log WHERE "lifecycle:transition" = 'COMPLETE' AND "concept:name" IN ('A_SUBMITTED',
            'A_CANCELLED', 'A_PREACCEPTED', 'A_ACCEPTED', 'A_FINALIZED', 'A_APPROVED', 'A_DECLINED')
    )
"""
FIGURES = """
    WITH events AS ({events}), waits AS (
        SELECT *, lag(moment) OVER (PARTITION BY key ORDER BY moment, line) AS since FROM events
    ), answers AS (
        SELECT *, epoch(moment) - epoch(since) AS took FROM waits
        WHERE NOT opens AND since IS NOT NULL
    )
    SELECT {by}, count(*), count(DISTINCT key), avg(took), median(took),
        quantile_cont(took, 0.9), count(*) FILTER (says = 'refused'),
        count(*) FILTER (allowed_h IS NOT NULL),
        count(*) FILTER (took > allowed_h * 3600)
    FROM answers LEFT JOIN (VALUES {allowed}) AS allowances(name, allowed_h) ON name = node
    GROUP BY 1 ORDER BY 1
"""
LOGS = {
    "bpic2020_domestic_declarations": (
        DECLARATIONS,
        {"pre_approver": 48, "administration": 24, "budget_owner": 72, "supervisor": 72},
        {"cases": 10222, "asks": 22946},
    ),
    "bpic2012_loan_offers": (
        LOANS,
        {"preacceptance": 1, "acceptance": 24, "finalisation": 1, "approval": 14 * 24},
        {"cases": 13087, "asks": 27376},
    ),
}
GRANTED = {"bpic2020_domestic_declarations": 9910, "bpic2012_loan_offers": 2246}
"""9,912 declarations were paid; two of them after something else than their supervisor's word."""


@pytest.fixture(params=LOGS)
def log(request, tmp_path):
    """A log, brought in; and a connection in which it lies raw, each line with its number."""
    source = DATA / f"{request.param}.csv.xz"
    how = importing.mapped(yaml.safe_load((RECIPES / f"{request.param}.yaml").read_text("utf-8")))
    made = actions.import_log(source, how, actor=SYSTEM)
    raw = tmp_path / "log.csv"
    with lzma.open(source, "rt", encoding="utf-8") as lines, raw.open("w") as numbered:
        for number, line in enumerate(lines):
            numbered.write(f"{number or 'line'},{line}")
    database = duckdb.connect()
    database.execute(f"CREATE TABLE log AS SELECT * FROM read_csv('{raw}', all_varchar = true)")
    database.execute("ALTER TABLE log ALTER line TYPE INTEGER")
    return request.param, how, made, database


def test_the_report_and_how_cases_end_are_what_the_raw_file_says(log):
    _the_report_says_what_the_raw_file_says(*log)
    _cases_end_as_their_last_answer_says(*log)


def _the_report_says_what_the_raw_file_says(name, how, made, database):
    events, allowed, known = LOGS[name]
    assert {key: made[key] for key in known} == known
    period = Period(*EVER, flow=how.flow)
    found = reporting.found_in(period, actor=SYSTEM)
    for by, column in (("node", "node"), ("approver", "person")):
        rows = reporting.rows_by(found, by, {})
        ours = {row.key if by == "node" else row.name: told(row) for row in rows}
        values = ", ".join(f"('{node}', {hours})" for node, hours in allowed.items())
        sql = FIGURES.format(events=events, by=column, allowed=values)
        theirs = {key: figures for key, *figures in database.execute(sql).fetchall()}
        assert set(ours) == set(theirs)
        for key, figures in theirs.items():
            assert ours[key] == pytest.approx(figures, abs=0.001), (by, key)


def told(row):
    times = row.natural
    return [
        row.asks,
        row.cases,
        times.mean_s,
        times.median_s,
        times.p90_s,
        row.refused,
        row.timed,
        row.late,
    ]


def _cases_end_as_their_last_answer_says(name, how, made, database):
    states = list(Case.objects.filter(flow__key=how.flow).values_list("state", flat=True))
    assert len(states) == made["cases"]
    assert not Ask.objects.filter(ended_at=None).exists()
    (granted,) = database.execute(
        f"""
        WITH events AS ({LOGS[name][0]}), lasts AS (
            SELECT DISTINCT ON (key) * FROM events ORDER BY key, moment DESC, line DESC
        )
        SELECT count(*) FROM lasts WHERE NOT opens AND says = 'agreed' AND node = '{how.final}'
        """
    ).fetchone()
    assert states.count("granted") == granted == GRANTED[name]
