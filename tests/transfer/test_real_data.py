"""The shared tables as they are, counted against their index (docs/imports.md)."""

import gzip
import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml
from django.db.models import Count, Q, Sum

from closeloop.customers.models import Customer
from closeloop.deals.models import Deal
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from closeloop.org import actions as org
from closeloop.records import queries as records
from closeloop.records.models import Record
from closeloop.transfer import actions, tables
from closeloop.transfer.models import Import
from tests.builders.database import snapshot
from tests.transfer.running import draft, error_rows, nobody, reverted
from tests.transfer.test_resuming import HISTORY

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
RECIPES = ROOT / "docs" / "imports"
MAVEN, LEADS = DATA / "2_opportunities", DATA / "1_lead_scoring" / "x_education_leads.csv"
NAMES = DATA / "6_chinese_reference_and_text" / "company_short_names_280k.txt.gz"
MADE_BESIDE = frozenset({"fields_field", "activity_entry"})

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.exists(), reason="the shared data are not beside the checkout"),
]


def recipe(name: str) -> dict[str, Any]:
    return yaml.safe_load((RECIPES / f"{name}.yaml").read_text("utf-8"))


def brought(content: bytes, how: Mapping[str, Any]) -> Import:
    job = draft(
        content,
        how["columns"],
        record_type=how["type"],
        layout=how.get("layout"),
        constants=how.get("constants"),
        empties=how.get("empties", ()),
        **{key: how[key] for key in ("policy", "match_on", "opening") if key in how},
    )
    actions.start(job, actor=SYSTEM, defer=nobody)
    return actions.run(job.pk, actor=SYSTEM)


def as_workbook(content: bytes) -> bytes:
    """The same table as XLSX; numbers become numbers, as a spreadsheet program makes them."""
    sink, source = io.BytesIO(), io.BytesIO(content)
    with xlsxwriter.Workbook(sink, {"strings_to_numbers": True}) as workbook:
        sheet = workbook.add_worksheet()
        for place, row in enumerate(tables.first_rows(source, tables.Layout("csv"), count=20_000)):
            sheet.write_row(place, 0, ["" if cell is None else cell for cell in row])
    return sink.getvalue()


WRITTEN = {"csv": bytes, "xlsx": as_workbook}
AS_FILES = pytest.mark.parametrize("file", WRITTEN)
AS_LARGE_FILES = pytest.mark.parametrize(
    "file", ["csv", pytest.param("xlsx", marks=pytest.mark.long)]
)
"""Workbooks of thousands of rows take their time; the leads are read as one in every run."""


@pytest.fixture
def company(pack):
    org.install_roles()


@AS_LARGE_FILES
def test_accounts_people_and_pipeline_keep_their_counts_and_sums(company, file):
    before = snapshot(without=HISTORY | MADE_BESIDE)
    jobs = [
        brought(WRITTEN[file]((MAVEN / f"{name}.csv").read_bytes()), recipe(name))
        for name in ("maven_sales_teams", "maven_accounts", "maven_sales_pipeline")
    ]
    assert [(job.created, job.refused) for job in jobs] == [(35, 0), (85, 0), (8800, 0)]
    stages = Deal.objects.values_list("stage").annotate(Count("pk"), Sum("amount"))
    assert {stage: (count, total) for stage, count, total in stages} == {
        "payment": (4238, Decimal("10005534.00")),
        "lost": (2473, Decimal("0.00")),
        "first_talk": (1589, None),
        "first_contact": (500, None),
    }
    counted = Deal.objects.aggregate(
        openings=Count("pk", filter=Q(is_opening=True)),
        without_account=Count("pk", filter=Q(customer__name="未注明客户")),
        agents=Count("owner", distinct=True),
    )
    assert counted == {"openings": 8300, "without_account": 1425, "agents": 30}
    assert Customer.objects.exclude(parent=None).count() == 15
    for job in reversed(jobs):
        assert reverted(job).kept == 0
    assert snapshot(without=HISTORY | MADE_BESIDE) == before


def test_deals_without_an_account_stand_in_the_error_file(company):
    how = recipe("maven_sales_pipeline")
    del how["columns"]["account"]["when_empty"], how["columns"]["sales_agent"]
    header, *deals = (MAVEN / "maven_sales_pipeline.csv").read_text().splitlines()
    without = [deal for deal in deals if not deal.split(",")[3]]
    some = [deal for deal in deals if deal.split(",")[3]][:575]
    job = brought("\n".join([header, *some, *without]).encode(), how)
    assert (job.created, job.refused) == (575, 1425)
    listed = error_rows(job)
    assert len(listed) == 1426
    assert {row[-1] for row in listed[1:]} == {"account: 必填"}


@AS_FILES
def test_leads_with_37_columns_keep_their_counts(company, file):
    job = brought(WRITTEN[file](LEADS.read_bytes()), recipe("x_education_leads"))
    assert (job.created, job.refused) == (9191, 0)
    extras = list(Lead.objects.values_list("extra", flat=True))
    assert sum(extra.get("converted") is True for extra in extras) == 3542
    assert sum("totalvisits" not in extra for extra in extras) == 137
    assert sum("lead_source" not in extra for extra in extras) == 36
    sources = [extra.get("lead_source") for extra in extras]
    assert (sources.count("Google"), sources.count("google")) == (2847, 5)
    assert sum(list(extra.values()).count("Select") for extra in extras) == 13302
    assert len({extra["prospect_id"] for extra in extras}) == 9191


@pytest.mark.long
def test_267_397_chinese_names_written_as_gbk_are_found_by_two_characters(company):
    plain = gzip.decompress(NAMES.read_bytes()).decode("utf-8-sig")
    job = brought(plain.encode("gb18030"), recipe("company_short_names"))
    assert (job.encoding, job.created, job.refused) == ("gb18030", 267_397, 0)
    hits = records.find("深圳", actor=SYSTEM, types=["customer"])
    assert hits
    assert all("深圳" in hit.title for hit in hits)
    assert reverted(job).removed == 267_397
    assert Record.objects.count() == 0
