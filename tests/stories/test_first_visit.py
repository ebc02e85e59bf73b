"""What a first visit loads, compressed as the server sends it: light enough for a phone."""

import gzip

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from tests.builders.approvals import approve, make_flow, open_case, persons
from tests.builders.people import PASSWORD
from tests.builders.records import make_deal
from tests.stories.given import stored, sunli
from tests.stories.test_signing_in import sign_in

CODE = {"document", "script", "stylesheet"}


def weigh(context: BrowserContext) -> list[Response]:
    """Note from now on every answer that carries the client's code."""
    answers: list[Response] = []
    context.on(
        "response",
        lambda answer: answer.request.resource_type in CODE and answers.append(answer),
    )
    return answers


def kilobytes(answers: list[Response]) -> float:
    """Thousands of bytes, each answer compressed by itself; twice loaded counts once."""
    once = {answer.url: answer for answer in answers}
    return sum(len(gzip.compress(answer.body(), 6)) for answer in once.values()) / 1000


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(("path", "most_kb"), [("/", 200), ("/m", 190)], ids=["desk", "phone"])
def test_signing_in_for_the_first_time_is_light(enter, path, most_kb):
    page = enter(None, "/healthz")
    answers = weigh(page.context)
    page.goto(path)
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    settled(page)
    assert kilobytes(answers) <= most_kb


@pytest.mark.parametrize(
    ("path", "most_kb"), [("/r/deal?kind=board", 400), ("/m", 190)], ids=["board", "phone"]
)
def test_the_first_page_after_signing_in_is_light(enter, company, path, most_kb):
    stored(make_deal, company.seller, "星海医院 CT")
    page = enter(company.seller, "/healthz")
    answers = weigh(page.context)
    page.goto(path)
    shown = page.get_by_text("星海医院 CT").or_(page.get_by_text("张伟，今天先做这些"))
    expect(shown.first).to_be_visible()
    settled(page)
    assert kilobytes(answers) <= most_kb


def test_the_approval_that_a_notice_leads_to_is_light(enter, company):
    """From the notice straight to the decision, on a phone that was never here."""
    flow = stored(make_flow, approve("director", persons(company.director)))
    case = stored(open_case, flow, company.seller, title="样机借用两周")
    page = enter(company.director, "/healthz")
    answers = weigh(page.context)
    page.goto(f"/m/approvals/{case.pk}")
    expect(page.get_by_role("button", name="同意", exact=True)).to_be_visible()
    settled(page)
    assert kilobytes(answers) <= 190


def test_signing_in_and_going_to_the_board_stays_within_the_boards_weight(enter, company):
    stored(sunli, company)
    page = enter(None, "/healthz")
    answers = weigh(page.context)
    page.goto("/r/deal?kind=board")
    sign_in(page, "sunli", PASSWORD)
    expect(page.get_by_role("region", name="初步接触", exact=True)).to_be_visible()
    settled(page)
    assert kilobytes(answers) <= 400
