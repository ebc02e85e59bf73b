"""Files of figures hold what their reader may see, in every form, and nothing of others."""

import io
import json
import re
import zipfile

import pytest
import python_calamine

from closeloop.activity.models import Entry
from closeloop.metrics.exporting import drawing, files, paper
from closeloop.metrics.exporting.reading import Reader
from tests.access.test_figures import FAR, count, live
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import make_customer
from tests.fieldwork.given import body

pytestmark = pytest.mark.django_db
VIEWS = (
    {"chart": "table", "by": "person", "and_by": "kind"},
    {"chart": "bars", "by": "unit", "compare": "previous"},
    {"chart": "matrix", "by": "unit", "and_by": "day"},
    {"chart": "line", "by": "day", "and_by": "person"},
    {"chart": "calendar", "by": "day"},
    {"chart": "funnel", "by": "kind"},
)


def span():
    days = {"since": from_now(days=-20), "until": from_now(days=1)}
    return {key: at.date().isoformat() for key, at in days.items()}


def reader_of(user, language="zh-CN"):
    return Reader(actor=actor_of(user), language=language, at=from_now())


def view(**changes):
    plain = dict.fromkeys(("by", "and_by", "unit", "person", "kind", "compare"))
    return files.read(
        {**plain, "metric": "contacts", "period": span(), "chart": "table", **changes}
    )


def told_of(content):
    """Everything that stands in a workbook."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def printed(user, given):
    """What the template is told to draw, on paper and as a picture."""
    _, sheet = files.sheet_of(given, reader_of(user))
    forms = [paper.data_of(sheet, is_picture=each) for each in (True, False)]
    return json.dumps(forms, ensure_ascii=False)


def lasting(told):
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "", str(told))


def everything(company, user):
    """Every view in every form, also of a unit and a person beyond reach."""
    far = [{"unit": company.regions[1].pk}, {"person": company.stranger.pk}, {}]
    found = {}
    for at, (given, where) in enumerate((given, where) for given in VIEWS for where in far):
        wanted = view(**given, **where)
        found[at, "drawn"] = lasting(printed(user, wanted))
        found[at, "xlsx"] = lasting(
            told_of(files.of_view(wanted, "xlsx", reader=reader_of(user)).content)
        )
    board = files.of_board(
        files.held_board("morning"), "xlsx", preset="month", unit=None, reader=reader_of(user)
    )
    found["board"] = lasting(told_of(board.content))
    return found


def test_no_file_changes_with_what_happens_beyond_reach(company):
    for owner, mark in ((company.seller, "近处"), (company.stranger, FAR)):
        live(company, owner, mark)
    count()
    readers = (company.manager, company.ops)
    first = {user: everything(company, user) for user in readers}
    live(company, company.stranger, f"又{FAR}")
    count()
    last = {user: everything(company, user) for user in readers}
    own = last[company.manager]
    assert first[company.manager] == own
    assert [key for key, told in own.items() if FAR in told] == []
    assert any("近处" in told for told in own.values())
    assert first[company.ops] != last[company.ops]
    assert any(FAR in told for told in last[company.ops].values())


@pytest.mark.parametrize("form", ["xlsx", "png", "pdf"])
def test_a_file_needs_the_permission_to_export_and_leaves_an_entry(company, form):
    count()
    address, given = "/metrics/contacts/export", {**span(), "by": "unit", "format": form}
    assert client_as(company.seller).get(address, **given).status_code == 403
    assert client_as(company.seller).get("/boards/morning/export", format=form).status_code == 403
    assert not Entry.objects.filter(verb="figures.exported").exists()
    answer = client_as(company.manager).get(address, **given)
    board = client_as(company.manager).get("/boards/morning/export", format=form)
    begins = {"xlsx": b"PK", "png": b"\x89PNG", "pdf": b"%PDF"}[form]
    assert [each.content[: len(begins)] for each in (answer, board)] == [begins, begins]
    assert answer["Content-Type"] == files.CONTENT_TYPES[form]
    noted = Entry.objects.filter(verb="figures.exported").order_by("pk")
    assert [each.actor_id for each in noted] == [company.manager.pk] * 2
    assert [each.data["format"] for each in noted] == [form, form]


def test_what_does_not_exist_or_fit_is_refused(company):
    asker = client_as(company.manager)
    assert asker.get("/metrics/gone/export", **span()).status_code == 404
    assert asker.get("/boards/gone/export").status_code == 404
    assert asker.get("/metrics/contacts/export").status_code == 422
    assert asker.get("/metrics/contacts/export", **span(), chart="matrix").status_code == 422


def test_no_text_in_a_workbook_runs_as_a_formula(company):
    formula = "=HYPERLINK(A1)"
    customer = make_customer(company.seller, formula)
    client_as(company.seller).post("/followups", body(customer))
    count()
    made = files.of_view(view(by="kind"), "xlsx", reader=reader_of(company.manager))
    things = told_of(made.content)["明细"]
    assert formula in [row[3] for row in things]
    with zipfile.ZipFile(io.BytesIO(made.content)) as book:
        written = [book.read(each) for each in book.namelist() if "worksheets/sheet" in each]
    assert len(written) == 3
    assert not any(b"<f>" in each for each in written)


def test_no_more_is_drawn_than_a_page_takes_and_it_is_said(company):
    count()
    _, sheet = files.sheet_of(view(by="day"), reader_of(company.manager))
    cut = drawing.table_of(sheet.panels[0], "zh-CN", at_most=3)
    assert len(cut["rows"]) == 3
    assert cut["cut"].startswith("共 22 行")


@pytest.mark.parametrize(("language", "line"), [
    ("zh-CN", "第 {page} 页，共 {pages} 页"), ("en-US", "Page {page} of {pages}"),
])  # fmt: skip
def test_the_number_of_the_page_is_left_to_the_typesetter(company, language, line):
    _, sheet = files.sheet_of(view(by="unit"), reader_of(company.manager, language))
    assert paper.data_of(sheet, is_picture=False)["page-of"] == line
